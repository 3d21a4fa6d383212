"""What a converter made → MathML Core with the card's classes, atoms in their places."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from generator.math.atoms import LOAD, STORE, Atoms
from generator.math.lengths import format_em
from generator.math.tree import Branch, Element, Node, add_class, shared


def _unwrap_spacer(row: Branch) -> Node:
    """Undo math-core's `<mrow><mspace/><mi>sin</mi></mrow>`: for other engines."""
    if len(row) == 2 and row[0].tag == "mspace" and not row[0].attributes:
        if not row.attributes:
            return row[1]
        del row[0]
    return row


def _bring_padded(padded: Branch) -> Node:
    """Write a class of operator's space as `<mspace>`: `mpadded` has no padding in Core."""
    attributes = dict(padded.attributes)
    left, right = attributes.pop("padding-left", None), attributes.pop("padding-right", None)
    if left is not None or right is not None:
        padded[:] = (*_space(left), *padded, *_space(right))
        padded.head = shared("mrow", attributes)
        return _unwrap_spacer(padded)
    if "voffset" in attributes:
        padded.head = shared(
            "mpadded", attributes | {"voffset": attributes["voffset"].replace("rem", "em")}
        )
    return padded


def _space(width: str | None) -> tuple[Element, ...]:
    width_em = float(width.removesuffix("em")) if width else 0.0
    return (shared("mspace", {"width": format_em(width_em)}),) if width_em else ()


def _close_last_row(table: Branch) -> Node:
    r"""Draw a last `\hline` under the row above instead of over an empty row."""
    last = table[-1] if len(table) > 1 else None
    if not isinstance(last, Branch) or any(isinstance(cell, Branch) and cell for cell in last):
        return table
    del table[-1]
    classes = [cell.attributes.get("class", "") for cell in last]
    if any("m-bt" in names.split() for names in classes):
        is_dashed = any("m-dashed" in names for names in classes)
        row = table[-1]
        if isinstance(row, Branch):
            row[:] = [add_class(cell, "m-bb m-dashed" if is_dashed else "m-bb") for cell in row]
    return table


Rule: TypeAlias = Callable[[Branch], Node]
RULES: Mapping[str, Rule] = {
    "mrow": _unwrap_spacer,
    "mpadded": _bring_padded,
    "mtable": _close_last_row,
}
"""What is done to an element, by its tag, once its children are known; what stands in its place."""


def place_atoms(branches: list[Branch], atoms: Atoms) -> None:
    """Put atoms into their places.

    Args:
        branches: All of a tree, inner ones first: an outer one may dissolve an inner.
        atoms: What private-use characters in it stand for.
    """
    if not atoms:
        return
    stored: dict[str, Node] = {}
    for branch in branches:
        if len(branch) == 2 and branch[0].tag == "mi":
            _place_wrapper(branch, atoms, stored)
    for branch in branches:
        branch[:] = [_placed(child, atoms, stored) for child in branch]


def _place_wrapper(parent: Branch, atoms: Atoms, stored: dict[str, Node]) -> None:
    marker, content = parent
    atom = atoms.get(marker.text)
    if atom is None or atom.text is not None or atom.tag == LOAD:
        return
    if atom.tag == STORE:
        stored[atom.attributes["for"]] = content
        parent.clear()
        return
    parent.head = shared(atom.tag, {**parent.attributes, **atom.attributes})
    # A lap moves its content as one box; elsewhere a row in a row is one too many.
    is_lap = "lap" in atom.attributes.get("class", "")
    is_row = content.tag == "mrow" and not content.attributes
    if isinstance(content, Branch) and is_row and not is_lap:
        parent[:] = content
    else:
        del parent[0]


def _placed(node: Node, atoms: Atoms, stored: dict[str, Node]) -> Node:
    """Return what stands in the place of a letter."""
    atom = atoms.get(node.text) if node.tag in ("mi", "mo") else None
    if atom is None:
        return node
    if atom.tag == LOAD:  # as a row: `mo` may not hold elements
        content = stored.get(node.text)
        inner = [] if content is None else [_placed(content, atoms, stored)]
        return Branch.of(shared("mrow"), inner)
    return node if atom.text is None else shared(atom.tag, atom.attributes, atom.text)
