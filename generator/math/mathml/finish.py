"""What a browser cannot know about sizes and spaces, written into a finished tree."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from generator.math.mathml.accents import place_accent
from generator.math.mathml.delimiter_sizes import (
    hold_up,
    size_binomial,
    size_row,
    size_sign,
)
from generator.math.mathml.elements import SCRIPTED, is_binomial, is_fence
from generator.math.mathml.exact_heights import hold_framed, hold_root
from generator.math.mathml.neighbours import (
    close_up_phantom,
    close_up_punctuation,
    isolate,
    set_blanks,
    space_braces,
)
from generator.math.mathml.operator_spaces import close_up, space_arrow, space_row, space_sign
from generator.math.mathml.rows import set_rows
from generator.math.mathml.scripts import indent_degree, move_subscript, space_brace
from generator.math.mathml.styles import Size, Style, child_styles, mark_fraction, own_style

_NO_ROWS = SCRIPTED | {"mfrac", "mroot", "mtable", "mtr", "mmultiscripts"}
"""Their children are not next to each other on a line."""


def finish(root: Element, *, is_inline: bool) -> None:
    """Finish a formula from the outside in, in place.

    Args:
        root: `<math>`, atoms in their places.
        is_inline: Whether the formula is in a line of text.
    """
    _finish(root, Style(Size.TEXT if is_inline else Size.DISPLAY))


def _finish(element: Element, style: Style) -> None:
    tag = element.tag
    if element.keys():
        style = own_style(element, style)
    for change in _BY_TAG.get(tag, ()):
        change(element)
    if tag == "mfrac":
        mark_fraction(element, style)
    elif tag == "mtable":
        set_rows(element, style)
    elif tag in ("msqrt", "mroot"):
        hold_root(element, style)
    elif tag == "mrow" and "class" in element.attrib:
        hold_framed(element, style)
    if len(element) > 1 and tag not in _NO_ROWS:
        set_blanks(element)
        close_up_punctuation(element)
        space_braces(element)
        space_row(element)
        if tag == "mrow":
            _finish_row(element, style)
        isolate(element)
    _finish_children(element, style)


def _finish_children(parent: Element, style: Style) -> None:
    needs_strut, is_scripted = False, parent.tag in SCRIPTED
    child_style, style_of_others = child_styles(parent, style)
    for child in parent:
        if len(child):
            _finish(child, child_style)
        elif child.tag == "mo":
            needs_strut |= size_sign(child)
            space_sign(child, has_scripts=is_scripted)
            if child_style.size >= Size.SCRIPT:
                close_up(child)
        child_style = style_of_others
    if needs_strut:
        hold_up(parent)


def _finish_row(row: Element, style: Style) -> None:
    if is_fence(row[0]) and is_binomial(row):
        size_binomial(row, style)
    elif is_fence(row[0]) or is_fence(row[-1]):
        size_row(row, style)
    else:
        space_arrow(row)


_BY_TAG: Mapping[str, tuple[Callable[[Element], None], ...]] = {
    "msub": (move_subscript,),
    "msubsup": (move_subscript,),
    "munder": (space_brace,),
    "mover": (space_brace, place_accent),
    "mroot": (indent_degree,),
    "mpadded": (close_up_phantom,),
}
