"""Normalize text for all stages: NFC, LF, and only characters that can be typed."""

import re
import unicodedata
from typing import Final

MOST_ADDED: Final = 400_000
"""Characters that files and variables may add to a page."""

_NONCHARACTERS: Final = re.compile(
    "[\0\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_LONGEST_RUN: Final = 30  # combining characters, as in Unicode's Stream-Safe Text Format (UAX 15)
_BEYOND_LATIN: Final = re.compile(
    rf"[^\0-\u02ff][^\0-\u02ff]{{{_LONGEST_RUN},}}"  # `re` looks for a first one
)
_JOINER: Final = "\u034f"  # does not combine, and is invisible


def normalize(text: str) -> str:
    """Return text in NFC, with LF line ends, without a BOM.

    Noncharacters become U+FFFD: programs use them as markers, and a page must not forge these.
    Runs of more than 30 combining characters are split: sorting them takes quadratic time.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text.replace("\0", "\ufffd")
    if not text.replace("\n", "").isprintable():  # much faster than to look for each of them
        text = _NONCHARACTERS.sub("\ufffd", text)
    return unicodedata.normalize("NFC", _BEYOND_LATIN.sub(_parted, text))


def _parted(match: re.Match[str]) -> str:
    if not any(map(unicodedata.combining, match[0])):  # a sentence in Chinese, for instance
        return match[0]
    parted: list[str] = []
    run = 0
    for character in match[0]:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _LONGEST_RUN:
            parted.append(_JOINER)
            run = 1
        parted.append(character)
    return "".join(parted)
