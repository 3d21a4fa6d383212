"""Read a page: SourceFile → Document. Pure."""

from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.config import Config
from generator.errors import Diagnostic
from generator.model import Document, SourceFile
from generator.parser.block import (
    admonition,
    fence,
    heading,
    lists,
    math,
    paragraph,
    quote,
    tabs,
)
from generator.parser.block_state import BlockParser, BlockRule
from generator.parser.inline import PLUGINS
from generator.parser.inline import math as inline_math
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
    paragraph.RULE,
)
"""Tried in this order; the last one takes whatever is left."""

Plugin = Callable[[MarkdownIt], None]

INLINE_PLUGINS: tuple[Plugin, ...] = (inline_math.plugin, *PLUGINS)
"""Applied in this order, each with `md.inline.ruler`, `md.inline.ruler2` or `md.core.ruler`."""


def _read_inline(state: StateCore) -> None:
    """Read the content of inline tokens, each knowing where it stands."""
    page = page_of(state.env)
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        page.inline = token
        state.md.inline.parse(token.content, state.md, state.env, token.children)


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": 40})
    md.block = BlockParser(BLOCK_RULES)
    md.core.ruler.disable("normalize")
    md.core.ruler.at("inline", _read_inline)
    for plugin in INLINE_PLUGINS:
        plugin(md)
    return md


def parse(source: SourceFile, *, config: Config) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read a page's Markdown.

    Args:
        source: The page.
        config: What is in force.

    Returns:
        The document and what is wrong in it.
    """
    text = source.text.expandtabs(4) if "\t" in source.text else source.text
    page = Page(source, config, text, find_regions(text))
    env: dict[str, object] = {}
    attach(env, page)
    tokens = _markdown().parse(text, env)
    _shift_lines(tokens, source.body_line)
    return Document(source, tokens, directives=page.directives), tuple(sorted(page.diagnostics))


def _shift_lines(tokens: list[Token], lines: int) -> None:
    """Count lines from the file's first one, not from behind the front matter."""
    if not lines:
        return
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + lines, token.map[1] + lines]
