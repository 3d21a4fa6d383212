"""The converter math-core (Rust): TeX to MathML Core, strict about what it does not know."""

from functools import cache
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML


class RefusedError(ValueError):
    """The converter does not know something in the formula."""


@cache
def _converter() -> LatexToMathML:
    # `\widetilde` counts as unreliable there, because it stretches only with a math font.
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)


def convert_with_math_core(tex: str, *, display: bool) -> Element:
    """Convert canonical TeX.

    Args:
        tex: See `normalise`; not nested deeper than `certain.DEEPEST`, math-core recurses.
        display: Whether the formula stands on its own.

    Returns:
        The `<math>` element.

    Raises:
        RefusedError: For what math-core does not know.
    """
    try:
        mathml = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise RefusedError(str(error)) from None
    try:
        # The only named entities that math-core writes and XML does not know.
        return fromstring(  # noqa: S314 — our own converter's output, no entities of a document
            mathml.replace("&ApplyFunction;", "\u2061").replace("&InvisibleTimes;", "\u2062")
        )
    except ParseError as error:
        raise RefusedError(str(error)) from None
