"""TeX colours as `#rrggbb`; names that CSS and TeX share are left to the converter."""

import re

_HEX = re.compile(r"#?([0-9a-fA-F]{6})$")
_SHORT_HEX = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])$")
_NUMBER = re.compile(r"\d*\.?\d+$")

COLOR_COMMANDS = ("blue", "gray", "green", "orange", "pink", "purple", "red")
r"""Of KaTeX: `\blue{x}`."""

# xcolor's base colours, then CSS names that notes use; xcolor's values where both have one.
_NAMED = {
    "black": "000000", "blue": "0000ff", "brown": "bf8040", "cyan": "00ffff", "darkgray": "404040",
    "gray": "808080", "green": "008000", "lightgray": "bfbfbf", "lime": "bfff00",
    "magenta": "ff00ff", "olive": "808000", "orange": "ff8000", "pink": "ffbfbf",
    "purple": "bf0040", "red": "ff0000", "teal": "008080", "violet": "800080", "white": "ffffff",
    "yellow": "ffff00", "aqua": "00ffff", "aquamarine": "7fffd4", "blueviolet": "8a2be2",
    "burlywood": "deb887", "cadetblue": "5f9ea0", "chartreuse": "7fff00", "chocolate": "d2691e",
    "coral": "ff7f50", "cornflowerblue": "6495ed", "crimson": "dc143c", "darkblue": "00008b",
    "darkcyan": "008b8b", "darkgreen": "006400", "darkgrey": "a9a9a9", "darkmagenta": "8b008b",
    "darkorange": "ff8c00", "darkorchid": "9932cc", "darkred": "8b0000", "darkviolet": "9400d3",
    "deeppink": "ff1493", "deepskyblue": "00bfff", "dimgray": "696969", "dodgerblue": "1e90ff",
    "firebrick": "b22222", "forestgreen": "228b22", "fuchsia": "ff00ff", "gold": "ffd700",
    "goldenrod": "daa520", "grey": "808080", "hotpink": "ff69b4", "indianred": "cd5c5c",
    "indigo": "4b0082", "lavender": "e6e6fa", "lightblue": "add8e6", "lightgreen": "90ee90",
    "lightgrey": "d3d3d3", "lightpink": "ffb6c1", "lightyellow": "ffffe0", "limegreen": "32cd32",
    "maroon": "800000", "mediumblue": "0000cd", "midnightblue": "191970", "mediumpurple": "9370db",
    "navy": "000080", "navyblue": "006eb8", "olivedrab": "6b8e23", "orangered": "ff4500",
    "orchid": "da70d6", "plum": "dda0dd", "powderblue": "b0e0e6", "royalblue": "4169e1",
    "saddlebrown": "8b4513", "salmon": "fa8072", "seagreen": "2e8b57", "sienna": "a0522d",
    "silver": "c0c0c0", "skyblue": "87ceeb", "slateblue": "6a5acd", "slategray": "708090",
    "springgreen": "00ff7f", "steelblue": "4682b4", "tan": "d2b48c", "tomato": "ff6347",
    "turquoise": "40e0d0", "yellowgreen": "9acd32", "redorange": "f26035", "royalpurple": "613f99",
    "mahogany": "a9341f", "emerald": "00a99d", "periwinkle": "7977b8",
}  # fmt: skip


def parse_color(text: str, model: str = "") -> str | None:
    """Read a TeX colour.

    Args:
        text: A name, `#f00`, `#ff0000`, or numbers for `model`.
        model: `HTML`, `RGB`, `rgb`, `gray`, `named` or empty.

    Returns:
        `#rrggbb`, or None for a colour that is not known here.
    """
    text = text.strip()
    if model in ("", "named"):
        return _parse_name(text)
    if model == "HTML":
        match = _HEX.match(text)
        return f"#{match[1].lower()}" if match else None
    return _parse_numbers(text, model)


def _parse_name(text: str) -> str | None:
    if match := _SHORT_HEX.match(text):
        return "#" + "".join(digit * 2 for digit in match.groups()).lower()
    if match := _HEX.match(text):
        return f"#{match[1].lower()}"
    named = _NAMED.get(text.lower())
    return f"#{named}" if named else None


def _parse_numbers(text: str, model: str) -> str | None:
    scale = {"rgb": 255.0, "RGB": 1.0, "gray": 255.0}.get(model)
    parts = [part.strip() for part in text.split(",")]
    if scale is None or not all(_NUMBER.match(part) for part in parts):
        return None
    if len(parts) != (1 if model == "gray" else 3):
        return None
    levels = [min(255, round(float(part) * scale)) for part in parts]
    return "#" + "".join(f"{level:02x}" for level in (levels * 3 if len(levels) == 1 else levels))
