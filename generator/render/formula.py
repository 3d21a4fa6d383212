"""Formulas: what the converter makes of them, displayed ones in a box of their own."""

from markdown_it.token import Token

from generator.errors import Diagnostic, Location
from generator.markup.writer import formula as markup_of
from generator.math.formula import Formula
from generator.render.context import Output, RenderContext
from generator.render.reuse import formula_key


def render_inline_math(output: Output, token: Token) -> None:
    """Render `$x$`."""
    is_display = token.markup in ("$$", "\\[")
    _render(output, token, is_display=is_display, is_whole=is_display)


def render_display_math(output: Output, token: Token) -> None:
    """Render `$$…$$`; its box scrolls sideways instead of the card where it cannot break."""
    output.start("div", {"class": "math-display"})
    _render(output, token, is_display=True, is_whole=False)
    output.end("div")


def _render(output: Output, token: Token, *, is_display: bool, is_whole: bool) -> None:
    tex = token.content
    formula = _formula(tex, output.context, is_display=is_display)
    pieces = (formula.html,) if is_whole or not formula.pieces else formula.pieces
    words = f" {tex} " if is_display else tex
    for html in pieces:  # the last of which stays with what closes the sentence
        output.last_formula = None if is_display else len(output.nodes)
        output.nodes.append(markup_of(html, words))
        words = ""
    if formula.problems:
        _report(output, token, formula)


def _formula(tex: str, context: RenderContext, *, is_display: bool) -> Formula:
    macros = context.config.macros
    mode = (context.config.math_display if is_display else None) or context.config.math

    def make() -> Formula:
        from generator.math.conversion import convert  # the converters: for a new formula only

        return convert(tex, display=is_display, macros=macros, mode=mode)

    key = formula_key(tex, display=is_display, macros=macros, mode=mode)
    return context.reuse.formula(key, make)


def _report(output: Output, token: Token, formula: Formula) -> None:
    for problem in formula.problems:
        place = place_in_tex(token, output.place_of(token), problem.offset)
        output.diagnostics.append(Diagnostic(place, problem.code, problem.message, problem.hint))


def place_in_tex(token: Token, start: Location, offset: int) -> Location:
    """Return the place of a character of the TeX in the file; each line has its own indent.

    Args:
        token: A `math_inline` or `math_block` token.
        start: Where its TeX begins.
        offset: 0-based index into the TeX.
    """
    before = token.content[:offset]
    line = before.count("\n")
    columns = token.meta.get("columns") or (start.column,)
    column = columns[min(line, len(columns) - 1)] if line else start.column
    return Location(start.path, start.line + line, column + len(before) - before.rfind("\n") - 1)
