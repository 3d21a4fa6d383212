"""The chain: converters in turn, what none of them can say goes to MathJax."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.config import MathMode
from generator.render.math.formula import Formula
from generator.render.math.math_core import convert_with_math_core
from generator.render.math.mathjax import to_mathjax

NO_MACROS: Mapping[str, str] = MappingProxyType({})


def convert(
    tex: str,
    *,
    display: bool,
    macros: Mapping[str, str] = NO_MACROS,
    mode: MathMode = MathMode.MATHML,
) -> Formula:
    """Convert a formula to what goes on the card.

    Args:
        tex: The formula without delimiters.
        display: Whether it stands on its own.
        macros: Name with backslash → body, `#1` … for arguments.
        mode: MathML, or everything left to Anki's MathJax.

    Returns:
        The HTML, how it came about and what is wrong with the formula.
    """
    if mode is MathMode.MATHJAX:
        return Formula(to_mathjax(tex, display=display), "mathjax")
    html = convert_with_math_core(tex, display=display, macros=macros)
    if html is None:
        return Formula(to_mathjax(tex, display=display), "mathjax")
    return Formula(html, "mathml")
