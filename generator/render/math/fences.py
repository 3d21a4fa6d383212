r"""Widths that browsers do not take from the size that they chose: fences, integrals, roots.

MathML Core makes a stretching operator as wide as its widest size. The card's font gives all
sizes of a fence one width, that of a fence around a fraction, with the ink at the formula
(`benchmarks/math_font.py`); here smaller and taller ones get a class that moves their neighbours.
"""

from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from generator.render.math.letters import letters

_FIRST_SIZE = "1.2em"
_SIZES = {_FIRST_SIZE: "1.2em", "1.623em": "1.8em", "2.047em": "2.4em", "2.470em": "3em"}
"""Of `\\big` and its like: math-core's, and the glyphs that TeX takes."""

# Opening and closing fences → eighteenths of an em that sizes 1.2 and 1.8 are narrower.
_NARROWER = {"(": (4, 2), "[": (2, 1), "{": (3, 1), "⟨": (4, 2), "⌊": (2, 1), "⌈": (2, 1)}
_OPENING = {text: ("m-o", *less) for text, less in _NARROWER.items()}
_CLOSING = {
    closing: ("m-c", *_NARROWER[opening])
    for opening, closing in zip("([{⟨⌊⌈", ")]}⟩⌋⌉", strict=True)
}
_FENCES = _OPENING | _CLOSING
_FLAT = frozenset({"mi", "mn", "mo", "mtext", "mrow", "mpadded", "msub", "mspace"})
_SHORT = frozenset("acegmnopqrsuvwxyzαγεηικμνοπρςστυχω+−=∗′,.")  # as high as an x
_LARGE = frozenset("∫∬∭⨌∮∯∰∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆")
_SLANTED = frozenset("∫∬∭⨌∮∯∰")
# Letters by the eighteenths of an em that their slant takes, as the font has them.
_SLANTS = {
    letter: slant
    for slant, signs in enumerate(
        ("CEHKSXZγζνς∂𝑪𝑬𝑯𝑰𝑲𝑺𝒁𝜸𝜻𝝂𝝇𝝏", "FIJMNUWfτ𝑱𝑴𝑵𝑼𝒇𝝉", "PT𝑭𝑷𝑻𝑾", "VY𝑽𝒀"), 1
    )
    for letter in signs
}
_BRACES = frozenset("⏞⏟⏜⏝⎴⎵→←↔⇀↼")
_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_COLUMNS = _SCRIPTED | {"mfrac", "mroot", "mtable", "mtr", "mmultiscripts"}
_NO_LETTERS = frozenset({"mo", "mspace", "mrow"})
_APPLY, _THIN, _THICK = "\u2061", "0.1667em", "0.2778em"
_WIDE_TILDE = "\u02dc"
_ROWS_OF_TALLEST = 3
_LEAST_ARROW = "2.938em"  # of KaTeX, at the size of its script's script
_INDEX_INDENT = "0.5556em"  # TeX's 5mu, at the size of an index


def fit_widths(root: Element) -> None:
    """Say what a browser cannot know about widths, in a finished tree.

    Args:
        root: A `<math>` element.
    """
    is_inline = root.get("display") != "block"
    for element in root.iter():
        tag = element.tag
        if len(element) > 1 and tag not in _COLUMNS:
            _space_operators(element)
        if tag == "mo":
            if "minsize" in element.attrib:
                _fit_big(element)
        elif tag == "mrow":
            if len(element) > 1:
                _fit_row(element, is_inline=is_inline)
        elif tag in ("msub", "msubsup"):
            _fit_subscript(element)
        elif tag in ("munder", "mover"):
            _fit_brace(element)
        elif tag == "mroot":
            index = Element("mrow")
            SubElement(index, "mspace", {"width": _INDEX_INDENT})
            index.append(element[1])
            element[1] = index


def _fit_big(fence: Element) -> None:
    r"""`\big(`, `\Big[`: the size is written."""
    size = _SIZES.get(fence.attrib["minsize"])
    if size is None:
        return
    fence.set("minsize", size)
    fence.set("maxsize", size)
    kind, small, medium = _FENCES.get(fence.text or "", ("", 0, 0))
    narrower = {"1.2em": small, "1.8em": medium}.get(size, 0)
    if narrower:
        _add_class(fence, f"{kind}{narrower}")


