"""Footnote references: `[^1]`."""

import re

from generator.parser.inline_state import InlineRule, InlineState

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


def _reference(state: InlineState, silent: bool) -> bool:
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if match[1] not in state.page.footnote_labels:
        return False
    if not silent:
        token = state.push("footnote_ref", "sup", 0)
        token.content = match[0]
        token.meta = {"label": match[1], "location": state.page.here(state.pos)}
    state.pos = match.end()
    return True


RULE = InlineRule("footnote_ref", _reference, "[")
