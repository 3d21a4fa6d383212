"""Line ends: soft breaks, two spaces, and hard breaks at every line end (nl2br)."""

from markdown_it.rules_inline import StateInline, newline

from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of


def _read(state: StateInline, silent: bool) -> bool:
    before = len(state.tokens)
    is_read = newline(state, silent)
    if page_of(state.env).extensions.nl2br:
        for token in state.tokens[before:]:
            if token.type == "softbreak":
                token.type, token.tag = "hardbreak", "br"
    return is_read


RULE = InlineRule("newline", _read, "\n")
