"""TeX text into tokens that remember where they were written."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct


class TexToken(Struct, frozen=True, gc=False):
    r"""A piece of TeX.

    Attributes:
        text: One character, a command with its backslash, `" "` for blanks, or, after `\verb`,
            its content with delimiters (`|x|`).
        offset: 0-based index of its first character in the formula as the author wrote it.
    """

    text: str
    offset: int


VERB_COMMANDS = frozenset({"\\verb", "\\verb*"})
_CONTENT = r"([^a-zA-Z*\n])[^\n]*?"  # between two of any character but a letter
_PART = re.compile(
    r"""
    [^\\%\s]
  | \\(?:[a-zA-Z]+|.|$)                # \alpha, \{, \ at the very end
  | \s+
  | %[^\n]*(?:\n[^\S\n]*)?            # a comment takes its line's end along
    """,
    re.VERBOSE | re.DOTALL,
)
_PART_OR_VERB = re.compile(
    rf"""
    \\verb\*?(?={_CONTENT}\1)
  | (?:(?<=\\verb)|(?<=\\verb\*)){_CONTENT}\2
  | {_PART.pattern}
    """,
    _PART.flags,
)
ZERO_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Invisible characters, pasted from web pages: nothing is seen of them, so they are left out."""

_UNTIDY = re.compile(rf"%|[^\S ]|  |{ZERO_WIDTH.pattern}")


def tokenize(tex: str) -> list[TexToken]:
    """Split TeX into tokens, without comments and invisible characters; blanks become one `" "`.

    Args:
        tex: The formula without delimiters.

    Returns:
        The tokens in order.
    """
    if "\\verb" in tex:
        parts = [match[0] for match in _PART_OR_VERB.finditer(tex)]
    else:
        parts = _PART.findall(tex)
    offsets = accumulate(map(len, parts), initial=0)
    if not _UNTIDY.search(tex):
        return list(map(TexToken, parts, offsets))
    texts = _tidy_around_verb(parts) if "\\verb" in tex else map(_tidied, parts)
    return [TexToken(text, offset) for text, offset in zip(texts, offsets, strict=False) if text]


def _tidy_around_verb(parts: Iterable[str]) -> Iterator[str]:
    is_verbatim = False
    for part in parts:
        yield part if is_verbatim else _tidied(part)
        is_verbatim = part in VERB_COMMANDS


@lru_cache(maxsize=1024)
def _tidied(part: str) -> str:
    """Return the text of a token, "" for one that is left out."""
    if part.isspace():
        return " "
    if part[0] == "\\" and part[1:].isspace():
        return "\\ "
    return "" if part[0] == "%" or ZERO_WIDTH.match(part) else part


def tokens_at(text: str, offset: int) -> list[TexToken]:
    """Tokenize a replacement; each of its tokens has the offset of what it replaces."""
    return [TexToken(token.text, offset) for token in tokenize(text)]


def in_braces(tokens: Iterable[TexToken], offset: int) -> list[TexToken]:
    """Put braces around tokens."""
    return [TexToken("{", offset), *tokens, TexToken("}", offset)]


def join(texts: Iterable[str]) -> str:
    """Write tokens as TeX again, with the blanks that keep commands apart from letters."""
    parts: list[str] = []
    is_word = False
    for text in texts:
        is_command = text[0] == "\\"
        if is_word and not is_command and text[0].isalpha():
            parts.append(" ")
        parts.append(text)
        is_word = is_command and text[-1].isalpha()
    return "".join(parts)
