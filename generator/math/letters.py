"""Letters by font: which mathematical character is which letter in which font, and back."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

STYLES = {
    "BOLD": "bf",
    "ITALIC": "it",
    "BOLD ITALIC": "bfit",
    "SCRIPT": "cal",
    "BOLD SCRIPT": "bfcal",
    "FRAKTUR": "frak",
    "BLACK-LETTER": "frak",
    "BOLD FRAKTUR": "bffrak",
    "DOUBLE-STRUCK": "bb",
    "SANS-SERIF": "sf",
    "SANS-SERIF BOLD": "sfbf",
    "SANS-SERIF ITALIC": "sfit",
    "SANS-SERIF BOLD ITALIC": "sfbfit",
    "MONOSPACE": "tt",
}
"""How Unicode calls a font → how we do."""

_NAME = re.compile(
    r"(?:MATHEMATICAL )?("
    + "|".join(sorted(STYLES, key=len, reverse=True))
    + r") (?:CAPITAL|SMALL|DIGIT|NABLA|PARTIAL|EPSILON|THETA|KAPPA|PHI|RHO|PI)"
)
# Outside of the block: ℂ ℊ ℋ ℌ ℍ ℎ ℐ ℑ ℒ ℕ ℙ ℚ ℛ ℜ ℝ ℤ ℨ ℬ ℭ ℯ ℰ ℱ ℳ ℴ.
_LETTERLIKE = (*range(0x2100, 0x2140), *range(0x1D400, 0x1D800))


@cache
def letters() -> Mapping[str, tuple[str, str]]:
    """Map each mathematical letter or digit to its plain character and its font."""
    table: dict[str, tuple[str, str]] = {"ℎ": ("h", "it")}
    for code in _LETTERLIKE:
        character = chr(code)
        match = _NAME.match(unicodedata.name(character, ""))
        # One step of decomposition only: 𝝓 is ϕ, which NFKC would take on to φ.
        kind, _, plain = unicodedata.decomposition(character).partition(" ")
        if match and kind == "<font>" and character != "ℓ":
            table[character] = chr(int(plain, 16)), STYLES[match[1]]
    return table


@cache
def styled() -> Mapping[tuple[str, str], str]:
    """Map a plain character and a font to the mathematical character."""
    return {pair: character for character, pair in letters().items()}
