"""Inline constructs, a file each."""

from collections.abc import Sequence

from markdown_it.rules_inline import autolink, entity, escape, html_inline, newline
from markdown_it.rules_inline import emphasis as spans

from generator.parser.inline import (
    attributes,
    code,
    critic,
    emoji,
    emphasis,
    footnotes,
    keys,
    links,
    math,
    pairs,
    scripts,
    symbols,
)
from generator.parser.inline_state import InlineParser, InlineRule

RULES: tuple[InlineRule, ...] = (
    InlineRule("newline", newline, "\n"),
    math.RULE,
    scripts.BLANK,
    attributes.RULE,
    InlineRule("escape", escape, "\\"),
    code.RULE,
    critic.RULE,
    keys.RULE,
    emoji.RULE,
    pairs.RULE,
    scripts.RULE,
    emphasis.RULE,
    footnotes.RULE,
    links.LINK,
    links.IMAGE,
    InlineRule("autolink", autolink, "<", r"[^\s<>]"),
    InlineRule("html_inline", html_inline, "<", r"[A-Za-z/!?]"),
    InlineRule("entity", entity, "&", r"[#A-Za-z]"),
)
"""Tried in this order."""


def inline_parser(rules: Sequence[InlineRule] = RULES) -> InlineParser:
    """Make the parser of texts.

    Args:
        rules: Tried in this order.
    """
    return InlineParser(
        rules,
        pairers=(pairs.close_pairs, spans.postProcess),
        # Attributes come last: they may be those of whatever stands before them.
        finishers=(symbols.replace_symbols, attributes.attach),
    )
