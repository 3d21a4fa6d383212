"""Rows of tables: each has TeX's strut, and tags a column of their own."""

from xml.etree.ElementTree import Element

from generator.math.mathml.elements import make
from generator.math.mathml.tags import line_up_tags

_STRUT_EM = (0.84, 0.36)  # TeX's height and depth, for baselines 1.2 em apart
_STRUT_OF_TWO_EM = (0.82, 0.35)
"""So little less that two rows fit into delimiters of 2.4 em: WebKit takes the next larger size."""
_CASES, _SUBSTACK, _TWO = 1.2, 0.583, 2


def set_rows(table: Element) -> None:
    """Give each row the least height that TeX gives it.

    Args:
        table: `<mtable>`, atoms in their places.
    """
    line_up_tags(table)
    ratio = _ratio(table)
    is_small = len(table) == _TWO and table.get("displaystyle") == "false" and ratio == 1
    strut = _STRUT_OF_TWO_EM if is_small else _STRUT_EM
    height, depth = (f"{part * ratio:.3g}em" for part in strut)
    for row in table:
        if len(row):
            row[0].insert(0, make("mspace", width="0em", height=height, depth=depth))


def _ratio(table: Element) -> float:
    first = table[0][0].get("class", "").split() if len(table) and len(table[0]) else []
    if "m-pt0" in first:
        return _SUBSTACK
    return _CASES if "m-l" in first and "m-pr0" in first else 1.0