def _fit_row(row: Element, *, is_inline: bool) -> None:
    r"""`\left( … \right)`: the size follows from what is inside."""
    fences = [child for child in (row[0], row[-1]) if _stretches(child)]
    if not fences:
        _fit_arrow(row)
        return
    inside = [element for child in row[1:-1] for element in child.iter()]
    height = max((_height(element) for element in inside), default=_BASE)
    if height == _BASE:
        for fence in fences:
            fence.set("stretchy", "false")
    elif height == _BIG:
        for fence in fences:
            fence.set("minsize", _FIRST_SIZE)  # the walk comes to it yet
    elif height == _FRACTION and is_inline:
        for fence in fences:
            _add_class(fence, "{}{}".format(*_FENCES[fence.text or ""]))
    elif any(element.tag == "mtable" and len(element) >= _ROWS_OF_TALLEST for element in inside):
        for fence in fences:
            _add_class(fence, _FENCES[fence.text or ""][0])


_BASE, _BIG, _FRACTION, _UNKNOWN = range(4)


def _height(element: Element) -> int:
    """Tell what size TeX would take for a fence around an element, but for its children."""
    tag = element.tag
    if tag == "mo":
        is_tall = element.text in _LARGE or "minsize" in element.attrib
    else:
        is_tall = bool(element.attrib.keys() & {"class", "height", "depth", "voffset"})
    if is_tall:
        return _UNKNOWN
    if tag in ("msup", "msubsup"):
        return _height_of_raised(element[-1])
    if tag == "mover" and element.get("accent"):
        return _BASE if _is_short(element[0]) else _UNKNOWN
    return _BASE if tag in _FLAT else _FRACTION if tag == "mfrac" else _UNKNOWN


def _height_of_raised(script: Element) -> int:
    elements = list(script.iter())
    if any(element.tag not in _FLAT for element in elements):
        return _UNKNOWN
    return _BASE if all(_is_short(element) for element in elements) else _BIG


def _is_short(element: Element) -> bool:
    known = letters()
    return all(known.get(sign, (sign,))[0] in _SHORT for sign in element.text or "")


def _space_operators(parent: Element) -> None:
    r"""`\sum {x}`, `\log {n}`: a group is a letter to TeX, with a thin space in front."""
    for left, right in pairwise(parent):
        while len(right) and right.tag not in _SCRIPTED:
            right = right[0]
        if right.tag in _NO_LETTERS and not _stretches(right):
            continue
        while left.tag in _SCRIPTED and len(left):
            left = left[0]
        if left.tag != "mo":
            continue
        if left.text == _APPLY and not left.attrib:
            left.set("lspace", _THIN)
        elif left.attrib.get("rspace") == "0" and left.text in _LARGE:
            del left.attrib["rspace"]


def _fit_arrow(row: Element) -> None:
    r"""`\xrightarrow{f}`: math-core's spaces around it double those of the operator."""
    if len(row) != 3 or row[0].tag != "mspace" or row[2].tag != "mspace":
        return
    least = row[1][-1].find("mspace[@width='3.5em']") if len(row[1]) > 1 else None
    if least is not None:
        least.set("width", _LEAST_ARROW)
        row[1][0].attrib.update(lspace=_THICK, rspace=_THICK)
        del row[2], row[0]


def _stretches(element: Element) -> bool:
    return element.tag == "mo" and not element.attrib and element.text in _FENCES


def _fit_subscript(script: Element) -> None:
    """Put what is below under the slant of an integral or letter, where it takes no width."""
    base = script[0]
    if base.tag == "mo" and base.text in _SLANTED:
        _add_class(script[1], "m-slant")
    elif base.tag == "mi" and base.text in _SLANTS and "mathvariant" not in base.attrib:
        _add_class(script[1], f"m-k{_SLANTS[base.text]}")


def _fit_brace(script: Element) -> None:
    """Keep a brace away from what it holds together; take the tilde that stretches."""
    sign = script[1]
    if sign.text in _BRACES:
        _add_class(sign, "m-brace")
    elif sign.text == "~" and sign.get("stretchy") == "true":
        sign.text = _WIDE_TILDE


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
