"""Rows of tables: each has TeX's strut, and tags a column of their own."""

from xml.etree.ElementTree import Element

from generator.math.mathml.elements import make
from generator.math.mathml.struts import strut_of
from generator.math.mathml.tags import line_up_tags


def set_rows(table: Element) -> None:
    """Give each row the least height that TeX gives it.

    Args:
        table: `<mtable>`, atoms in their places.
    """
    line_up_tags(table)
    height, depth = (f"{part:.3g}em" for part in strut_of(table))
    for row in table:
        if len(row):
            row[0].insert(0, make("mspace", width="0em", height=height, depth=depth))
