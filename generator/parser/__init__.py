"""Read a page: SourceFile → Document. Pure."""

from collections.abc import Sequence
from functools import cache
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.config import Config
from generator.errors import Diagnostic
from generator.model import Document, SourceFile
from generator.parser.abbreviations import mark_abbreviations
from generator.parser.anchors import set_anchors
from generator.parser.block import (
    admonition,
    definitions,
    fence,
    heading,
    html,
    lists,
    math,
    paragraph,
    quote,
    reference,
    slashes,
    table,
    tabs,
)
from generator.parser.block_state import BlockParser, BlockRule
from generator.parser.comments import Comment, take_comments
from generator.parser.directives import find_ids, read_directives
from generator.parser.footnotes import take_footnotes
from generator.parser.inline import inline_parser, links
from generator.parser.inline_state import InlineParser
from generator.parser.jinja import report_jinja
from generator.parser.macro_calls import open_macro_calls
from generator.parser.page import Page, attach, page_of
from generator.parser.regions import find_regions

BLOCK_RULES: tuple[BlockRule, ...] = (
    fence.RULE,
    math.RULE,
    admonition.RULE,
    tabs.RULE,
    quote.RULE,
    heading.BREAK,
    lists.RULE,
    heading.HEADING,
    html.RULE,
    slashes.RULE,
    reference.FOOTNOTE,
    reference.LINK,
    reference.ABBREVIATION,
    table.RULE,
    definitions.RULE,
    paragraph.RULE,
)
"""Tried in this order; the last one takes whatever is left."""


def _read_inline(state: StateCore) -> None:
    """Read the texts that are not plain, each knowing where it stands."""
    page = page_of(state.env)
    inline = cast(InlineParser, state.md.inline)
    for token in page.unread:
        content = token.content
        page.inline = token
        children = inline.parse(content, state.md, state.env, [])
        has_escapes = "\\" in content or "&" in content
        token.children = _join_escapes(children) if has_escapes else children
        if "{" in content:
            page.attributed += [child for child in token.children if child.attrs]


def _join_escapes(children: Sequence[Token]) -> list[Token]:
    """Make one text of escapes, entities and the texts around them.

    markdown-it's `text_join` looks at every token of the page for the few that need it.
    """
    joined: list[Token] = []
    for child in children:
        if child.type == "text_special":
            child.type = "text"
        if child.type == "text" and joined and joined[-1].type == "text":
            joined[-1].content += child.content
        else:
            joined.append(child)
    return joined


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark")
    md.block = BlockParser(BLOCK_RULES)
    md.inline = inline_parser()
    md.core.ruler.disable(["normalize", "text_join"])
    md.core.ruler.at("inline", _read_inline)
    links.plugin(md)
    return md


def parse(source: SourceFile, *, config: Config) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read a page's Markdown.

    Args:
        source: The page.
        config: What is in force.

    Returns:
        The document and what is wrong in it.
    """
    page, comments = _prepare(source, config)
    env: dict[str, object] = {}
    attach(env, page)
    tokens = _markdown().parse(page.text, env)
    mark_abbreviations(tokens, page.abbreviations)
    anchors = set_anchors(page.headings, page.attributed, config.site.slug)
    report_jinja(tokens, page)
    page.directives = read_directives(comments, tokens, page)
    _shift_lines(tokens, source)
    flow, notes = take_footnotes(tokens, page.footnote_labels)
    document = Document(source, flow, notes, page.directives, anchors)
    return document, tuple(sorted(set(page.diagnostics)))


def _prepare(source: SourceFile, config: Config) -> tuple[Page, tuple[Comment, ...]]:
    text = source.text.expandtabs(4) if "\t" in source.text else source.text
    taken = take_comments(text)
    text = open_macro_calls(taken.text)
    page = Page(source, config, text, find_regions(text), shifts=taken.shifts)
    page.has_symbols = config.site.has_extension("pymdownx.smartsymbols")
    page.explicit_ids = find_ids(taken.comments)
    page.comment_columns = {
        line: comment.column
        for comment in taken.comments
        if comment.is_alone
        for line in range(comment.line, comment.last + 1)
    }
    if taken.unclosed:
        page.report(
            page.place_before(*taken.unclosed),
            "W206",
            "the comment is not closed: it is shown as text",
            "end it with -->",
        )
    return page, taken.comments


def _shift_lines(tokens: Sequence[Token], source: SourceFile) -> None:
    """Count lines as the file has them: from its first one, and without what snippets put in."""
    by = source.body_line
    if not by and not source.lines:
        return
    shifted = None
    for lines in filter(None, [token.map for token in tokens]):
        if lines is shifted:  # a text has those of the block that it stands in
            continue
        shifted = lines
        if source.lines:
            first, after = lines
            lines[:] = source.file_line(first), source.file_line(max(first, after - 1)) + 1
        else:
            lines[0] += by
            lines[1] += by
