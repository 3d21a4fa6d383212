"""Rows of tables: as high and deep as TeX makes them, and tags in a column of their own."""

from collections.abc import Mapping
from functools import cache
from xml.etree.ElementTree import Element

from generator.math.commands import known_commands
from generator.math.mathml.elements import LARGE_OPERATORS, base_of, make
from generator.math.mathml.exact_heights import hold, lengths
from generator.math.mathml.heights import row_extents
from generator.math.mathml.sign_extents import Extent, UnknownExtentError
from generator.math.mathml.struts import strut_of
from generator.math.mathml.styles import Size, Style
from generator.math.mathml.tags import line_up_tags

_FLAT = frozenset({"mi", "mn", "mo", "mtext", "mspace", "mrow", "msub"})
"""What no engine makes higher than a strut."""


_TEXT = Style(Size.TEXT)
"""Tables are as large in any style."""


def set_rows(table: Element, style: Style) -> None:
    """Give each row the height that TeX gives it, whatever an engine makes of its cells.

    Args:
        table: `<mtable>`, atoms in their places.
        style: Around it.
    """
    line_up_tags(table)
    flat = [list(map(_is_flat, row)) for row in table]
    extents = [] if all(map(all, flat)) else _extents(table, style)
    strut = Extent(*strut_of(table))
    for index, row in enumerate(table):
        for cell in row:
            _close_ends(cell)
        if extents:
            _hold_together(row, flat[index], extents[index])
        if len(row) and flat[index][0]:
            row[0].insert(0, make("mspace", width="0em", **lengths(strut)))


def _extents(table: Element, style: Style) -> list[Extent]:
    try:
        return row_extents(table, style)
    except UnknownExtentError:
        return []


def _hold_together(row: Element, flat: list[bool], extent: Extent) -> None:
    """Put the content of cells that may be higher into boxes of TeX's height."""
    for cell, is_flat in zip(row, flat, strict=True):
        if not is_flat:
            cell[:] = [hold(cell[:], extent, _TEXT)]


def _is_flat(cell: Element) -> bool:
    return all(
        element.tag in _FLAT and not _is_tall(element) for child in cell for element in child.iter()
    )


def _is_tall(sign: Element) -> bool:
    return sign.get("minsize") is not None or sign.text in LARGE_OPERATORS


def _close_ends(cell: Element) -> None:
    r"""Remove the space at the outer side of a relation that begins or ends a cell.

    The second cell of `aligned` and its like begins with an empty group in TeX.
    """
    if len(cell) and _OF_ALIGNED not in cell.get("class", ""):
        _close(base_of(cell[0]), "lspace")
    if len(cell):
        _close(base_of(cell[-1]), "rspace")


_OF_ALIGNED = "m-pl0"


def _close(sign: Element, side: str) -> None:
    kind = _kinds().get(sign.text or "") if sign.tag == "mo" else None
    for name in (side,) if kind == "rel" else ("lspace", "rspace") if kind == "bin" else ():
        sign.set(name, "0")


@cache
def _kinds() -> Mapping[str, str]:
    """Map signs to what they are; those that may be a sign of a number are to browsers, too."""
    kinds = {known.shows: known.kind for known in known_commands().values()}
    return {sign: kind for sign, kind in kinds.items() if sign not in _OF_NUMBERS} | _PLAIN


_OF_NUMBERS = frozenset("+−±∓")
_PLAIN = {"=": "rel", "<": "rel", ">": "rel", ":": "rel", "∗": "bin"}
