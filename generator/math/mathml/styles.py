"""TeX's styles: display, text, script, scriptscript, and what engines do not know of them."""

from enum import IntEnum
from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.math.mathml.elements import SCRIPTED, add_class


class Size(IntEnum):
    """How large a formula is set."""

    DISPLAY = 0
    TEXT = 1
    SCRIPT = 2
    SCRIPTSCRIPT = 3


class Style(Struct, frozen=True):
    """What TeX sets a formula in.

    Attributes:
        size: How large.
        is_cramped: Whether superscripts are set lower: below a line, and in subscripts.
    """

    size: Size
    is_cramped: bool = False

    def cramped(self) -> "Style":
        """Return the same size, cramped."""
        return Style(self.size, is_cramped=True)

    def resized(self, size: Size) -> "Style":
        """Return another size, as cramped as this one."""
        return Style(size, self.is_cramped)

    def of_scripts(self) -> "Style":
        """Return the style of superscripts."""
        return self.resized(_OF_SCRIPTS[self.size])


_SMALLER = (Size.TEXT, Size.SCRIPT, Size.SCRIPTSCRIPT, Size.SCRIPTSCRIPT)
"""By a size, that of the parts of a fraction."""

_OF_SCRIPTS = (Size.SCRIPT, Size.SCRIPT, Size.SCRIPTSCRIPT, Size.SCRIPTSCRIPT)
"""By a size, that of scripts."""


def own_style(element: Element, style: Style) -> Style:
    """Return the style of an element in a style: it may set its own."""
    size = style.size
    level = element.get("scriptlevel")
    if level is not None and level.isdecimal():
        size = Size.TEXT if level == "0" else Size(min(1 + int(level), 3))
    displayed = element.get("displaystyle")
    if displayed == "true" and size is Size.TEXT:
        size = Size.DISPLAY
    elif displayed == "false" and size is Size.DISPLAY:
        size = Size.TEXT
    return style if size is style.size else style.resized(size)


def child_styles(parent: Element, style: Style) -> tuple[Style, Style]:
    """Return the style of the first child in a parent of a style, and that of the others."""
    tag, size = parent.tag, style.size
    if tag in SCRIPTED:
        if parent.get("accent"):
            return style.cramped(), style
        script = style.of_scripts()
        return style, script.cramped() if tag in ("msub", "munder") else script
    if tag == "mfrac":
        part = style.resized(_SMALLER[size])
        return part, part.cramped()
    if tag == "mroot":
        return style.cramped(), Style(Size.SCRIPTSCRIPT)
    if tag == "msqrt":
        return style.cramped(), style.cramped()
    if tag == "mtable" and size is Size.DISPLAY and parent.get("displaystyle") != "true":
        return style.resized(Size.TEXT), style.resized(Size.TEXT)
    return style, style


def mark_fraction(fraction: Element, style: Style) -> None:
    """Mark a fraction whose parts are smaller than it, for WebKit, which has no `math-depth`."""
    if style.size in (Size.TEXT, Size.SCRIPT):
        add_class(fraction, "m-ft" if style.size is Size.TEXT else "m-fs")
