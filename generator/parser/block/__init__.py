"""Block constructs, one file each."""

from markdown_it import MarkdownIt

from generator.config.extensions import Extensions
from generator.parser.block import (
    admonition,
    code_fence,
    definitions,
    display_math,
    footnotes,
    heading,
    html,
    indented_code,
    lists,
    paragraph,
    quote,
    reference,
    slashes,
    table,
    tabs,
)
from generator.parser.block_reader import BlockReader
from generator.parser.block_state import BlockRule

RULES: tuple[BlockRule, ...] = (
    table.RULE,
    indented_code.RULE,
    code_fence.RULE,
    display_math.RULE,
    admonition.RULE,
    tabs.RULE,
    quote.RULE,
    heading.BREAK,
    lists.FANCY,
    lists.RULE,
    footnotes.RULE,
    reference.LINK,
    reference.ABBREVIATION,
    html.RULE,
    heading.HEADING,
    slashes.RULE,
    definitions.RULE,
    paragraph.UNDERLINED,
    paragraph.RULE,
)
"""Tried in this order, that of markdown-it for the names that it knows."""


def add_rules(md: MarkdownIt, extensions: Extensions) -> BlockReader:
    """Register the block rules and return what reads pages with them.

    Args:
        md: Where to.
        extensions: Of the site; rules of those that are off are disabled.
    """
    reader = BlockReader(md, RULES)
    wanted = {"abbreviation": extensions.abbr, "fancy_list": extensions.fancylists}
    md.block.ruler.disable([name for name, option in wanted.items() if not option])
    return reader
