"""The converter latex2mathml (Python): first for symbols, then for what math-core refuses."""

from html import unescape
from xml.etree import ElementTree

from latex2mathml.converter import Converter

from generator.math.core import RULES
from generator.math.letters import styled
from generator.math.math_core import RefusedError
from generator.math.serialise import VOCABULARY
from generator.math.tree import CHILDLESS, Branch, Node, Tree, shared

# Names of environments there; the others are the same.
_ENVIRONMENTS = (
    ("{aligned}", "{align*}"),
    ("{gathered}", "{matrix}"),
    ("{dcases}", "{cases}"),
)
_FONTS = {
    "bold": "bf",
    "italic": "it",
    "bold-italic": "bfit",
    "script": "cal",
    "bold-script": "bfcal",
    "fraktur": "frak",
    "bold-fraktur": "bffrak",
    "double-struck": "bb",
    "sans-serif": "sf",
    "bold-sans-serif": "sfbf",
    "sans-serif-italic": "sfit",
    "monospace": "tt",
}


def convert_with_latex2mathml(tex: str, *, display: bool) -> Tree:
    """Convert canonical TeX.

    Args:
        tex: See `normalise`.
        display: Whether the formula stands on its own.

    Returns:
        The `<math>` element, in MathML Core.

    Raises:
        RefusedError: For what latex2mathml does not know, or says in what Core has not.
    """
    for name, known in _ENVIRONMENTS:
        tex = tex.replace(name, known)
    tex = tex.replace("\\color[HTML]{", "\\color{#").replace("\\mathinner {", "{")
    try:
        root = Converter(display="block" if display else "inline").convert_to_element(tex)
    except (Exception, RecursionError) as error:
        raise RefusedError(f"{type(error).__name__}: {error}") from None
    if len(root) == 1 and root[0].tag == "mrow" and not root[0].attrib:
        root[:] = root[0][:]  # <math> is a row itself
    for element in root.iter():
        _unwrap(element)
        _to_core(element)
    return _tree(root)


def _tree(root: ElementTree.Element) -> Tree:
    """Take over a tree, without recursion: it may be deep."""
    heads = {
        element: shared(element.tag, element.attrib, element.text or "") for element in root.iter()
    }
    nodes: dict[ElementTree.Element, Node] = {}
    branches: list[Branch] = []
    for element, head in reversed(heads.items()):
        if not len(element) and (head.text or head.tag in CHILDLESS):
            nodes[element] = head
            continue
        branch = Branch.of(head, [nodes[child] for child in element])
        rule = RULES.get(head.tag)
        nodes[element] = node = branch if rule is None else rule(branch)
        if isinstance(node, Branch):
            branches.append(node)
    return Tree(branches[-1], list(heads.values()), branches)


def _unwrap(parent: ElementTree.Element) -> None:
    """Take away rows that hold one element: braces group, they show nothing."""
    for index, child in enumerate(parent):
        while child.tag == "mrow" and len(child) == 1 and not child.attrib:
            child = child[0]
        parent[index] = child


def _to_core(element: ElementTree.Element) -> None:
    """Write one element of latex2mathml's in MathML Core, or refuse."""
    allowed = VOCABULARY.get(element.tag)
    if allowed is None:
        raise RefusedError(f"<{element.tag}> is not in MathML Core")
    if element.text:
        element.text = unescape(element.text)
    _set_font(element)
    align = element.attrib.pop("columnalign", "")
    if align in ("left", "right"):
        element.set("class", "m-l" if align == "left" else "m-r")
    for name in [name for name in element.attrib if name not in allowed]:
        if name in ("columnlines", "rowlines"):
            raise RefusedError(f"{name} is not in MathML Core")
        del element.attrib[name]


def _set_font(element: ElementTree.Element) -> None:
    variant = element.attrib.get("mathvariant", "")
    if not variant or variant == "normal":
        return
    del element.attrib["mathvariant"]
    font = _FONTS.get(variant)
    if font is None or not element.text:
        return
    table = styled()
    element.text = "".join(table.get((letter, font), letter) for letter in element.text)
