"""Inline constructs, one file each."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import (
    autolink,
    entity,
    escape,
    fragments_join,
    html_inline,
    link_pairs,
    newline,
)
from markdown_it.rules_inline import emphasis as spans

from generator.parser.inline import (
    attribute_lists,
    brackets,
    code_span,
    critic,
    emoji,
    emphasis,
    footnote_marks,
    inline_math,
    keys,
    pairs,
    scripts,
    symbols,
)
from generator.parser.inline_reader import InlineReader, InlineRule

RULES: tuple[InlineRule, ...] = (
    InlineRule("newline", newline, "\n"),
    inline_math.RULE,
    scripts.BLANK,
    attribute_lists.RULE,
    InlineRule("escape", escape, "\\"),
    code_span.RULE,
    critic.RULE,
    keys.RULE,
    emoji.RULE,
    *(pair.to_rule() for pair in pairs.PAIRS),
    scripts.SUPERSCRIPT,
    scripts.SUBSCRIPT,
    emphasis.RULE,
    footnote_marks.RULE,
    brackets.LINK,
    brackets.IMAGE,
    InlineRule("autolink", autolink, "<", r"[^\s<>]"),
    InlineRule("html_inline", html_inline, "<", r"[A-Za-z/!?]"),
    InlineRule("entity", entity, "&", r"[#A-Za-z]"),
)
"""Tried in this order, that of markdown-it for the names that it knows."""

_CLOSERS = {pair.rule: pair.close for pair in pairs.PAIRS}
_PAIRING = (link_pairs, spans.postProcess, fragments_join, *_CLOSERS.values())


def add_rules(md: MarkdownIt, *, has_symbols: bool = False) -> InlineReader:
    """Register the inline rules and return what reads texts with them.

    Args:
        md: Where to.
        has_symbols: Whether the site reads smart symbols, which any text may hold.
    """
    ruler2 = md.inline.ruler2
    ruler2.at("strikethrough", _CLOSERS["strikethrough"])
    ruler2.before("emphasis", "mark", _CLOSERS["mark"])
    ruler2.before("emphasis", "insert", _CLOSERS["insert"])
    ruler2.enable("strikethrough")
    if has_symbols:
        ruler2.push("symbols", symbols.replace_symbols)
    # Attributes come last: they may be those of whatever comes before them.
    ruler2.push("attributes", attribute_lists.attach)
    return InlineReader(md, RULES, pairing=_PAIRING, quiet=(attribute_lists.attach,))
