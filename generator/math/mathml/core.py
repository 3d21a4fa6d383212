"""What a converter made → MathML Core with the card's classes, atoms in their places."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from generator.math.atoms import LOAD, STORE, Atoms
from generator.math.mathml.elements import add_class, make


def tidy(element: Element) -> None:
    """Change what a converter wrote, inner elements first, in place.

    Args:
        element: `<math>`, with the card's classes in the place of styles.
    """
    for index, child in enumerate(element):
        if len(child):
            tidy(child)
        change = _CHANGES.get(child.tag)
        if change is not None:
            changed = change(child)
            if changed is not child:
                element[index] = changed


def is_tidy(markup: str) -> bool:
    """Tell whether there is nothing to change in a tree, by its markup."""
    return not any(map(markup.__contains__, ("<mspace/>", "<mpadded", "<mtable")))


def _unwrap_spacer(row: Element) -> Element:
    """Undo math-core's `<mrow><mspace/><mi>sin</mi></mrow>`: for other engines."""
    if len(row) == 2 and row[0].tag == "mspace" and not row[0].attrib:
        if not row.attrib:
            return row[1]
        del row[0]
    return row


def _replace_padding(padded: Element) -> Element:
    """Write a class of operator's space as `<mspace>`: `mpadded` has no padding in Core."""
    if "voffset" in padded.attrib:
        padded.set("voffset", padded.attrib["voffset"].replace("rem", "em"))
    left, right = padded.attrib.pop("padding-left", ""), padded.attrib.pop("padding-right", "")
    if not left and not right:
        return padded
    row = make("mrow", *_space(left), *padded, *_space(right), **padded.attrib)
    return _unwrap_spacer(row)


def _space(width: str) -> tuple[Element, ...]:
    has_width = bool(float(width.removesuffix("em") or 0))
    return (make("mspace", width=width),) if has_width else ()


def _close_last_row(table: Element) -> Element:
    r"""Draw a last `\hline` under the row above instead of over an empty row."""
    last = table[-1] if len(table) > 1 else None
    if last is None or not len(last) or any(len(cell) for cell in last):
        return table
    table.remove(last)
    classes = [cell.get("class", "") for cell in last]
    if any("m-bt" in names.split() for names in classes):
        is_dashed = any("m-dashed" in names for names in classes)
        for cell in table[-1]:
            add_class(cell, "m-bb m-dashed" if is_dashed else "m-bb")
    return table


_CHANGES: Mapping[str, Callable[[Element], Element]] = {
    "mrow": _unwrap_spacer,
    "mpadded": _replace_padding,
    "mtable": _close_last_row,
}
"""What is done to an element, by its tag, once its children are done; returns what replaces it."""


def place_atoms(root: Element, atoms: Atoms) -> None:
    """Put atoms into their places.

    Args:
        root: A `<math>` element.
        atoms: What private-use characters in it mean.
    """
    if not atoms:
        return
    stored: dict[str, Element] = {}
    _place_wrappers(root, atoms, stored)
    _place_letters(root, atoms, stored)


def _place_wrappers(parent: Element, atoms: Atoms, stored: dict[str, Element]) -> None:
    for child in parent:
        _place_wrappers(child, atoms, stored)
    if len(parent) != 2 or parent[0].tag != "mi":
        return
    marker, content = parent
    atom = atoms.get(marker.text)
    if atom is None or atom.text is not None or atom.tag == LOAD:
        return
    if atom.tag == STORE:
        stored[atom.attributes["for"]] = content
        parent[:] = []
        return
    parent.tag = atom.tag
    parent.attrib.update(atom.attributes)
    # A lap moves its content as one box; elsewhere a row in a row is one too many.
    is_lap = "lap" in atom.attributes.get("class", "")
    is_row = content.tag == "mrow" and not content.attrib
    parent[:] = content[:] if is_row and not is_lap else [content]


def _place_letters(parent: Element, atoms: Atoms, stored: dict[str, Element]) -> None:
    for index, child in enumerate(parent):
        atom = atoms.get(child.text) if child.tag in ("mi", "mo") else None
        if atom is None:
            _place_letters(child, atoms, stored)
        elif atom.tag == LOAD:  # as a row: `mo` may not hold elements
            content = stored.get(child.text or "")
            parent[index] = make("mrow") if content is None else make("mrow", content)
            _place_letters(parent[index], atoms, stored)
        elif atom.text is not None:
            parent[index] = make(atom.tag, text=atom.text, **atom.attributes)
