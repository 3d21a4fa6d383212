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


_SMALLER = (Style.TEXT, Style.SCRIPT, Style.SCRIPTSCRIPT, Style.SCRIPTSCRIPT)
"""By a style, that of the parts of a fraction."""

_OF_SCRIPTS = (Style.SCRIPT, Style.SCRIPT, Style.SCRIPTSCRIPT, Style.SCRIPTSCRIPT)
"""By a style, that of scripts."""

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


def child_styles(parent: Element, style: Style) -> tuple[Style, Style]:
    """Return the style of the first child in a parent of a style, and that of the others."""
    tag = parent.tag
    if tag in _SCRIPTED:
        return style, style if parent.get("accent") else _OF_SCRIPTS[style]
    if tag == "mfrac":
        return _SMALLER[style], _SMALLER[style]
    if tag == "mroot":
        return style, Style.SCRIPTSCRIPT
    if tag == "mtable" and style is Style.DISPLAY and parent.get("displaystyle") != "true":
        return Style.TEXT, Style.TEXT
    return style, style


def mark_fraction(fraction: Element, style: Style) -> None:
    """Mark a fraction whose parts are smaller than it, for WebKit, which has no `math-depth`."""
    if style in (Style.TEXT, Style.SCRIPT):
        add_class(fraction, "m-ft" if style is Style.TEXT else "m-fs")
