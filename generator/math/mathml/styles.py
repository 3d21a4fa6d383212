"""TeX's styles: display, text, script, scriptscript, and what engines do not know of them."""

from enum import IntEnum
from xml.etree.ElementTree import Element

from generator.math.mathml.elements import add_class


class Style(IntEnum):
    """How large a formula is set."""

    DISPLAY = 0
    TEXT = 1
    SCRIPT = 2
    SCRIPTSCRIPT = 3


_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
"""Elements whose children but the first are scripts, unless they are accents."""


def own_style(element: Element, style: Style) -> Style:
    """Return the style of an element in a style: it may set its own."""
    level = element.get("scriptlevel")
    if level is not None and level.isdecimal():
        style = Style.TEXT if level == "0" else Style(min(1 + int(level), 3))
    displayed = element.get("displaystyle")
    if displayed == "true" and style is Style.TEXT:
        return Style.DISPLAY
    return Style.TEXT if displayed == "false" and style is Style.DISPLAY else style


def child_style(parent: Element, index: int, style: Style) -> Style:
    """Return the style of a child in a parent of a style."""
    tag = parent.tag
    if tag == "mfrac":
        return Style(min(style + 1, 3))
    if tag in _SCRIPTED and index >= 1 and not parent.get("accent"):
        return Style(min(max(style, Style.TEXT) + 1, 3))
    if tag == "mroot" and index == 1:
        return Style.SCRIPTSCRIPT
    is_table_of_text = tag == "mtable" and parent.get("displaystyle") != "true"
    return Style.TEXT if is_table_of_text and style is Style.DISPLAY else style


def mark_fraction(fraction: Element, style: Style) -> None:
    """Mark a fraction whose parts are smaller than it, for WebKit, which has no `math-depth`."""
    if style in (Style.TEXT, Style.SCRIPT):
        add_class(fraction, "m-ft" if style is Style.TEXT else "m-fs")
