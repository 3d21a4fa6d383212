"""Footnote references: `[^1]`."""

import re

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_REFERENCE = re.compile(r"\[\^([^\[\]\s]+)\]")  # `[^[^[^…` stays linear


def _reference(state: StateInline, silent: bool) -> bool:
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if match[1] not in page_of(state.env).footnote_labels:
        return False
    if not silent:
        token = state.push("footnote_ref", "sup", 0)
        token.content = match[0]
        token.meta = {"label": match[1], "location": page_of(state.env).here(state.pos)}
    state.pos = match.end()
    return True


RULE = InlineRule("footnote_ref", _reference, "[")
