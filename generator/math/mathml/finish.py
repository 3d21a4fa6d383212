"""What a browser cannot know about sizes and spaces, written into a finished tree."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from generator.math.commands import relations
from generator.math.mathml.accents import place_accent
from generator.math.mathml.delimiter_sizes import (
    hold_up,
    size_binomial,
    size_row,
    size_sign,
)
from generator.math.mathml.elements import BRACES, SCRIPTED, is_binomial, is_fence
from generator.math.mathml.exact_heights import hold_framed, hold_root
from generator.math.mathml.neighbours import (
    BLANK,
    CLOSED_UP,
    close_up_phantom,
    close_up_punctuation,
    close_up_relations,
    is_upright,
    isolate,
    set_blanks,
    space_braces,
)
from generator.math.mathml.operator_spaces import (
    SPACED,
    close_up,
    keep_infix,
    space_arrow,
    space_operators,
    space_sign,
)
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
    _Finisher(root).finish(root, Style(Size.TEXT if is_inline else Size.DISPLAY))


class _Finisher:
    """Finishes one formula by the passes that have something to do in it."""

    def __init__(self, root: Element) -> None:
        held = {element.text or element.tag for element in root.iter()}
        self._changes = [change for change, due in _IN_ROWS if not due.isdisjoint(held)]
        self._isolates = "mfrac" in held or any(map(is_upright, root.iter("mi")))

    def finish(self, element: Element, style: Style) -> None:
        tag = element.tag
        if element.keys():
            style = own_style(element, style)
        for change in _BY_TAG.get(tag, ()):
            change(element, style)
        if len(element) > 1 and tag not in _NO_ROWS:
            for change_row in self._changes:
                change_row(element)
            if tag == "mrow":
                _finish_row(element, style)
            if self._isolates:
                isolate(element)
        self._finish_children(element, style)

    def _finish_children(self, parent: Element, style: Style) -> None:
        needs_strut, is_scripted = False, parent.tag in SCRIPTED
        child_style, style_of_others = child_styles(parent, style)
        for child in parent:
            if len(child):
                self.finish(child, child_style)
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


_IN_ROWS: tuple[tuple[Callable[[Element], None], frozenset[str]], ...] = (
    (set_blanks, frozenset({BLANK})),
    (close_up_punctuation, CLOSED_UP),
    (close_up_relations, relations()),
    (space_braces, BRACES),
    (space_operators, SPACED),
    (keep_infix, frozenset({"mrow"})),
)
"""Passes over each row, in this order, and the texts and tags without which they change nothing."""

_BY_TAG: Mapping[str, tuple[Callable[[Element, Style], None], ...]] = {
    "msub": (move_subscript,),
    "msubsup": (move_subscript,),
    "munder": (space_brace,),
    "mover": (space_brace, place_accent),
    "mroot": (indent_degree, hold_root),
    "msqrt": (hold_root,),
    "mpadded": (close_up_phantom,),
    "mfrac": (mark_fraction,),
    "mtable": (set_rows,),
    "mrow": (hold_framed,),
}
