"""The converter latex2mathml (Python): first for symbols, then for what math-core refuses."""

from html import unescape
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

from generator.math.converters.refusal import RefusedError
from generator.math.letters import STYLES, styled
from generator.math.mathml.core import tidy
from generator.math.mathml.vocabulary import VOCABULARY

# Names of environments there; the others are the same.
_ENVIRONMENTS = (
    ("{aligned}", "{align*}"),
    ("{gathered}", "{matrix}"),
    ("{dcases}", "{cases}"),
)
_FONTS = {name.lower().replace(" ", "-"): font for name, font in STYLES.items()}
"""Value of `mathvariant` → font."""


def convert_with_latex2mathml(tex: str, *, display: bool) -> Element:
    """Convert canonical TeX.

    Args:
        tex: See `normalise`.
        display: Whether it is a display formula.

    Returns:
        The `<math>` element, in MathML Core.

    Raises:
        RefusedError: For what latex2mathml does not know, or writes in elements outside of Core.
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
    tidy(root)
    return root


def _unwrap(parent: Element) -> None:
    """Remove rows with a single element: braces only group and show nothing."""
    for index, child in enumerate(parent):
        while child.tag == "mrow" and len(child) == 1 and not child.attrib:
            child = child[0]
        parent[index] = child


def _to_core(element: Element) -> None:
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


def _set_font(element: Element) -> None:
    variant = element.attrib.get("mathvariant", "")
    if not variant or variant == "normal":
        return
    del element.attrib["mathvariant"]
    font = _FONTS.get(variant)
    if font is None or not element.text:
        return
    table = styled()
    element.text = "".join(table.get((letter, font), letter) for letter in element.text)
