"""The chain: TeX is expanded, checked, normalised, converted, compared, and written."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from generator.config import MathMode
from generator.math.checking import UncheckableError, find_difference, keys_due
from generator.math.commands import known_commands
from generator.math.converters.latex2mathml_adapter import convert_with_latex2mathml
from generator.math.converters.math_core_adapter import convert_with_math_core
from generator.math.converters.refusal import RefusedError
from generator.math.formula import Formula, Problem
from generator.math.mathjax import make_inert, one_line, to_mathjax
from generator.math.mathml.core import place_atoms
from generator.math.mathml.finish import finish
from generator.math.mathml.serialise import Written, serialise
from generator.math.mathml.vocabulary import VocabularyError
from generator.math.packages import expand_packages
from generator.math.problems import (
    find_unknown,
    invisible,
    left_to_mathjax,
    not_right,
    show_error,
    too_large,
)
from generator.math.rewriting.normalise import Canonical, normalise
from generator.math.rewriting.rewriter import InvalidError, UnsupportedError
from generator.math.tex.expansion import expand
from generator.math.tex.macro_problems import ExpansionError
from generator.math.tex.macros import Macro, parse_macros
from generator.math.tex.syntax import DEEPEST, MOST_TOKENS, check_syntax
from generator.math.tex.tokens import TexToken, join, tokenize

NO_MACROS: Mapping[str, str] = MappingProxyType({})
_CACHE_SIZE = 16_384


_CONVERTERS = (("math-core", convert_with_math_core), ("latex2mathml", convert_with_latex2mathml))
_GROUP = r"(?:[A-Za-z0-9]|\{(?:[A-Za-z]+|[0-9]+)\})"  # `2mm` is a length to latex2mathml
_SYMBOL = re.compile(rf"([A-Za-z]|\\[a-z]+)(?:_{_GROUP})?(?:\^{_GROUP})?")


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
        display: Whether it is a display formula.
        macros: Name with backslash → body, `#1` … for arguments.
        mode: MathML, or everything left to Anki's MathJax.

    Returns:
        The HTML, how it came about and what is wrong with the formula.
    """
    return _convert(tex, display, tuple(macros.items()), mode)


@lru_cache(maxsize=256)
def _parsed_macros(macros: tuple[tuple[str, str], ...]) -> Mapping[str, Macro]:
    return parse_macros(dict(macros))


@lru_cache(maxsize=_CACHE_SIZE)
def _convert(
    tex: str, display: bool, macros: tuple[tuple[str, str], ...], mode: MathMode
) -> Formula:
    try:
        tokens = expand_packages(expand(tokenize(tex), _parsed_macros(macros)))
    except ExpansionError as error:
        return show_error(tex, (error.problem,))
    problems, depth = check_syntax(tokens)
    if problems:
        return show_error(tex, problems)
    inert, problems = make_inert(tokens)
    source = one_line(join([token.text for token in inert]))
    problems += invisible(tex)
    if mode is MathMode.MATHJAX:
        return _leave(tex, source, tokens, display, problems)
    if depth > DEEPEST or len(tokens) > MOST_TOKENS:
        return _leave(tex, source, tokens, display, (*problems, too_large(0)))
    try:
        html, pieces = _to_mathml(normalise(tokens), source, display)
        return Formula(html, "mathml", problems, pieces)
    except InvalidError as error:
        return show_error(tex, (error.problem,))
    except UnsupportedError as error:
        reason = left_to_mathjax(error.offset, error.what)
    except _NoConverterError as error:
        reason = not_right(str(error))
    return _leave(tex, source, tokens, display, (*problems, reason))


def _leave(
    tex: str, source: str, tokens: list[TexToken], display: bool, problems: tuple[Problem, ...]
) -> Formula:
    """Leave a formula to MathJax, unless MathJax does not know it either."""
    unknown = find_unknown(tokens)
    if unknown:
        return show_error(tex, unknown)
    return Formula(to_mathjax(source, display=display), "mathjax", problems)


class _NoConverterError(ValueError):
    """No converter gets a formula right; says what each of them did."""


def _to_mathml(canonical: Canonical, source: str, display: bool) -> Written:
    """Let the converters try in turn; the first whose result shows what it should is taken."""
    reasons: list[str] = []
    try:
        due = keys_due(canonical.pieces)
    except UncheckableError as error:
        raise _NoConverterError(f"nothing is known of {error}") from None
    order = reversed(_CONVERTERS) if _is_symbol(canonical.tex) else _CONVERTERS
    for name, convert_with in order:
        try:
            root = convert_with(canonical.tex, display=display)
            difference = find_difference(due, root)
            if not difference:
                place_atoms(root, canonical.atoms)
                finish(root, is_inline=not display)
                return serialise(root, source, display=display)
        except (RefusedError, VocabularyError) as error:
            difference = f"refused it: {error}"
        reasons.append(f"{name} {difference}")
    raise _NoConverterError("; ".join(reasons))


def _is_symbol(tex: str) -> bool:
    """Tell whether a formula is a letter with scripts, which both converters write alike.

    Greek capitals are upright, which latex2mathml does not say.
    """
    match = _SYMBOL.fullmatch(tex)
    if match is None:
        return False
    letter = match[1]
    known = known_commands().get(letter)
    return len(letter) == 1 or (
        known is not None and len(known.shows) == 1 and known.shows.isalpha()
    )
