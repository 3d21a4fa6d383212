"""Small things that passes over a tree of elements share."""

from xml.etree.ElementTree import Element

SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
INTEGRALS = frozenset("∫∬∭⨌∮∯∰")
LARGE_OPERATORS = INTEGRALS | frozenset("∑∏∐⋂⋃⋀⋁⨀⨁⨂⨄⨆")
BRACES = frozenset("⏞⏟⏜⏝⎴⎵")
"""Above or below; to TeX, with what they hold together, an operator."""
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
_DELIMITERS = OPENING | CLOSING | frozenset("|‖")


def make(tag: str, *children: Element, text: str = "", **attributes: str) -> Element:
    """Make an element with a text or children; `class_` is its class."""
    element = Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    element.text = text
    element.extend(children)
    return element


def add_class(element: Element, names: str) -> None:
    """Add classes to an element."""
    element.set("class", f"{element.get('class', '')} {names}".strip())


def is_fence(element: Element) -> bool:
    r"""Tell whether an element is a delimiter that takes the size of its row (`\left(`)."""
    return element.tag == "mo" and not element.keys() and element.text in _DELIMITERS


def is_binomial(row: Element) -> bool:
    r"""Tell whether a row is two delimiters around a fraction without a line."""
    return len(row) == _BINOMIAL and row[1].tag == "mfrac" and row[1].get("linethickness") == "0"


_BINOMIAL = 3


def base_of(element: Element) -> Element:
    """Return what an element's scripts belong to; the element itself without scripts."""
    while element.tag in SCRIPTED and len(element):
        element = element[0]
    return element
