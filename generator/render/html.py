"""Tokens to HTML and plain text: one function per kind of token, looked up in a table."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from markdown_it.token import Token

from generator.errors import Diagnostic
from generator.markup.writer import Markup, Node, plain, write
from generator.model import Fragment, Tokens
from generator.render import blocks, boxes, code, formula, inlines
from generator.render.context import Output, RenderContext
from generator.render.footnotes import append_footnotes
from generator.render.images import render_image
from generator.render.raw_html import end_of, render_raw_html
from generator.render.sanitize import sanitize
from generator.render.theme import fonts_for

Rule: TypeAlias = Callable[[Output, Token], None]


def render_fragment(
    tokens: Tokens, *, context: RenderContext
) -> tuple[Fragment, tuple[Diagnostic, ...]]:
    """Render a run of tokens: blocks, or the inline token of a title.

    Args:
        tokens: Balanced tokens of one page.
        context: Page, configuration and media.

    Returns:
        Sanitized HTML with its plain text, media and fonts, and what is wrong with it.
    """
    output = render_nodes(tokens, context=context)
    media, fonts = tuple(output.media.values()), _fonts(output.nodes)
    fragment = Fragment(_written(output), plain(output.nodes), media, fonts)
    return fragment, tuple(output.diagnostics)


def render_nodes(tokens: Tokens, *, context: RenderContext) -> Output:
    """Render a run of tokens to nodes, before anything is written.

    Args:
        tokens: See `render_fragment`.
        context: See `render_fragment`.

    Returns:
        The nodes with their media and findings.
    """
    output = Output(context)
    _render(output, tokens)
    if output.cited and context.has_footnotes:
        append_footnotes(output, _render)
    while output.open_tags:
        output.leave()
    return output


def _fonts(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Name the fonts that the formulas among nodes need."""
    wholes = [node.html for node in nodes if isinstance(node, Markup) and not node.is_tag]
    return fonts_for("".join([html for html in wholes if "<math" in html]))


def _written(output: Output) -> str:
    nodes = output.nodes
    if output.has_raw_html:
        nodes = sanitize(nodes, classes=output.context.config.classes)
    return write(nodes, is_cloze=output.is_cloze)


def _render(output: Output, tokens: Tokens) -> None:
    for token in tokens:
        RULES.get(token.type, inlines.render_text)(output, token)


def _render_inline(output: Output, token: Token) -> None:
    children = token.children
    is_tight, output.is_tight = output.is_tight, False
    if token.map:
        output.line = token.map[0] + 1
    if children is None:  # a text without marks
        inlines.render_text(output, token)
        return
    if not (is_tight and _needs_box(children)):
        _render_children(output, children)
        return
    output.start("div", {"class": "tight"})
    _render_children(output, children)
    output.end("div")


def _needs_box(children: Tokens) -> bool:
    """Whether a tight item's line holds a formula: too long a one scrolls in a box.

    The item itself cannot be the scrolling box, because its marker is outside.
    """
    return "math_inline" in [child.type for child in children]


def _render_children(output: Output, children: Tokens) -> None:
    wall = len(output.open_tags)
    for child in children:
        if output.swallowing and not child.nesting:
            if not _is_end(child, output.swallowing):
                continue
            output.swallowing = ""
        RULES.get(child.type, inlines.render_text)(output, child)
    output.swallowing = ""
    while len(output.open_tags) > wall:
        output.end(output.open_tags.pop())


def _is_end(token: Token, name: str) -> bool:
    return token.type == "html_inline" and end_of(name, token.content, 0) is not None


def _pair(name: str, opening: Rule, closing: Rule) -> dict[str, Rule]:
    return {f"{name}_open": opening, f"{name}_close": closing}


def _pairs(names: str, opening: Rule, closing: Rule) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for name in names.split():
        rules |= _pair(name, opening, closing)
    return rules


RULES: Final[Mapping[str, Rule]] = {
    **_pairs("paragraph dt figcaption", blocks.open_block, blocks.close_block),
    **_pair("heading", blocks.open_heading, blocks.close_heading),
    **_pairs("bullet_list ordered_list thead tbody tr dl", blocks.open_block, blocks.close_block),
    **_pairs("blockquote dd figure", blocks.open_container, blocks.close_container),
    **_pair("list_item", blocks.open_item, blocks.close_container),
    **_pairs("th td", blocks.open_cell, blocks.close_container),
    **_pair("table", blocks.open_table, blocks.close_table),
    **_pair("admonition", boxes.open_admonition, boxes.close_admonition),
    **_pair("admonition_title", boxes.open_admonition_title, boxes.close_admonition_title),
    **_pair("tab_set", boxes.open_tab_set, boxes.close_tab_set),
    **_pair("tab", boxes.open_tab, boxes.close_tab),
    **_pair("tab_title", boxes.open_tab_title, boxes.close_tab_title),
    **_pairs("em strong s del ins sub sup abbr span critic", inlines.open_span, inlines.close_span),
    **_pair("mark", inlines.open_mark, inlines.close_mark),
    **_pair("link", inlines.open_link, inlines.close_link),
    "inline": _render_inline,
    "text": inlines.render_text,
    "text_special": inlines.render_text,
    "emoji": inlines.render_text,
    "softbreak": inlines.render_softbreak,
    "hardbreak": inlines.render_hardbreak,
    "keys": inlines.render_keys,
    "footnote_ref": inlines.render_footnote_ref,
    "image": render_image,
    "code_inline": code.render_code_inline,
    "code_block": code.render_code_block,
    "fence": code.render_fence,
    "math_inline": formula.render_inline_math,
    "math_block": formula.render_display_math,
    "html_inline": render_raw_html,
    "html_block": render_raw_html,
    "hr": blocks.render_rule,
}
"""Kind of token → what it becomes; a kind that another plugin added is shown as its content."""
