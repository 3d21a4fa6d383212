"""The converter math-core (Rust): TeX to MathML Core, strict about what it does not know."""

import re
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML

from generator.math.converters.refusal import RefusedError
from generator.math.converters.styles import replace_style
from generator.math.mathml.core import is_tidy, tidy

_NAMED_REFERENCE = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)\w+;")

_OFFSET = re.compile(r"^\d+: ")  # into the canonical TeX, which authors never see


@cache
def _converter() -> LatexToMathML:
    # `\widetilde` counts as unreliable there, because it stretches only with a math font.
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)


def convert_with_math_core(tex: str, *, display: bool) -> Element:
    """Convert canonical TeX.

    Args:
        tex: See `normalise`; of limited depth, as math-core recurses.
        display: Whether the formula is on a line of its own.

    Returns:
        The `<math>` element, styles replaced by classes.

    Raises:
        RefusedError: For what math-core does not know.
        UnknownStyleError: For a style without a class.
    """
    if _count_unmatched(tex) > _MOST_UNMATCHED:
        raise RefusedError("too many unclosed brackets")
    try:
        markup = _converter().convert_with_local_state(tex, displaystyle=display)
        if "&" in markup:
            markup = _NAMED_REFERENCE.sub(lambda match: unescape(match[0]), markup)
        root = fromstring(markup)  # noqa: S314  # math-core escapes `<` and `&`: no DTD
    except (LatexError, ParseError) as error:
        raise RefusedError(_OFFSET.sub("", str(error)).rstrip(".")) from None
    for element in root.iter() if "style=" in markup else ():
        if "style" in element.keys():  # noqa: SIM118  # `attrib` makes a dictionary for each
            replace_style(element)
    if not is_tidy(markup):
        tidy(root)
    return root


_MOST_UNMATCHED = 8
"""Each opening bracket without its closing one doubles math-core's time."""

_OPENINGS = ("(", "[", "\\{", "\\l", "\\u", "igl", "iggl")
_BRACKET = re.compile(
    r"(?P<opening>[(\[]|\\(?:\{|lbrace|langle|lvert|lVert|lfloor|lceil|lgroup|lmoustache|ulcorner"
    r"|llcorner|[bB]igg?l)(?![a-zA-Z]))"
    r"|(?P<closing>[)\]]|\\(?:\}|rbrace|rangle|rvert|rVert|rfloor|rceil|rgroup|rmoustache|urcorner"
    r"|lrcorner|[bB]igg?r)(?![a-zA-Z]))"
    r"|\\.|[{}&]",
    re.DOTALL,
)


def _count_unmatched(tex: str) -> int:
    """Count the opening brackets that are not closed in their group or cell."""
    if sum(map(tex.count, _OPENINGS)) <= _MOST_UNMATCHED:  # true of nearly all formulas
        return 0
    unmatched = 0
    groups = [0]
    for match in _BRACKET.finditer(tex):
        if match["opening"]:
            groups[-1] += 1
            unmatched += 1
        elif match["closing"] and groups[-1]:
            groups[-1] -= 1
            unmatched -= 1
        elif match[0] == "{":
            groups.append(0)
        elif match[0] == "}" and len(groups) > 1:
            groups.pop()
        elif match[0] in ("&", "\\\\"):
            groups[-1] = 0
    return unmatched
