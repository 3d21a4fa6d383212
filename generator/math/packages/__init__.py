"""Macros of LaTeX packages that Anki's MathJax does not have: they become plain TeX."""

from collections.abc import Callable, Mapping
from functools import cache

from generator.math.commands import known_commands
from generator.math.formula import Problem
from generator.math.packages.arguments import ArgumentStream, MissingArgumentError
from generator.math.tex.macro_problems import ExpansionError
from generator.math.tex.tokens import TexToken, tokens_at

_MOST_TOKENS = 20
"""For each token as written: `\\qty` and its like may be in one another."""


@cache
def _table() -> Mapping[str, Callable[[ArgumentStream], str]]:
    """Return what each macro becomes; what engines know stays theirs."""
    from generator.math.packages.physics import PHYSICS
    from generator.math.packages.siunitx import SIUNITX

    macros = {**PHYSICS, **SIUNITX}
    return {name: macro for name, macro in macros.items() if name not in known_commands()}


def expand_packages(tokens: list[TexToken]) -> list[TexToken]:
    """Replace macros of `physics` and `siunitx`.

    Args:
        tokens: A formula whose own macros are expanded.

    Returns:
        Tokens; those from a macro have the offset where it was used.

    Raises:
        ExpansionError: For a macro without its argument.
    """
    known = known_commands()
    if all(token.text in known for token in tokens if token.text[0] == "\\"):
        return tokens
    table, texts = _table(), [token.text for token in tokens]
    if table.keys().isdisjoint(texts) or texts.count("{") != texts.count("}"):
        return tokens
    stream = ArgumentStream(tokens)
    expanded: list[TexToken] = []
    left = _MOST_TOKENS * len(tokens) + 1000
    while (token := stream.pop()) is not None:
        macro = table.get(token.text)
        if macro is None or left < 0:
            expanded.append(token)
            continue
        replacement = tokens_at(_replace(token, macro, stream), token.offset)
        left -= len(replacement)
        stream.push(*replacement)
    return expanded


def _replace(
    token: TexToken, macro: Callable[[ArgumentStream], str], stream: ArgumentStream
) -> str:
    try:
        return macro(stream)
    except MissingArgumentError:
        message, hint = f"{token.text} without its argument", f"write {token.text}{{…}}"
        raise ExpansionError(Problem(token.offset, "E409", message, hint)) from None
