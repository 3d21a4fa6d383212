"""Code: highlighted by Pygments with classes, line by line, without losing text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from markdown_it.token import Token
from pygments.token import STANDARD_TYPES

from generator.markup.classes import kept_classes
from generator.markup.writer import Node, end, start, whole
from generator.parser.block.code_fence import FenceHeader, read_header
from generator.render.code_settings import DRAWN, with_settings
from generator.render.context import Output
from generator.render.lexers import lexer_for
from generator.render.reuse import Runs, code_key

_CLASSES: Final[Mapping[tuple[str, ...], str]] = {
    tuple(kind): name for kind, name in STANDARD_TYPES.items()
}
_WORD = re.compile(r"[^\w+#.-]+")
# `# (1)!` in a comment: Material shows the number as a marker and drops the "!".
_ANNOTATION = re.compile(r"\((\d+)\)!")
_SPAN_END: Final = end("span")
_MARKED: Final = start("span", {"class": "hll"})


def render_fence(output: Output, token: Token) -> None:
    """Render a fence with its title, line numbers and marked lines."""
    _render(output, token, token.meta.get("fence") or read_header(token.info))


def render_code_block(output: Output, token: Token) -> None:
    """Render indented code."""
    _render(output, token, token.meta.get("fence") or FenceHeader())


def _render(output: Output, token: Token, written: FenceHeader) -> None:
    fence = with_settings(written, output.context.config.site.extensions)
    _open_box(output, fence.title or DRAWN.get(fence.language, ""), fence)
    output.nodes += _lines(output, token, fence)
    _close_box(output)


def render_code_inline(output: Output, token: Token) -> None:
    """Render a code span, highlighted when it names its language (`#!python x`)."""
    language = token.meta.get("language", "")
    is_known = bool(language) and lexer_for(language) is not None
    output.start("code", {"class": "highlight"} if is_known else None)
    output.nodes += _highlighted(output, token, token.content, language)
    output.end("code")


def _open_box(output: Output, title: str, fence: FenceHeader) -> None:
    name = _WORD.sub("-", fence.language)
    output.start("div", {"class": "highlight", "data-title": title}, said=f" {fence.title or ''} ")
    output.start("pre")
    output.start("code", {"class": f"language-{name}"} if name else None)


def _close_box(output: Output) -> None:
    for name in ("code", "pre", "div"):
        output.end(name)


def _highlighted(output: Output, token: Token, code: str, language: str) -> list[Node]:
    """Return code as nodes, plain when it could take too long to read."""
    reuse, name = output.context.reuse, code_key(code, language)
    if not reuse.has_code(name) and lexer_for(language) is None:
        return [code]
    known, key = output.context.highlighted, (code, language)
    if key not in known and output.context.budget.read(code):
        known[key] = _nodes(reuse.code(name, lambda: _read(code, language)))
    if key in known:
        return known[key]
    message = f"the code is not highlighted: it could take too long to read as {language}"
    hint = "shorten it, break its lines, or name no language"
    output.report(token, "W513", message, hint)
    return [code]


def _lines(output: Output, token: Token, fence: FenceHeader) -> Iterator[Node]:
    """Yield code as nodes, its lines numbered and marked as the fence asks."""
    nodes = _highlighted(output, token, token.content.removesuffix("\n"), fence.language)
    if fence.line_numbers_start is None and not fence.highlighted:
        yield from nodes
        return
    lines = _by_line(nodes)
    first = fence.line_numbers_start
    width = len(str((first or 0) + len(lines) - 1))
    for index, line in enumerate(lines):
        marked = index + 1 in fence.highlighted
        yield from (_MARKED,) * marked
        if first is not None:
            yield start(
                "span", {"class": "linenos", "data-linenos": str(first + index).rjust(width)}
            )
            yield _SPAN_END
        yield from line
        if index < len(lines) - 1:
            yield "\n"
        yield from (_SPAN_END,) * marked


def _by_line(nodes: Iterable[Node]) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for node in nodes:
        first, *others = node.split("\n") if isinstance(node, str) else (node,)
        lines[-1].append(first)
        lines += [[other] for other in others]
    return lines


def highlight(code: str, language: str) -> list[Node]:
    """Return code as nodes whose spans never cross a line's end; plain for unknown languages.

    Args:
        code: Lines without the last one's end.
        language: As the author wrote it.
    """
    return _nodes(_read(code, language))


def _read(code: str, language: str) -> Runs:
    """Return code as runs of text with the same class; a single one for unknown languages."""
    lexer = lexer_for(language)
    if lexer is None:
        return ((code, ""),)
    runs: list[tuple[str, str]] = []
    run, current = "", ""
    for kind, value in lexer.get_tokens(code + "\n"):
        css_class = _css_class(kind)
        if css_class == current:
            run += value
        else:
            runs.append((run, current))
            run, current = value, css_class
    return (*runs, (run.removesuffix("\n"), current))


def _nodes(runs: Runs) -> list[Node]:
    return [node for text, css_class in runs for node in _span(text, css_class)]


# The same names and signs again and again.
@lru_cache(maxsize=2048)
def _span(text: str, css_class: str) -> tuple[Node, ...]:
    if not css_class:
        return (text,)
    nodes: list[Node] = []
    for index, line in enumerate(text.split("\n")):
        if index:
            nodes.append("\n")
        if line:
            shown = (start("span", {"class": css_class}), *_annotated(line, css_class), _SPAN_END)
            nodes.append(whole(shown))
    return tuple(nodes)


def _annotated(line: str, css_class: str) -> Iterator[Node]:
    """Yield a line; the numbers of annotations in a comment are markers of their own."""
    if css_class[0] != "c" or ")!" not in line:
        yield line
        return
    for index, piece in enumerate(_ANNOTATION.split(line)):
        if index % 2 == 0:
            yield piece
        else:
            yield from (start("b", {"class": "annotation"}), f"({piece})")
            yield from (start("i"), "!", end("i"), end("b"))


@cache
def _css_class(kind: tuple[str, ...]) -> str:
    """Return Pygments' short class; white space and what no style sheet names need none.

    Nor do names without a part in the language: they are as dark as text, here and in Material,
    and would be a third of all spans.
    """
    while kind and kind not in _CLASSES:
        kind = kind[:-1]
    name = _CLASSES.get(kind, "")
    return "" if name in ("w", "n") else kept_classes(name)
