"""TeX text into tokens that remember where they stood."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress
from typing import NamedTuple

from generator.math.memo import Memo


class Token(NamedTuple):
    r"""A piece of TeX.

    Attributes:
        text: One character, a command with its backslash, `" "` for blanks, or, after `\verb`,
            its content with delimiters (`|x|`).
        offset: 0-based index of its first character in the formula as the author wrote it.
    """

    text: str
    offset: int


class Tokens:
    """The tokens of a formula: most passes need the texts alone, few the places or the whole.

    Attributes:
        texts: See `Token.text`.
    """

    def __init__(self, texts: list[str], parts: list[str]) -> None:
        """Take texts, and the formula in parts: the texts as written, and comments."""
        self.texts = texts
        self._parts = parts
        self._offsets: list[int] | None = None
        self._tex: str | None = None

    @property
    def offsets(self) -> list[int]:
        """See `Token.offset`."""
        if self._offsets is None:
            starts = accumulate(map(len, self._parts), initial=0)
            shown = [part[0] != "%" for part in self._parts]
            self._offsets = list(compress(starts, shown))
        return self._offsets

    @property
    def tex(self) -> str:
        """The tokens as TeX again."""
        return join(self.texts) if self._tex is None else self._tex

    def __iter__(self) -> Iterator[Token]:
        """Put texts and offsets together, for passes that move tokens about."""
        return map(Token, self.texts, self.offsets)

    @classmethod
    def of(cls, pairs: Iterable[Token]) -> "Tokens":
        """Take tokens apart."""
        kept = list(pairs)
        tokens = cls([text for text, _ in kept], [])
        tokens._offsets = [offset for _, offset in kept]
        return tokens


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
        return _tidy(tex, _PARTS.findall(tex))
    whole = _tidy(tex, [match[0] for match in _PARTS_AND_VERBS.finditer(tex)])
    return Tokens.of(_split_verbs(whole))


def _tidy(tex: str, parts: list[str]) -> Tokens:
    if _UNTIDY.search(tex):
        kept = [part for part in parts if part[0] != "%"] if "%" in tex else parts
        return Tokens(list(map(_BLANK.__getitem__, kept)), parts)
    tokens = Tokens(parts, parts)
    if tex.isascii():  # letters beyond may stand behind a command as they are
        tokens._tex = tex
    return tokens


def _split_verbs(tokens: Tokens) -> Iterator[Token]:
    r"""Make the command `\verb` and its content two tokens."""
    for text, offset in tokens:
        verb = _VERBS.fullmatch(text)
        cut = verb.start(1) if verb else 0
        if cut:
            yield Token(text[:cut], offset)
        yield Token(text[cut:], offset + cut)


def _blank(part: str) -> str:
    """Write every kind of blank as the one."""
    if part.isspace():
        return " "
    return "\\ " if part[0] == "\\" and part[1:].isspace() else part


_BLANK = Memo(_blank)


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
