"""What a converter made → MathML Core with the card's classes, atoms in their places.

No `style` attribute leaves this pass: the card's CSS knows the classes, a sanitizer need not read
declarations, and a formula can never lay itself over the card.
"""

from functools import lru_cache
from xml.etree.ElementTree import Element

from generator.render.math.atoms import LOAD, STORE, Atoms
from generator.render.math.fences import fit_widths
from generator.render.math.lengths import format_em

_CLASSES = {
    "text-align:left": "m-l",
    "text-align:right": "m-r",
    "justify-items:start": "",
    "justify-items:end": "",
    "padding-left:0": "m-pl0",
    "padding-right:0": "m-pr0",
    "padding-top:0": "m-pt0",
    "padding-bottom:0": "m-pb0",
    "padding-left:1em": "m-pl1",
    "padding-left:0.1em": "",
    "padding-right:0.1em": "",
    "border-top:0.05em solid currentcolor": "m-bt",
    "border-right:0.05em solid currentcolor": "m-br",
    "border-bottom:0.05em solid currentcolor": "m-bb",
    "border-left:0.05em solid currentcolor": "m-bl",
    "border-top:0.05em dashed currentcolor": "m-bt m-dashed",
    "border-right:0.05em dashed currentcolor": "m-br m-dashed",
    "border-bottom:0.05em dashed currentcolor": "m-bb m-dashed",
    "border-left:0.05em dashed currentcolor": "m-bl m-dashed",
    "padding-top:0.1667em": "m-cfrac",
}


class UnknownStyleError(ValueError):
    """The converter used a style that the card's CSS has no class for."""


@lru_cache(maxsize=1024)
def _read_style(style: str) -> tuple[tuple[str, str], ...]:
    """Turn declarations into attributes: `class`, `mathcolor`, `width`, `margin` in em."""
    classes: list[str] = []
    attributes: list[tuple[str, str]] = []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        known = _CLASSES.get(f"{name}:{value}")
        if known is not None:
            classes += known.split()
        elif name == "color":
            attributes.append(("mathcolor", value.lower()))
        elif name == "width" and value.endswith("em"):
            attributes.append(("width", value.replace("rem", "em")))
        elif name in ("margin-left", "padding-left", "padding-right"):
            attributes.append((name, value))
        else:
            raise UnknownStyleError(declaration)
    if classes:
        attributes.append(("class", " ".join(dict.fromkeys(classes))))
    return tuple(attributes)


def _apply_style(element: Element) -> None:
    style = element.attrib.pop("style", "")
    for name, value in _read_style(style):
        if name == "margin-left":
            element.set("class", _negative_space(value))
        elif name.startswith("padding"):
            _pad(element, name, value)
        elif element.tag == "mtd" or not _NO_PADDING.issuperset(value.split()):
            element.set(name, value)


_NO_PADDING = frozenset({"m-pl0", "m-pr0"})  # nothing but a cell has any by nature


_FINEST_MU = 18  # beyond, the card's CSS has classes for 27 and 36 only


def _negative_space(value: str) -> str:
    """Return the class of a negative space, rounded to eighteenths of an em (TeX's mu)."""
    units = round(-float(value.removesuffix("em")) * 18)
    if units > _FINEST_MU:
        units = 27 if units < 32 else 36
    return f"m-neg{max(1, units)}"


def _pad(element: Element, name: str, value: str) -> None:
    """Write a class of operator's space as `<mspace>`: `mpadded` has no padding in Core."""
    element.tag = "mrow"
    width = float(value.removesuffix("em"))
    if not width:
        return
    space = Element("mspace", {"width": format_em(width)})
    if name == "padding-left":
        element.insert(0, space)
    else:
        element.append(space)


def to_core(root: Element, atoms: Atoms) -> None:
    """Bring a `<math>` tree into its final form, in place.

    Args:
        root: What the converter made.
        atoms: What its private-use characters stand for.

    Raises:
        UnknownStyleError: For a style without a class.
    """
    stored: dict[str, Element] = {}
    for element in list(root.iter()):
        if element.get("style") is not None:
            _apply_style(element)
        tag = element.tag
        if tag == "mrow":
            _unwrap_spacer(element)
        elif tag == "mpadded" and "voffset" in element.attrib:
            element.set("voffset", element.attrib["voffset"].replace("rem", "em"))
    for table in list(root.iter("mtable")):
        _close_last_row(table)
    if len(atoms):
        _place_atoms(root, atoms, stored)
    fit_widths(root)


def _unwrap_spacer(element: Element) -> None:
    """Undo math-core's `<mrow><mspace/><mi>sin</mi></mrow>`: for other engines."""
    if len(element) == 2 and element[0].tag == "mspace" and not element[0].attrib:
        inner = element[1]
        if not element.attrib:
            element.tag, element.text = inner.tag, inner.text
            element.attrib.update(inner.attrib)
            element[:] = list(inner)
        else:
            del element[0]


def _close_last_row(table: Element) -> None:
    r"""Draw a last `\hline` under the row above instead of over an empty row."""
    if len(table) < 2:
        return
    last = table[-1]
    if any(len(cell) for cell in last):
        return
    is_line = any("m-bt" in cell.get("class", "").split() for cell in last)
    table.remove(last)
    if not is_line:
        return
    dashed = " m-dashed" if any("m-dashed" in cell.get("class", "") for cell in last) else ""
    for cell in table[-1]:
        cell.set("class", f"{cell.get('class', '')} m-bb{dashed}".strip())


def _place_atoms(root: Element, atoms: Atoms, stored: dict[str, Element]) -> None:
    parents = list(root.iter())
    for parent in reversed(parents):  # innermost first: an outer one may dissolve an inner
        if len(parent) == 2 and parent[0].tag == "mi":
            _place_wrapper(parent, atoms, stored)
    for element in parents:
        if element.tag in ("mi", "mo"):
            _place_leaf(element, atoms)
    for element in parents:
        if element.tag == LOAD:
            _load(element, stored.get(element.get("for", "")))


def _place_wrapper(parent: Element, atoms: Atoms, stored: dict[str, Element]) -> None:
    atom = atoms.get(parent[0].text)
    if atom is None or atom.text is not None or atom.tag == LOAD:
        return
    content = parent[1]
    if atom.tag == STORE:
        stored[atom.attributes["for"]] = content
        parent[:] = []
        return
    parent.tag = atom.tag
    parent.attrib.update(atom.attributes)
    # A lap moves its content as one box; elsewhere a row in a row is one too many.
    is_lap = "lap" in atom.attributes.get("class", "")
    if content.tag == "mrow" and not content.attrib and not is_lap:
        parent[:] = list(content)
    else:
        del parent[0]


def _place_leaf(element: Element, atoms: Atoms) -> None:
    atom = atoms.get(element.text)
    if atom is None:
        return
    if atom.tag == LOAD:
        element.tag = LOAD
        element.set("for", element.text or "")
        element.text = None
    elif atom.text is not None:
        element.tag = atom.tag
        element.attrib.clear()
        element.attrib.update(atom.attributes)
        element.text = atom.text or None


def _load(element: Element, content: Element | None) -> None:
    """Put a stored operator's name into its place; `mo` may not hold elements."""
    element.attrib.clear()
    element.tag = "mrow"
    if content is not None:
        element.append(content)
