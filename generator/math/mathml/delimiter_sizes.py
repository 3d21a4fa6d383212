r"""How large delimiters and roots are: TeX's sizes, written into the tree.

A browser takes the first size that covers everything, as it has laid it out; TeX lets a tenth
stick out, and takes what it has itself laid out. So `\left(` gets a size here, as `\big(` has one.

MathML Core makes a stretching operator as wide as its widest size. The card's font gives all
sizes of a delimiter one width, that of one around a fraction, with the ink at the formula
(`benchmarks/math_font.py`); here smaller and taller ones get a class that moves their neighbours.
"""

from xml.etree.ElementTree import Element

from generator.math.mathml.elements import LARGE_OPERATORS, add_class, base_of, is_fence, make
from generator.math.mathml.heights import binomial_size, fence_size, measure
from generator.math.mathml.sign_extents import (
    AXIS_EM,
    OF_MATH_CORE,
    SCALES,
    UnknownExtentError,
    sign_size,
)
from generator.math.mathml.styles import Style

_SMALL, _MIDDLE, _LARGE, _TALL = 1.2, 1.8, 2.4, 3.0
# Opening and closing delimiters → eighteenths of an em that sizes 1.2 and 1.8 are narrower.
_NARROWER = {"(": (4, 2), "[": (2, 1), "{": (3, 1), "⟨": (4, 2), "⌊": (2, 1), "⌈": (2, 1)}
_CLOSING = dict(zip("([{⟨⌊⌈", ")]}⟩⌋⌉", strict=True))
_DELIMITERS = {sign: ("m-o", *less) for sign, less in _NARROWER.items()}
_DELIMITERS |= {_CLOSING[sign]: ("m-c", *less) for sign, less in _NARROWER.items()}


def size_sign(sign: Element) -> bool:
    r"""Write the size of `\big(`; tell whether a sign needs a strut beside it, as `\vdots` does."""
    if not sign.keys():
        return sign.text == _DOTS
    if sign.get("minsize") in OF_MATH_CORE and "class" not in sign.attrib:
        _set_size(sign, sign_size(sign))
    return _needs_strut(sign)


def _needs_strut(sign: Element) -> bool:
    return sign.text == _DOTS or sign.get("maxsize") is not None


def _set_size(sign: Element, size: float) -> None:
    """Write a size, and how much narrower or wider it is."""
    if size <= 1:
        sign.set("stretchy", "false")
        return
    length = f"{size:.3g}em"
    sign.set("minsize", length)
    sign.set("maxsize", length)
    if size > _TALL:
        add_class(sign, "m-built")
    if sign.text in _DELIMITERS:
        _set_room(sign, size)


def _set_room(sign: Element, size: float) -> None:
    kind, small, middle = _DELIMITERS[sign.text or ""]
    if size >= _TALL:
        add_class(sign, kind if size == _TALL else f"{kind}{kind[-1]}")
    elif size < _LARGE:
        add_class(sign, f"{kind}{small if size == _SMALL else middle}")


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
                half = float(child.get("maxsize", "").removesuffix("em")) / 2
                height, depth = f"{half + AXIS_EM:.3g}em", f"{half - AXIS_EM:.3g}em"
            strut = make("mspace", width="0em", height=height, depth=depth)
            parent[index] = make("mrow", child, strut)


_DOTS = "⋮"


def size_row(row: Element, style: Style) -> None:
    """Write the size of the delimiters around a row: it follows from what is inside."""
    scale = SCALES[style.size]
    inside = [child for child in row if not is_fence(child)]
    try:
        extent = measure(inside, style)
    except UnknownExtentError:
        _hide_operators(row)
        return
    for delimiter in row:
        if is_fence(delimiter) or _is_middle(delimiter):
            _set_size(delimiter, fence_size(extent, delimiter.text or "", style) / scale)


def _is_middle(sign: Element) -> bool:
    r"""Tell whether a sign is a delimiter of `\middle`."""
    return sign.tag == "mo" and sign.get("stretchy") == "true" and "minsize" not in sign.attrib


def size_binomial(row: Element, style: Style) -> None:
    r"""Write the size of the delimiters of `\binom`: it follows from the style alone."""
    for delimiter in (row[0], row[-1]):
        _set_size(delimiter, binomial_size(row, style))


def _hide_operators(row: Element) -> None:
    """Put large operators into boxes: Firefox asks no operator for its height, scripts or not."""
    for index, child in enumerate(row):
        operator = base_of(child)
        if operator.tag == "mo" and operator.text in LARGE_OPERATORS:
            row[index] = make("mpadded", child)
