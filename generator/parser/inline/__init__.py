"""Inline constructs, one module each."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import emphasis as spans
from markdown_it.rules_inline import entity, fragments_join, html_inline, link_pairs

from generator.config.extensions import Extensions
from generator.parser.accents import accents
from generator.parser.inline import (
    attribute_lists,
    autolinks,
    bracket_spans,
    brackets,
    code_span,
    critic,
    emoji,
    emphasis,
    escapes,
    footnote_marks,
    inline_math,
    keys,
    line_ends,
    pairs,
    progress,
    scripts,
    typography,
    wikilinks,
)
from generator.parser.inline.magic_links import addresses
from generator.parser.inline.magic_links.short_names import short_names
from generator.parser.inline.magic_links.shortening import shorten
from generator.parser.inline_reader import InlineReader, InlineRule


def rules(extensions: Extensions) -> tuple[InlineRule, ...]:
    """Return the rules in the order in which they are tried, markdown-it's where it knows them.

    Args:
        extensions: Of the site; rules of accents that are off are left out.
    """
    return (
        addresses.RULE,
        line_ends.RULE,
        inline_math.RULE,
        *(rule for accent in accents(extensions) for rule in accent.texts),
        scripts.BLANK,
        attribute_lists.RULE,
        escapes.RULE,
        code_span.RULE,
        critic.RULE,
        keys.RULE,
        emoji.RULE,
        *(pair.to_rule() for pair in pairs.PAIRS),
        scripts.SUPERSCRIPT,
        scripts.SUBSCRIPT,
        emphasis.RULE,
        progress.RULE,
        footnote_marks.RULE,
        bracket_spans.RULE,
        wikilinks.RULE,
        brackets.LINK,
        brackets.IMAGE,
        autolinks.RULE,
        InlineRule("html_inline", html_inline, "<", r"[A-Za-z/!?]"),
        InlineRule("entity", entity, "&", r"[#A-Za-z]"),
    )


_CLOSERS = {pair.rule: pair.close for pair in pairs.PAIRS}
_PAIRING = (link_pairs, spans.postProcess, fragments_join, *_CLOSERS.values())


def add_rules(md: MarkdownIt, extensions: Extensions) -> InlineReader:
    """Register the inline rules and return what reads texts with them.

    Args:
        md: Where to.
        extensions: Of the site; rules of those that are off are disabled.
    """
    ruler2 = md.inline.ruler2
    ruler2.at("strikethrough", _CLOSERS["strikethrough"])
    ruler2.before("emphasis", "mark", _CLOSERS["mark"])
    ruler2.before("emphasis", "insert", _CLOSERS["insert"])
    ruler2.enable("strikethrough")
    if extensions.magiclink:
        ruler2.push("short_names", short_names(extensions.magiclink))
        ruler2.push("shorten", shorten)
    if extensions.smartsymbols:
        ruler2.push("symbols", typography.symbols(extensions.smartsymbols))
    if extensions.smarty:
        ruler2.push("smarty", typography.smarty(extensions.smarty))
    # Attributes come last: they may be those of whatever comes before them.
    ruler2.push("attributes", attribute_lists.attach)
    quiet = (attribute_lists.attach,)
    reader = InlineReader(md, rules(extensions), pairing=_PAIRING, quiet=quiet)
    md.inline.ruler.disable(_off(extensions))
    return reader


def _off(extensions: Extensions) -> list[str]:
    """Return the names of the rules that the site does not use."""
    caret, tilde = extensions.caret, extensions.tilde
    wanted = {
        "attributes": extensions.attr_list,
        "bare_link": extensions.magiclink,
        "bracket_span": extensions.bracketspan and extensions.attr_list,
        "critic": extensions.critic,
        "emoji": extensions.emoji,
        "insert": caret and caret.insert,
        "keys": extensions.keys,
        "mark": extensions.mark,
        "progress": extensions.progressbar,
        "script_blank": scripts.escapes_blanks(extensions),
        "strikethrough": tilde and tilde.delete,
        "subscript": tilde and tilde.subscript,
        "superscript": caret and caret.superscript,
        "wikilinks": extensions.wikilinks,
    }
    return [name for name, option in wanted.items() if not option]
