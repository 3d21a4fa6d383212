"""By which characters a regular expression can begin.

An answer may hold too much, never too little: whatever is not understood begins by anything.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from re import _parser  # type: ignore[attr-defined] # nothing public tells a pattern's parts
from typing import Any, Final, TypeAlias

_Chars: TypeAlias = frozenset[str]
"""ASCII characters, OTHER for all others, and "" where no character need be read."""

OTHER: Final = "\x80"
"""Stands for every character beyond ASCII."""
_ASCII: Final = frozenset(map(chr, range(0x80)))
_OTHERS: Final = frozenset(OTHER)
_CHARS: Final = _ASCII | _OTHERS
_NO_CHAR: Final = frozenset({""})
ANYTHING: Final = _CHARS | _NO_CHAR
"""Any character, or the end of the text."""
# As plain numbers: the enumeration is slow.
_ANY_CASE, _ANY_LINE = int(re.IGNORECASE), int(re.DOTALL)
_ASCII_ONLY, _UNICODE = int(re.ASCII), int(re.UNICODE)
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


@cache
def beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the characters of which one stands wherever the pattern matches.

    Returns:
        ASCII characters, and `OTHER` if it can be another; `ANYTHING` if none need be there, as
        the pattern can match no character or is not understood.
    """
    found = _sequence(_parser.parse(pattern.pattern, pattern.flags), pattern.flags)
    return ANYTHING if "" in found else found


def _sequence(parts: Iterable[tuple[Any, Any]], flags: int) -> _Chars:
    found = _NO_CHAR
    for kind, value in parts:
        found = found - _NO_CHAR | _part(kind, value, flags)
        if "" not in found:
            break
    return found


def _part(kind: Any, value: Any, flags: int) -> _Chars:
    read = _PARTS.get(kind.name)
    return ANYTHING if read is None else read(value, flags)


def _range(value: tuple[int, int], flags: int) -> _Chars:
    first, last = value
    chars = frozenset(map(chr, range(first, min(last + 1, 0x80))))
    if not flags & _ANY_CASE:
        return chars | _OTHERS if last >= 0x80 else chars
    # "ſ" is an "S", and the sign of Kelvin a "K"; so both ways.
    return _CHARS if last >= 0x80 else chars | frozenset(map(str.swapcase, chars)) | _OTHERS


def _set(value: list[tuple[Any, Any]], flags: int) -> _Chars:
    negated = value[0][0].name == "NEGATE"
    chars = frozenset().union(*(_part(kind, item, flags) for kind, item in value[negated:]))
    return _all_but(chars, flags) if negated else chars


def _all_but(chars: _Chars, flags: int) -> _Chars:
    """Return what is left; all where `chars` may hold too much."""
    return _CHARS if flags & _ANY_CASE else _ASCII - chars | _OTHERS


@cache
def _category(value: Any, flags: int) -> _Chars:
    pattern = re.compile(_CATEGORIES[value.name], flags & _ASCII_ONLY)
    return frozenset(filter(pattern.match, _ASCII)) | _OTHERS


def _choice(value: tuple[None, list[Any]], flags: int) -> _Chars:
    return frozenset().union(*(_sequence(parts, flags) for parts in value[1]))


def _group(value: tuple[int | None, int, int, Any], flags: int) -> _Chars:
    _, more, less, parts = value
    kept = flags & ~_ASCII_ONLY if more & _UNICODE else flags
    return _sequence(parts, (kept | more) & ~less)


def _repeat(value: tuple[int, int, Any], flags: int) -> _Chars:
    least, _, parts = value
    return _sequence(parts, flags) | (frozenset() if least else _NO_CHAR)


def _nothing(_value: Any, _flags: int) -> _Chars:
    return _NO_CHAR


_PARTS: Final[dict[str, Callable[[Any, int], _Chars]]] = {
    "LITERAL": lambda char, flags: _range((char, char), flags),
    "NOT_LITERAL": lambda char, flags: _all_but(frozenset(chr(char)), flags),
    "ANY": lambda _, flags: _CHARS if flags & _ANY_LINE else _CHARS - {"\n"},
    "RANGE": _range,
    "CATEGORY": _category,
    "IN": _set,
    "BRANCH": _choice,
    "SUBPATTERN": _group,
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "AT": _nothing,
    "ASSERT": _nothing,
    "ASSERT_NOT": _nothing,
}
