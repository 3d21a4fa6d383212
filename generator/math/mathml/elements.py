"""Small things that passes over a tree of elements share."""

from xml.etree.ElementTree import Element

_DELIMITERS = frozenset("([{⟨⌊⌈)]}⟩⌋⌉")


def make(tag: str, *children: Element, text: str = "", **attributes: str) -> Element:
    """Make an element with a text or children; `class_` is its class."""
    element = Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    element.text = text
    element.extend(children)
    return element


def add_class(element: Element, names: str) -> None:
    """Give an element classes more."""
    element.set("class", f"{element.get('class', '')} {names}".strip())


def stretches(element: Element) -> bool:
    r"""Tell whether an element is a delimiter that takes the size of its row (`\left(`)."""
    return element.tag == "mo" and not element.keys() and element.text in _DELIMITERS
