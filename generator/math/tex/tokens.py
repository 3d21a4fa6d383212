"""TeX text into tokens that remember where they were written."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple


class TexToken(NamedTuple):
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
    rf"""
    \\verb\*?(?={_CONTENT}\1)
  | (?:(?<=\\verb)|(?<=\\verb\*)){_CONTENT}\2
  | [^\\%\s]
  | \\(?:[a-zA-Z]+|.|$)                # \alpha, \{{, \ at the very end
  | \s+
  | %[^\n]*(?:\n[^\S\n]*)?            # a comment takes its line's end along
    """,
    re.VERBOSE | re.DOTALL,
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
    parts = [match[0] for match in _PART.finditer(tex)]
    tokens = map(TexToken, parts, accumulate(map(len, parts), initial=0))
    return list(_tidy(tokens) if _UNTIDY.search(tex) else tokens)


def _tidy(tokens: Iterable[TexToken]) -> Iterator[TexToken]:
    is_verbatim = False
    for token in tokens:
        text, offset = token
        if is_verbatim:
            yield token
        elif text.isspace():
            yield TexToken(" ", offset)
        elif text[0] == "\\" and text[1:].isspace():
            yield TexToken("\\ ", offset)
        elif text[0] != "%" and not ZERO_WIDTH.match(text):
            yield token
        is_verbatim = text in VERB_COMMANDS


def tokens_at(text: str, offset: int) -> list[TexToken]:
    """Tokenize a replacement; each of its tokens has the offset of what it replaces."""
    return [TexToken(token.text, offset) for token in tokenize(text)]


def join(texts: Iterable[str]) -> str:
    """Write tokens as TeX again, with the blanks that keep commands apart from letters."""
    parts: list[str] = []
    is_word = False
    for text in texts:
        if is_word and text[0].isalpha():
            parts.append(" ")
        parts.append(text)
        is_word = text[0] == "\\" and text[-1].isalpha()
    return "".join(parts)
