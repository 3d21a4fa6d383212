r"""Accents: `\hat`, `\vec` and their kin, placed alike in every engine."""

from xml.etree.ElementTree import Element

from generator.math.letters import letters
from generator.math.mathml.elements import add_class, make
from generator.math.mathml.scripts import STRETCHING
from generator.math.mathml.styles import Style

_ARROW = "\u20d7"
_THREE_DOTS = {"\u20db": "˙˙˙", "\u20dc": "˙˙˙˙"}  # WebKit loses the combining ones
_LOW = {"height": "0.2em", "depth": "0em", "voffset": "-0.5em"}
"""A box for a sign that is drawn high above its line: WebKit sets the line's box on the letter."""


def place_accent(over: Element, style: Style) -> None:
    """Put the sign of an accent right above its letter.

    Args:
        over: `<mover>`; any other is left as it is.
        style: Around it.
    """
    sign = over[1]
    if sign.tag != "mo" or not over.get("accent") or sign.get("stretchy") == "true":
        return
    if sign.text == _ARROW:
        sign.set("stretchy", "true")
        add_class(sign, "m-vec m-wide" if _is_wide("".join(over[0].itertext())) else "m-vec")
    elif sign.text not in STRETCHING:
        sign.text = _THREE_DOTS.get(sign.text or "", sign.text)
        sign.set("stretchy", "false")
        over[1] = make("mpadded", sign, **_LOW)


def _is_wide(text: str) -> bool:
    """Tell whether something is wider than the arrow of a vector."""
    plain = letters().get(text, (text,))[0]
    return len(plain) > 1 or plain.isupper() or plain in _WIDE


_WIDE = frozenset("mwψωπ")
