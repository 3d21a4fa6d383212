"""TeX lengths in em, the only unit that grows with the card's font."""

import re

_LENGTH = re.compile(r"\s*([+-]?)\s*(\d+(?:[.,]\d*)?|[.,]\d+)\s*([a-z]{2})")

# TeXbook, chapter 10, at a font size of 10 pt; `mu` is an eighteenth of an em.
_EM = {
    "em": 1.0,
    "ex": 0.430554,
    "mu": 1 / 18,
    "pt": 0.1,
    "px": 0.0625,
    "pc": 1.2,
    "in": 7.227,
    "cm": 2.84527,
    "mm": 0.284527,
    "bp": 0.100375,
    "dd": 0.107001,
    "cc": 1.284010,
    "nd": 0.106678,
    "nc": 1.280138,
    "sp": 0.1 / 65536,
}

_LARGEST_EM = 40.0
"""More than any card is wide; keeps a page from stretching a card without end."""


def parse_length(text: str) -> float | None:
    """Read a TeX length.

    Args:
        text: `1em`, `-3mu`, `.5 ex` …; what follows (`plus 1fil`) is ignored.

    Returns:
        The length in em, or None.
    """
    match = _LENGTH.match(text)
    if match is None or match[3] not in _EM:
        return None
    value = float(match[2].replace(",", ".")) * _EM[match[3]]
    value = min(value, _LARGEST_EM)
    return -value if match[1] == "-" else value


def length_pattern() -> re.Pattern[str]:
    """Return the pattern of a length at the start of a text."""
    return _LENGTH


def format_em(value_em: float) -> str:
    """Write a length in em without noise (`0.1667em`, `1em`, `0`)."""
    text = f"{value_em:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("0", "-0", "") else f"{text}em"
