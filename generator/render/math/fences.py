r"""Widths that browsers do not take from the size that they chose: fences, integrals, roots.

MathML Core makes a stretching operator as wide as its widest size. The card's font gives all
sizes of a fence one width, that of a fence around a fraction, with the ink at the formula
(`benchmarks/math_font.py`); here smaller and taller ones get a class that moves their neighbours.
"""

from xml.etree.ElementTree import Element, SubElement

_SIZES = {"1.2em": "1.2em", "1.623em": "1.8em", "2.047em": "2.4em", "2.470em": "3em"}
"""Of `\\big` and its like: math-core's, and the glyphs that TeX takes."""

# Opening and closing fences → eighteenths of an em that sizes 1.2 and 1.8 are narrower.
_NARROWER = {"(": (4, 2), "[": (2, 1), "{": (3, 1), "⟨": (4, 2), "⌊": (2, 1), "⌈": (2, 1)}
_OPENING = {text: ("m-o", *less) for text, less in _NARROWER.items()}
_CLOSING = {
    closing: ("m-c", *_NARROWER[opening])
    for opening, closing in zip("([{⟨⌊⌈", ")]}⟩⌋⌉", strict=True)
}
_FENCES = _OPENING | _CLOSING
_FLAT = frozenset({"mi", "mn", "mtext", "mrow", "msub", "mspace"})
_LOW = _FLAT | {"msup", "msubsup"}
_LARGE = frozenset("∫∬∭⨌∮∯∰∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆")
_SLANTED = frozenset("∫∬∭⨌∮∯∰")
_BRACES = frozenset("⏞⏟⏜⏝⎴⎵")
_ROWS_OF_TALLEST = 3
_LEAST_ARROW = "2.938em"  # of KaTeX, at the size of its script's script
_INDEX_INDENT = "0.5556em"  # TeX's 5mu, at the size of an index


def fit_widths(root: Element) -> None:
    """Say what a browser cannot know about widths, in a finished tree.

    Args:
        root: A `<math>` element.
    """
    low = _LOW if root.get("display") == "block" else _LOW | {"mfrac"}
    for element in root.iter():
        tag = element.tag
        if tag == "mo":
            if "minsize" in element.attrib:
                _fit_big(element)
        elif tag == "mrow":
            if len(element) > 1:
                _fit_row(element, low)
        elif tag in ("msub", "msubsup"):
            _fit_integral(element)
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


def _fit_row(row: Element, low: frozenset[str]) -> None:
    r"""`\left( … \right)`: the size follows from what is inside."""
    fences = [child for child in (row[0], row[-1]) if _stretches(child)]
    if not fences:
        _fit_arrow(row)
        return
    inside = [element for child in row[1:-1] for element in child.iter()]
    if all(_is_in(element, _FLAT) for element in inside):
        for fence in fences:
            fence.set("stretchy", "false")
    elif all(_is_in(element, low) for element in inside):
        for fence in fences:
            kind, small, _ = _FENCES[fence.text or ""]
            _add_class(fence, f"{kind}{small}")
    elif any(element.tag == "mtable" and len(element) >= _ROWS_OF_TALLEST for element in inside):
        for fence in fences:
            _add_class(fence, _FENCES[fence.text or ""][0])


def _fit_arrow(row: Element) -> None:
    r"""`\xrightarrow{f}`: math-core's spaces around it double those of the operator."""
    if len(row) != 3 or row[0].tag != "mspace" or row[2].tag != "mspace":
        return
    least = row[1][-1].find("mspace[@width='3.5em']") if len(row[1]) > 1 else None
    if least is not None:
        least.set("width", _LEAST_ARROW)
        del row[2], row[0]


def _stretches(element: Element) -> bool:
    return element.tag == "mo" and not element.attrib and element.text in _FENCES


def _is_in(element: Element, tags: frozenset[str]) -> bool:
    """Tell whether an element is one of `tags` and no higher than those are by themselves."""
    if element.tag == "mo":
        return element.text not in _LARGE and "minsize" not in element.attrib
    return element.tag in tags and not element.attrib.keys() & {"class", "height", "depth"}


def _fit_integral(script: Element) -> None:
    """Mark the lower limit of an integral: it stands under the slant, and takes no width there."""
    base = script[0]
    if base.tag == "mo" and base.text in _SLANTED:
        _add_class(script[1], "m-slant")


def _fit_brace(script: Element) -> None:
    """Keep a brace away from what it holds together."""
    if script[1].text in _BRACES:
        _add_class(script[1], "m-brace")


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
