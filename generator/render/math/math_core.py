"""The converter math-core (Rust): TeX to MathML Core, strict about what it does not know."""

from collections.abc import Mapping

from math_core import LatexError, LatexToMathML

from generator.render.math.escape import escape


def convert_with_math_core(tex: str, *, display: bool, macros: Mapping[str, str]) -> str | None:
    """Convert TeX to a `<math>` element, or None when math-core refuses it."""
    names = {name.removeprefix("\\"): body for name, body in macros.items()}
    try:
        converter = LatexToMathML(macros=names, fancy_error=False)
        mathml = converter.convert_with_local_state(tex, displaystyle=display)
    except (LatexError, ValueError):
        return None
    source = escape(tex)
    body = mathml.replace("&ApplyFunction;", "\u2061").replace("&InvisibleTimes;", "\u2062")
    return body.replace("<math", f'<math data-tex="{source}" alttext="{source}"', 1)
