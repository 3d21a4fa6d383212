"""Formulas: the converter's MathML in a box of its own where displayed."""

from markdown_it.token import Token

from generator.render.context import Output
from generator.render.math import convert


def render_inline_math(output: Output, token: Token) -> None:
    """Render `$x$` and `\\(x\\)`."""
    _render(output, token, is_display=False)


def render_display_math(output: Output, token: Token) -> None:
    """Render `$$…$$` and `\\[…\\]`; the box scrolls sideways instead of the card."""
    output.html.append('<div class="math-display">')
    _render(output, token, is_display=True)
    output.html.append("</div>")


def _render(output: Output, token: Token, *, is_display: bool) -> None:
    tex = token.content.strip()
    output.html.append(convert(tex, display=is_display))
    output.text.append(f" {tex} " if is_display else tex)
