"""TeX text into tokens that remember where they stood."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import NamedTuple


class Token(NamedTuple):
    r"""A piece of TeX.

    Attributes:
        text: One character, a command with its backslash, `" "` for blanks, or, after `\verb`,
            its content with delimiters (`|x|`).
        offset: 0-based index of its first character in the formula as the author wrote it.
    """

    text: str
    offset: int


@dataclass(slots=True)
class Tokens:
    """The tokens of a formula as two lists side by side: most passes need the texts alone.

    Attributes:
        texts: See `Token.text`.
        offsets: See `Token.offset`.
    """

    texts: list[str]
    offsets: list[int]

    def __iter__(self) -> Iterator[Token]:
        """Put the two together, for passes that move tokens about."""
        return map(Token, self.texts, self.offsets)

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> "Tokens":
        """Take tokens apart."""
        pairs = list(tokens)
        return cls([text for text, _ in pairs], [offset for _, offset in pairs])


_PART = r"""
    [^\\%\s]
  | \\(?:[a-zA-Z]+|.|$)            # \alpha, \{, a backslash at the very end
  | \s+
  | %[^\n]*(?:\n[^\S\n]*)?         # a comment takes its line's end along
"""
_PARTS = re.compile(_PART, re.VERBOSE | re.DOTALL)
_VERB = r"\\verb\*? ([^a-zA-Z*\n]) [^\n]*? \1"  # the delimiter is whatever follows
_VERBS = re.compile(_VERB, re.VERBOSE)
_PARTS_AND_VERBS = re.compile(rf"{_VERB} | {_PART}", re.VERBOSE | re.DOTALL)
_UNTIDY = re.compile(r"%|[^\S ]|  ")


def tokenize(tex: str) -> Tokens:
    """Split TeX into tokens; comments are gone, runs of blanks are one `" "`.

    Args:
        tex: The formula without delimiters.

    Returns:
        The tokens in order.
    """
    if "\\verb" not in tex:
        return _place(tex, _PARTS.findall(tex))
    whole = _place(tex, [match[0] for match in _PARTS_AND_VERBS.finditer(tex)])
    return Tokens.of(_split_verbs(whole))


def _place(tex: str, parts: list[str]) -> Tokens:
    offsets = list(accumulate(map(len, parts), initial=0))[:-1]
    return _tidy(parts, offsets) if _UNTIDY.search(tex) else Tokens(parts, offsets)


def _split_verbs(tokens: Tokens) -> Iterator[Token]:
    r"""Make the command `\verb` and its content two tokens."""
    for text, offset in tokens:
        verb = _VERBS.fullmatch(text)
        cut = verb.start(1) if verb else 0
        if cut:
            yield Token(text[:cut], offset)
        yield Token(text[cut:], offset)


def _tidy(parts: list[str], offsets: list[int]) -> Tokens:
    kept = [part[0] != "%" for part in parts]
    return Tokens([_blank(part) for part in compress(parts, kept)], list(compress(offsets, kept)))


def _blank(part: str) -> str:
    """Write every kind of blank as the one."""
    if part.isspace():
        return " "
    return "\\ " if part[0] == "\\" and part[1:].isspace() else part


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
