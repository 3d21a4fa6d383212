"""What a browser cannot know about sizes and spaces, written into a finished tree."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from generator.math.mathml.delimiter_sizes import size_big, size_row
from generator.math.mathml.elements import stretches
from generator.math.mathml.operator_spaces import SCRIPTED, space_arrow, space_operators
from generator.math.mathml.scripts import indent_degree, move_subscript, space_brace

_NO_ROWS = SCRIPTED | {"mfrac", "mroot", "mtable", "mtr", "mmultiscripts"}
"""Their children are not next to each other on a line."""


def finish(element: Element, *, is_inline: bool) -> None:
    """Finish an element and all in it, from the outside in, in place.

    Args:
        element: `<math>`, atoms in their places.
        is_inline: Whether the formula is in a line of text.
    """
    tag = element.tag
    if tag in _BY_TAG:
        _BY_TAG[tag](element)
    if len(element) > 1 and tag not in _NO_ROWS:
        space_operators(element)
        if tag == "mrow":
            _finish_row(element, is_inline=is_inline)
    for child in element:
        finish(child, is_inline=is_inline)


def _finish_row(row: Element, *, is_inline: bool) -> None:
    if stretches(row[0]) or stretches(row[-1]):
        size_row(row, is_inline=is_inline)
    else:
        space_arrow(row)


_BY_TAG: Mapping[str, Callable[[Element], None]] = {
    "mo": size_big,
    "msub": move_subscript,
    "msubsup": move_subscript,
    "munder": space_brace,
    "mover": space_brace,
    "mroot": indent_degree,
}
