"""What is above, below and beside: subscripts under a slant, braces, tildes, degrees of roots."""

from xml.etree.ElementTree import Element

from generator.math.mathml.elements import BRACES, INTEGRALS, add_class, make
from generator.math.mathml.styles import Style

# Letters by the eighteenths of an em that their slant takes, as the font has them.
_SLANTS = {
    letter: slant
    for slant, signs in enumerate(
        ("CEHKSXZγζνς∂𝑪𝑬𝑯𝑰𝑲𝑺𝒁𝜸𝜻𝝂𝝇𝝏", "FIJMNUWfτ𝑱𝑴𝑵𝑼𝒇𝝉", "PT𝑭𝑷𝑻𝑾", "VY𝑽𝒀"), 1
    )
    for letter in signs
}
STRETCHING = BRACES | frozenset("→←↔⇀↼⇒")
"""Signs above and below that are as wide as what they belong to."""

_LEAST_BRACE_EM, _LETTER_EM = 1.6, 0.52
_WIDE_TILDE = "\u02dc"
_INDEX_INDENT = "0.5556em"  # TeX's 5mu, at the size of an index


def move_subscript(script: Element, style: Style) -> None:
    """Put a subscript under the slant of an integral or letter, where it takes no width."""
    base = script[0]
    if base.tag == "mo" and base.text in INTEGRALS:
        add_class(script[1], "m-slant")
    elif base.tag == "mi" and base.text in _SLANTS and "mathvariant" not in base.attrib:
        add_class(script[1], f"m-k{_SLANTS[base.text or '']}")


def space_brace(script: Element, style: Style) -> None:
    """Keep a brace away from what it holds together, and wide; take the tilde that stretches."""
    sign = script[1]
    if sign.text in STRETCHING:
        add_class(sign, "m-brace")
        sign.attrib.update(lspace="0", rspace="0")  # which WebKit adds to the letter's width
        if sign.text in BRACES:
            _widen(script)
    elif sign.text == "~" and sign.get("stretchy") == "true":
        sign.text = _WIDE_TILDE


def _widen(script: Element) -> None:
    """Put spaces around what is narrower than the least brace."""
    space = (_LEAST_BRACE_EM - _LETTER_EM * len("".join(script[0].itertext()))) / 2
    if space > 0:
        around = (make("mspace", width=f"{space:.3g}em") for _ in range(2))
        script[0] = make("mrow", next(around), script[0], next(around))


def indent_degree(root: Element, style: Style) -> None:
    r"""`\sqrt[3]{x}`: the degree begins with TeX's space."""
    root[1] = make("mrow", make("mspace", width=_INDEX_INDENT), root[1])
