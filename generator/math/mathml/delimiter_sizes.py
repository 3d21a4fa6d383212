r"""How large delimiters are: browsers do not take the width from the size that they chose.

MathML Core makes a stretching operator as wide as its widest size. The card's font gives all
sizes of a delimiter one width, that of one around a fraction, with the ink at the formula
(`benchmarks/math_font.py`); here smaller and taller ones get a class that moves their neighbours.
"""

from collections.abc import Iterable
from enum import IntEnum
from itertools import chain
from xml.etree.ElementTree import Element

from generator.math.letters import letters
from generator.math.mathml.elements import add_class, make, stretches
from generator.math.mathml.operator_spaces import LARGE_OPERATORS, SCRIPTED
from generator.math.mathml.styles import Style, own_style

_FIRST_SIZE = "1.2em"
_AROUND_FRACTION = "2.4em"
_SIZES = {
    _FIRST_SIZE: "1.2em",
    _AROUND_FRACTION: "2.4em",
    "1.623em": "1.8em",
    "2.047em": "2.4em",
    "2.470em": "3em",
}
"""Of `\\big` and its like: math-core's, and the glyphs that TeX takes."""

# Opening and closing delimiters → eighteenths of an em that sizes 1.2 and 1.8 are narrower.
_NARROWER = {"(": (4, 2), "[": (2, 1), "{": (3, 1), "⟨": (4, 2), "⌊": (2, 1), "⌈": (2, 1)}
_OPENING = {text: ("m-o", *less) for text, less in _NARROWER.items()}
_CLOSING = {
    closing: ("m-c", *_NARROWER[opening])
    for opening, closing in zip("([{⟨⌊⌈", ")]}⟩⌋⌉", strict=True)
}
_DELIMITERS = _OPENING | _CLOSING
_FLAT = frozenset({"mi", "mn", "mo", "mtext", "mrow", "mpadded", "msub", "mspace"})
_SHORT = frozenset("acegmnopqrsuvwxyzαγεηικμνοπρςστυχω+−=∗′,.")  # as high as an x
_TALL = frozenset({"class", "height", "depth", "voffset"})
_ROWS_OF_TALLEST = 3


class _Height(IntEnum):
    """What size TeX takes for a delimiter around something."""

    BASE = 0
    BIG = 1
    FRACTION = 2
    UNKNOWN = 3


def size_sign(sign: Element) -> bool:
    r"""Write the size of `\big(`; tell whether a sign needs a strut next to it: that, `\vdots`."""
    if not sign.keys():
        return sign.text == _DOTS
    _size_big(sign)
    return _needs_strut(sign)


def _needs_strut(sign: Element) -> bool:
    return sign.text == _DOTS or sign.get("maxsize") is not None


def _size_big(element: Element) -> None:
    r"""Write the size of `\big(`, `\Big[`, and how much narrower it is."""
    size = _SIZES.get(element.get("minsize", ""))
    if size is None:
        return
    element.set("minsize", size)
    element.set("maxsize", size)
    kind, small, medium = _DELIMITERS.get(element.text or "", ("", 0, 0))
    narrower = {"1.2em": small, "1.8em": medium}.get(size, 0)
    if narrower:
        add_class(element, f"{kind}{narrower}")


def hold_up(parent: Element) -> None:
    r"""Put struts next to the children that need one.

    `\vdots` has a height that parts it from the row above. `\big(` has one of its own size: WebKit
    takes the least size as a multiple of what the row asks for, and so draws it too high; Chromium
    draws one that is itself the base of a script too small.
    """
    for index, child in enumerate(parent):
        if child.tag == "mo" and _needs_strut(child):
            height, depth = "1.5em", "0em"
            if child.text != _DOTS:
                size = float(child.get("maxsize", "").removesuffix("em"))
                height, depth = f"{size / 2 + _AXIS_EM:.3g}em", f"{size / 2 - _AXIS_EM:.3g}em"
            strut = make("mspace", width="0em", height=height, depth=depth)
            parent[index] = make("mrow", child, strut)


