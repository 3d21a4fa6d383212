"""Code: highlighted by Pygments with classes, one line a line, nothing lost."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from markdown_it.token import Token
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from generator.parser.block.code_fence import FenceHeader
from generator.render.context import Output
from generator.render.escape import escape, escape_attribute

_PLAIN: Final = frozenset({"", "text", "plain", "plaintext", "txt", "none", "mermaid"})
# Drawn by a script on the site; a card has no scripts and no network.
_NOTES: Final = {"mermaid": "Mermaid diagram"}
_CLASSES: Final[Mapping[tuple[str, ...], str]] = {
    tuple(kind): name for kind, name in STANDARD_TYPES.items()
}
_WORD = re.compile(r"[^\w+#.-]+")
# `# (1)!` in a comment: Material shows the number as a marker and drops the "!".
_ANNOTATION = re.compile(r"\((\d+)\)!")


def render_fence(output: Output, token: Token) -> None:
    """Render a fence with its title, line numbers and marked lines."""
    fence = token.meta.get("fence") or FenceHeader(language=token.info.split(" ", 1)[0])
    _open_box(output, fence)
    _render_lines(output, token.content.removesuffix("\n"), fence)
    output.html.append("</code></pre></div>")
    output.text += (" ", fence.title, " ", token.content, " ")


def render_code_block(output: Output, token: Token) -> None:
    """Render indented code."""
    output.html += (
        '<div class="highlight"><pre><code>',
        escape(token.content.removesuffix("\n")),
        "</code></pre></div>",
    )
    output.text += (" ", token.content, " ")


def render_code_inline(output: Output, token: Token) -> None:
    """Render a code span, highlighted when it names its language (`#!python x`)."""
    language = token.meta.get("language", "")
    if language and lexer_for(language) is not None:
        code = highlight(token.content, language)
        output.html.append(f'<code class="highlight">{code}</code>')
    else:
        output.html.append(f"<code>{escape(token.content)}</code>")
    output.text.append(token.content)


def _open_box(output: Output, fence: FenceHeader) -> None:
    shown = fence.title or _NOTES.get(fence.language, "")
    title = f' data-title="{escape_attribute(shown)}"' if shown else ""
    name = _WORD.sub("-", fence.language)
    language = f' class="language-{escape_attribute(name)}"' if name else ""
    output.html.append(f'<div class="highlight"{title}><pre><code{language}>')


def _render_lines(output: Output, code: str, fence: FenceHeader) -> None:
    html = highlight(code, fence.language)
    if fence.line_numbers_start is None and not fence.highlighted:
        output.html.append(html)
        return
    lines = html.split("\n")
    last = len(lines) - 1
    width = len(str((fence.line_numbers_start or 0) + last))
    for index, line in enumerate(lines):
        end = "\n" if index < last else ""
        if fence.line_numbers_start is not None:
            number = str(fence.line_numbers_start + index).rjust(width)
            line = f'<span class="linenos" data-linenos="{number}"></span>{line}'
        marked = index + 1 in fence.highlighted
        output.html.append(f'<span class="hll">{line}{end}</span>' if marked else line + end)


def highlight(code: str, language: str) -> str:
    """Return code as HTML whose spans never cross a line's end; plain for unknown languages.

    Args:
        code: Lines without the last one's end.
        language: As the author wrote it.
    """
    lexer = lexer_for(language)
    if lexer is None:
        return escape(code)
    pieces: list[str] = []
    run, current = "", ""
    for kind, value in lexer.get_tokens(code + "\n"):
        css_class = _css_class(kind)
        if css_class == current:
            run += value
        else:
            pieces.append(_span(run, current))
            run, current = value, css_class
    pieces.append(_span(run, current))
    return "".join(pieces).removesuffix("\n")


# The same names and signs again and again.
@lru_cache(maxsize=2048)
def _span(text: str, css_class: str) -> str:
    html = escape(text)
    if not css_class:
        return html
    if css_class[0] == "c" and ")!" in html:
        html = _ANNOTATION.sub(r'<b class="annotation">(\1)<i>!</i></b>', html)
    start, end = f'<span class="{css_class}">', "</span>"
    return "\n".join(f"{start}{line}{end}" if line else "" for line in html.split("\n"))


@cache
def _css_class(kind: tuple[str, ...]) -> str:
    """Return Pygments' short class; white space, plain text and plain names need none.

    Names without a part in the language are as dark as text, here and in Material; they would be
    a third of all spans.
    """
    while kind and kind not in _CLASSES:
        kind = kind[:-1]
    name = _CLASSES.get(kind, "")
    return "" if name in ("w", "n") else name


@cache
def lexer_for(language: str) -> Lexer | None:
    """Return the lexer for a language's name, None for plain text and unknown names."""
    name = language.strip().lower()
    if name in _PLAIN:
        return None
    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None
