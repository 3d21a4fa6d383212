"""Tags of equations in a table get a column of their own, so that they line up."""

from xml.etree.ElementTree import Element

from generator.math.mathml.elements import make

_TAG = "m-tag"


def line_up_tags(table: Element) -> None:
    """Move the tag at the end of each row into a last cell.

    Args:
        table: `<mtable>`, atoms in their places.
    """
    tags = [_take_tag(row) for row in table]
    if not any(tag is not None for tag in tags):
        return
    width = max(map(len, table))
    for row, tag in zip(table, tags, strict=True):
        row.extend(make("mtd") for _ in range(width - len(row)))
        row.append(make("mtd", *([] if tag is None else [tag]), class_=_TAG))


def _take_tag(row: Element) -> Element | None:
    """Cut off the tag at the end of a row's last cell."""
    cell = row[-1] if len(row) else None
    if cell is None or not len(cell) or cell[-1].get("class") != _TAG:
        return None
    tag = cell[-1]
    cell.remove(tag)
    return tag