_AXIS_EM = 0.25
_DOTS = "⋮"


def size_row(row: Element, style: Style) -> None:
    r"""Write the size of the delimiters around a row: it follows from what is inside."""
    height = _tallest(row[1:-1])
    _hide_operators(row)
    for delimiter in (row[0], row[-1]):
        if stretches(delimiter):
            _size(delimiter, height, row, style)


def size_binomial(row: Element, style: Style) -> None:
    r"""Write the size of the delimiters of `\binom`: it follows from the style alone."""
    size = _AROUND_FRACTION if own_style(row[1], style) is Style.DISPLAY else _FIRST_SIZE
    for delimiter in (row[0], row[-1]):
        delimiter.set("minsize", size)


def is_binomial(row: Element) -> bool:
    r"""Tell whether a row is two delimiters around a fraction without a line."""
    return len(row) == _BINOMIAL and row[1].tag == "mfrac" and row[1].get("linethickness") == "0"


_BINOMIAL = 3


def _hide_operators(row: Element) -> None:
    """Put large operators into boxes: Firefox asks no operator for its height, scripts or not."""
    for index, child in enumerate(row):
        operator = child
        while operator.tag in SCRIPTED and len(operator):
            operator = operator[0]
        if operator.tag == "mo" and operator.text in LARGE_OPERATORS:
            row[index] = make("mpadded", child)


def _size(delimiter: Element, height: _Height, row: Element, style: Style) -> None:
    kind, small, _ = _DELIMITERS[delimiter.text or ""]
    if height == _Height.BASE:
        delimiter.set("stretchy", "false")
    elif height == _Height.BIG:
        delimiter.set("minsize", _FIRST_SIZE)  # as if it were written
    elif height == _Height.FRACTION and style is Style.DISPLAY:
        delimiter.set("minsize", _AROUND_FRACTION)  # TeX takes one that is a tenth too small
    elif height == _Height.FRACTION:
        add_class(delimiter, f"{kind}{small}")
    elif any(len(table) >= _ROWS_OF_TALLEST for table in row.iter("mtable")):
        add_class(delimiter, kind)


def _tallest(elements: Iterable[Element]) -> _Height:
    """Return the size TeX would take for delimiters around elements and all in them."""
    height = _Height.BASE
    for element in chain.from_iterable(element.iter() for element in elements):
        own = _height(element)
        if own == _Height.UNKNOWN:
            return own
        height = max(height, own)
    return height


def _height(element: Element) -> _Height:
    """Tell the same for one element, without its children."""
    tag = element.tag
    if tag == "mo":
        is_tall = element.text in LARGE_OPERATORS or "minsize" in element.attrib
        return _Height.UNKNOWN if is_tall else _Height.BASE
    if not _TALL.isdisjoint(element.attrib):
        return _Height.UNKNOWN
    if tag in _FLAT:
        return _Height.BASE
    if tag in ("msup", "msubsup"):
        return _height_of_raised(element[-1])
    if tag == "mover" and element.get("accent") and _is_short(element[0]):
        return _Height.BASE
    return _Height.FRACTION if tag == "mfrac" and _is_simple(element) else _Height.UNKNOWN


def _is_simple(fraction: Element) -> bool:
    """Tell whether a fraction has no other in it, nor a style of its own."""
    return "displaystyle" not in fraction.attrib and len(list(fraction.iter("mfrac"))) == 1


def _height_of_raised(script: Element) -> _Height:
    elements = list(script.iter())
    if any(element.tag not in _FLAT for element in elements):
        return _Height.UNKNOWN
    return _Height.BASE if all(map(_is_short, elements)) else _Height.BIG


def _is_short(element: Element) -> bool:
    known = letters()
    return all(known.get(sign, (sign,))[0] in _SHORT for sign in element.text or "")
