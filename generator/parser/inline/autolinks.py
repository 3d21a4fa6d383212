"""Addresses between angle brackets: `<https://a.example>`, `<mailto:b@c.example>`."""

import re

from markdown_it.rules_inline import StateInline, autolink

from generator.parser.inline_reader import InlineRule

_BEGIN = re.compile(r"<[^\s<>]+[:@]")  # most angle brackets are tags


def _autolink(state: StateInline, silent: bool) -> bool:
    """Read an address; of a mail address the scheme is not shown."""
    if not _BEGIN.match(state.src, state.pos) or not autolink(state, silent):
        return False
    if not silent:
        text = state.tokens[-2]
        text.content = text.content.removeprefix("mailto:")
    return True


RULE = InlineRule("autolink", _autolink, "<", r"[^\s<>]")
