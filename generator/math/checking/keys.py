"""What a character counts as: the same for TeX and MathML, however it was written."""

from typing import TypeAlias

Keys: TypeAlias = tuple[str, ...]
"""What something adds to the visible symbols: `("x",)`, `("x:bf",)`, `("a fraction",)`."""

FRACTION, ROOT = "a fraction", "a root"

INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufe00\ufe01\ufe0e\ufe0f")
"""Invisible characters."""

_SAME = {
    "-": "−", "‐": "−", "*": "∗", "⁎": "∗", "|": "∣", "‖": "∥", "'": "′", "’": "′", "″": "′′",
    "‴": "′′′", "⁗": "′′′′", "…": "...", "¯": "‾", "ˉ": "‾", "―": "‾", "ˆ": "^", "\u0302": "^",
    "˜": "~", "\u0303": "~", "∼": "~", "\u030c": "ˇ", "\u0306": "˘", "\u0307": "˙", "\u0308": "¨",
    "ˊ": "´", "ˋ": "`", "‘": "`", "\u20db": "...", "\u20dc": "....", "\u030a": "˚", "\u0301": "´",
    "\u0300": "`", "\u0304": "‾", "\u0332": "‾", "⟶": "→", "⟵": "←", "⟹": "⇒", "⟸": "⇐", "⟺": "⇔",
    "⟷": "↔", "\u20d7": "→", "·": "⋅", "∙": "⋅", "•": "⋅", "〈": "⟨", "〉": "⟩", "⟂": "⊥",
    "∖": "\\", "∆": "Δ", "⧵": "\\", "∷": "::", "≔": ":=", "≕": "=:", "∶": ":", "⩴": "::=", "ħ": "ℏ",
    "µ": "μ", "⨯": "×", "⌀": "∅", "Ⓢ": "S", "®": "R", "◻": "□", "◼": "■",
}  # fmt: skip


def character_keys(character: str, font: str) -> Keys:
    """Return what a character counts as: itself, or its parts, and for letters the font."""
    same = _SAME.get(character)
    if same is not None:
        return tuple(same)
    if font in ("", "it") or not character.isalnum():
        return (character,)
    if character.isdigit():
        return (f"{character}:bf",) if font in ("bf", "bfit") else (character,)
    if "\u0370" <= character <= "\u03ff":
        return (f"{character}:bf",) if "bf" in font else (character,)
    return (f"{character}:{font}",) if character.isascii() else (character,)
