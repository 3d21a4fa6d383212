"""Block constructs, one module each."""

from markdown_it import MarkdownIt

from generator.config.extensions import Extensions
from generator.parser.accents import accents
from generator.parser.block import (
    admonition,
    code_fence,
    critic_blocks,
    definitions,
    details,
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


def rules(extensions: Extensions) -> tuple[BlockRule, ...]:
    """Return the rules in the order in which they are tried, markdown-it's where it knows them.

    Args:
        extensions: Of the site; rules of accents that are off are left out.
    """
    return (
        table.RULE,
        indented_code.RULE,
        *(rule for accent in accents(extensions) for rule in accent.blocks),
        critic_blocks.RULE,
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
        details.RULE,
        html.RULE,
        heading.HEADING,
        slashes.RULE,
        definitions.RULE,
        paragraph.UNDERLINED,
        paragraph.RULE,
    )


def add_rules(md: MarkdownIt, extensions: Extensions) -> BlockReader:
    """Register the block rules and return what reads pages with them.

    Args:
        md: Where to.
        extensions: Of the site; rules of those that are off are disabled.
    """
    reader = BlockReader(md, rules(extensions))
    wanted = {
        "abbreviation": extensions.abbr,
        "critic_block": extensions.critic,
        "fancy_list": extensions.fancylists,
    }
    md.block.ruler.disable([name for name, option in wanted.items() if not option])
    return reader
