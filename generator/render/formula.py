"""Formulas: what the converter makes of them, displayed ones in a box of their own."""

import re

from markdown_it.token import Token

from generator.errors import Diagnostic, Location
from generator.markup.text import escape_value as escape
from generator.markup.writer import formula as markup_of
from generator.math import Formula, convert
from generator.render.context import Output

_DATA_TEX = re.compile(r'data-tex="[^"]*"')
_ACTIVE_TEX = re.compile(
    r"\\(?:href|url|class|style|cssId|data|csname|require|mmlToken|html[A-Za-z]*)(?![A-Za-z])"
)
"""TeX by which MathJax makes links (`javascript:` too), classes, ids and styles."""


def render_inline_math(output: Output, token: Token) -> None:
    """Render `$x$`."""
    is_display = token.markup in ("$$", "\\[")
    _render(output, token, is_display=is_display)


def render_display_math(output: Output, token: Token) -> None:
    """Render `$$…$$`; its box scrolls sideways instead of the card."""
    output.start("div", {"class": "math-display"})
    _render(output, token, is_display=True)
    output.end("div")


def _render(output: Output, token: Token, *, is_display: bool) -> None:
    config = output.context.config
    tex = token.content
    mode = (config.math_display if is_display else None) or config.math
    formula = convert(tex, display=is_display, macros=config.macros, mode=mode)
    html = formula.html
    if _ACTIVE_TEX.search(tex):
        html = _without_active_tex(output, token, formula)
    if not is_display:
        output.last_formula = len(output.nodes)
    output.nodes.append(markup_of(html, f" {tex} " if is_display else tex))
    if formula.problems:
        _report(output, token, formula)


def _without_active_tex(output: Output, token: Token, formula: Formula) -> str:
    """Keep TeX that writes HTML from every MathJax, the one of old engines too."""
    tex = token.content
    found = _ACTIVE_TEX.search(tex)
    output.report(
        token,
        "W507",
        f"{found[0] if found else tex} would make MathJax write HTML of its own: it is left out",
        "leave the macro out",
    )
    if formula.how != "mathml":
        return f"<code>{escape(tex)}</code>"
    return _DATA_TEX.sub(lambda match: _ACTIVE_TEX.sub("", match[0]), formula.html, count=1)


def _report(output: Output, token: Token, formula: Formula) -> None:
    for problem in formula.problems:
        place = place_in_tex(token, output.place_of(token), problem.offset)
        output.diagnostics.append(Diagnostic(place, problem.code, problem.message, problem.hint))


def place_in_tex(token: Token, start: Location, offset: int) -> Location:
    """Return where in the file a character of the TeX stands; each line has its own indent.

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
