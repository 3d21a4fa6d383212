"""How high and deep signs are: Computer Modern's, which the card's font follows."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.math.letters import letters
from generator.math.mathml.elements import INTEGRALS, LARGE_OPERATORS
from generator.math.mathml.styles import Size, Style

AXIS_EM, RULE_EM, X_HEIGHT_EM = 0.25, 0.04, 0.431
SCALES = (1.0, 1.0, 0.7, 0.5)
"""By size, of letters."""


class Extent(NamedTuple):
    """How far something reaches above and below its line, in em of the formula."""

    height: float
    depth: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.height + self.depth


class UnknownExtentError(ValueError):
    """Something is in a formula of which TeX's height is not known."""


NOTHING = Extent(0.0, 0.0)
_SIGNS = (
    ("acemnorsuvwxzαεικνοπστυωςϖϰıϵ∞", 0.431, 0.0),
    ("gpqyηγμρχφϱȷ", 0.431, 0.194),
    ("bdhklδθλϑħℏℓð∂", 0.694, 0.0),
    ("fβζξψϕ", 0.694, 0.194),
    ("j", 0.66, 0.194),
    ("i!?", 0.66, 0.0),
    ("t", 0.615, 0.0),
    ("Q", 0.683, 0.194),
    ("0123456789", 0.644, 0.0),
    ("()[]{}|/\\⟨⟩⌊⌋⌈⌉∣∥‖", 0.75, 0.25),
    ("+−±∓×÷⊕⊖⊗⊙", 0.583, 0.083),
    ("=→←↔≡≈∼≃−⇒⇔⇐", 0.483, 0.0),
    (",", 0.106, 0.194),
    (".…", 0.106, 0.0),
    (";", 0.431, 0.194),
    (":⋅∘∗⋯•∙", 0.465, 0.0),
    ("′″‴⁗", 0.56, 0.0),
    ("⊤⊥∀∃∇∅%#&", 0.694, 0.0),
    ("⋱", 0.82, 0.0),
)
_CAPITAL, _OTHER, _OPERATOR = Extent(0.683, 0.0), Extent(0.694, 0.194), Extent(0.636, 0.136)
_SUMS = {True: Extent(1.05, 0.55), False: Extent(0.75, 0.25)}
_OF_INTEGRALS = {True: Extent(1.36, 0.862), False: Extent(0.805, 0.306)}
_DOTS, _DOTS_EXTENT = "⋮", Extent(1.5, 0.0)
_LAST_KNOWN = "\u2e7f"
"""Beyond are the scripts of East Asia, which another font draws."""


@cache
def _by_sign() -> Mapping[str, Extent]:
    return {sign: Extent(height, depth) for signs, height, depth in _SIGNS for sign in signs}


def sign_extent(token: Element, style: Style) -> Extent:
    """Return what a token takes.

    Raises:
        UnknownExtentError: For a letter that another font draws.
    """
    if token.get("minsize") is not None:
        half = sign_size(token) / 2
        return Extent(half + AXIS_EM, half - AXIS_EM)
    text = token.text or ""
    if text in LARGE_OPERATORS and token.get("largeop") != "false":
        table = _OF_INTEGRALS if text in INTEGRALS else _SUMS
        return scaled(table[style.size is Size.DISPLAY], style)
    return scaled(_of_text(text, token.tag), style)


@lru_cache(maxsize=4096)
def _of_text(text: str, tag: str) -> Extent:
    signs = [_of_sign(sign, tag) for sign in text] or [NOTHING]
    return Extent(max(sign.height for sign in signs), max(sign.depth for sign in signs))


def sign_size(sign: Element) -> float:
    r"""Return the size, in em, of `\big(` and its like, by that of math-core."""
    minsize = sign.get("minsize", "")
    return OF_MATH_CORE.get(minsize) or em_of(minsize)


OF_MATH_CORE = {"1.2em": 1.2, "1.623em": 1.8, "2.047em": 2.4, "2.470em": 3.0}


def _of_sign(sign: str, tag: str) -> Extent:
    sign = letters().get(sign, (sign,))[0]
    known = _by_sign().get(sign)
    if known is not None:
        return known
    if sign > _LAST_KNOWN:
        raise UnknownExtentError(sign)
    if sign == _DOTS:
        return _DOTS_EXTENT
    if sign.isspace() or not sign.isprintable():
        return NOTHING
    if tag == "mo":
        return _OPERATOR
    return _CAPITAL if sign.isupper() else _OTHER


def scaled(extent: Extent, style: Style) -> Extent:
    """Return an extent at the size of a style's letters."""
    scale = SCALES[style.size]
    return extent if scale == 1 else Extent(extent.height * scale, extent.depth * scale)


def em_of(length: str) -> float:
    """Read a length such as `0.5em`."""
    try:
        return float(length.removesuffix("em"))
    except ValueError:
        raise UnknownExtentError(length) from None
