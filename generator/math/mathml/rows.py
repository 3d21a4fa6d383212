"""Rows of tables: each has TeX's strut, and tags a column of their own."""

from xml.etree.ElementTree import Element

from generator.math.mathml.elements import make
from generator.math.mathml.tags import line_up_tags

_HEIGHT_EM, _DEPTH_EM = 0.84, 0.36  # TeX's strut for baselines 1.2 em apart
_CASES, _SUBSTACK = 1.2, 0.583


def set_rows(table: Element) -> None:
    """Give each row the least height that TeX gives it.

    Args:
        table: `<mtable>`, atoms in their places.
    """
    line_up_tags(table)
    ratio = _ratio(table)
    height, depth = f"{_HEIGHT_EM * ratio:.3g}em", f"{_DEPTH_EM * ratio:.3g}em"
    for row in table:
        if len(row):
            row[0].insert(0, make("mspace", width="0em", height=height, depth=depth))


def _ratio(table: Element) -> float:
    first = table[0][0].get("class", "").split() if len(table) and len(table[0]) else []
    if "m-pt0" in first:
        return _SUBSTACK
    return _CASES if "m-l" in first and "m-pr0" in first else 1.0
