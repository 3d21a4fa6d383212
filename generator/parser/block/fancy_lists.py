"""Items numbered by letters or Roman numerals: `a.`, `B)`, `iv.`, `#.` (pymdownx.fancylists)."""

import re
from functools import lru_cache
from typing import Final

from generator.config.extensions import Fancylists

Style = tuple[str, int]
"""What `type` of `<ol>` an item can have (`a`, `A`, `i`, `I`, `1`), and its number in it."""

FIRST: Final = "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Characters that such an item begins with."""

_MARKER: Final = re.compile(r"(?P<value>#|[a-z]+|[A-Z]+)(?P<mark>[.)])(?P<gap> +|$)")
_ROMAN: Final = re.compile(
    r"m*(?:c[md]|d?c{0,9})(?:x[cl]|l?x{0,9})(?:i[xv]|v?i{0,9})$", re.IGNORECASE
)
_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@lru_cache(maxsize=256)
def read_fancy(text: str, options: Fancylists) -> tuple[str, tuple[Style, ...]] | None:
    """Return the marker that a line begins with and what it can mean, likeliest first.

    Args:
        text: Beginning of the line.
        options: Which kinds the site reads.
    """
    match = _MARKER.match(text)
    if match is None:
        return None
    value, kinds = match["value"], options.additional_ordered_styles
    is_wide = len(match["gap"]) > 1 or match["mark"] == ")"
    if len(value) == 1 and value.isupper() and not is_wide:  # `B. Russell`
        return None
    styles = tuple(_styles(value, kinds))
    return (match[0], styles) if styles else None


def _styles(value: str, kinds: tuple[str, ...]) -> list[Style]:
    if value == "#":
        return [("1", 1)] if "generic" in kinds else []
    found: list[Style] = []
    if "roman" in kinds and _ROMAN.match(value):
        found.append(("i" if value.islower() else "I", _roman(value.lower())))
    if "alpha" in kinds and len(value) == 1:
        found.append(("a" if value.islower() else "A", ord(value.lower()) - ord("a") + 1))
    is_first_roman = value in "iI" or len(value) > 1
    return found if is_first_roman else found[::-1]


def _roman(value: str) -> int:
    numbers = [_VALUES[char] for char in value]
    pairs = zip(numbers, [*numbers[1:], 0], strict=True)
    return sum(-number if number < following else number for number, following in pairs)
