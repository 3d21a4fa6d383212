"""The chain: TeX is expanded, checked, normalised, converted, compared, and written."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from generator.config import MathMode
from generator.math.certain import DEEPEST
from generator.math.checker import UncheckableError, find_difference
from generator.math.core import place_atoms
from generator.math.formula import Formula, Problem
from generator.math.latex2mathml_adapter import convert_with_latex2mathml
from generator.math.macros import ExpansionError, Macro, expand, parse_macros
from generator.math.math_core import RefusedError, convert_with_math_core
from generator.math.mathjax import to_mathjax
from generator.math.normalise import Canonical, normalise
from generator.math.problems import (
    find_unknown,
    left_to_mathjax,
    not_right,
    show_error,
    too_large,
)
from generator.math.rewriter import UnsupportedError
from generator.math.serialise import VocabularyError, serialise
from generator.math.styles import UnknownStyleError
from generator.math.syntax import MOST_TOKENS, check_syntax
from generator.math.tokens import Tokens, tokenize
from generator.math.tree import Tree

NO_MACROS: Mapping[str, str] = MappingProxyType({})
_CACHE_SIZE = 16_384

_Converters = tuple[Callable[..., Tree], ...]
_CONVERTERS: _Converters = (convert_with_math_core, convert_with_latex2mathml)
_FOR_SYMBOLS: _Converters = (convert_with_latex2mathml, convert_with_math_core)
_GROUP = r"(?:[A-Za-z0-9]|\{[A-Za-z0-9]+\})"
_SYMBOL = re.compile(rf"(?:[A-Za-z]|\\[a-z]+ ?)(?:_{_GROUP})?(?:\^{_GROUP})?")
"""A letter with scripts: what both converters write alike (ADR 8)."""


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
    return _convert(tex, display, tuple(macros.items()), mode)


@lru_cache(maxsize=256)
def _parsed_macros(macros: tuple[tuple[str, str], ...]) -> Mapping[str, Macro]:
    return parse_macros(dict(macros))


@lru_cache(maxsize=_CACHE_SIZE)
def _convert(
    tex: str, display: bool, macros: tuple[tuple[str, str], ...], mode: MathMode
) -> Formula:
    try:
        tokens = expand(tokenize(tex), _parsed_macros(macros))
    except ExpansionError as error:
        return show_error(tex, (error.problem,))
    problems, depth = check_syntax(tokens)
    if problems:
        return show_error(tex, problems)
    source = tokens.tex.strip()
    if mode is MathMode.MATHJAX:
        reason = None
    elif depth > DEEPEST or len(tokens.texts) > MOST_TOKENS:
        reason = too_large(0)
    else:
        try:
            html = _to_mathml(normalise(tokens), source, display)
        except UnsupportedError as error:
            reason = left_to_mathjax(error.offset, error.what)
        else:
            if html is not None:
                return Formula(html, "mathml")
            reason = not_right(0)
    return _leave(tex, source, tokens, display, reason)


def _leave(tex: str, source: str, tokens: Tokens, display: bool, reason: Problem | None) -> Formula:
    """Leave a formula to MathJax, unless MathJax does not know it either."""
    unknown = find_unknown(tokens)
    if unknown:
        return show_error(tex, unknown)
    problems = () if reason is None else (reason,)
    return Formula(to_mathjax(source, display=display), "mathjax", problems)


def _to_mathml(canonical: Canonical, source: str, display: bool) -> str | None:
    """Let the converters try in turn; the first whose result holds what it should is taken."""
    tex = canonical.tex
    for converter in _FOR_SYMBOLS if _SYMBOL.fullmatch(tex) else _CONVERTERS:
        try:
            tree = converter(tex, display=display)
            if find_difference(canonical.pieces, tree):
                continue
            place_atoms(tree.branches, canonical.atoms)
            return serialise(tree.root, source, display=display)
        except (RefusedError, UncheckableError, UnknownStyleError, VocabularyError):
            continue
    return None
