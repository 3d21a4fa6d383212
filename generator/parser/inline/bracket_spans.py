"""`[text]{.class}`: a span with attributes (pymdownx.bracketspan)."""

from markdown_it.rules_inline import StateInline

from generator.parser.attribute_syntax import read_attributes
from generator.parser.inline.brackets import find_closing
from generator.parser.inline_reader import InlineRule, read_inside
from generator.parser.page import page_of


def _read(state: StateInline, silent: bool) -> bool:
    start = state.pos
    end = find_closing(state, start)
    if end < 0 or not state.src.startswith("{", end + 1):
        return False
    found = read_attributes(state.src, end + 1)
    if found is None or found[1] > state.posMax:
        return False
    if not silent:
        page_of(state.env).give(state.push("span_open", "span", 1), found[0])
        read_inside(state, start + 1, end)
        state.push("span_close", "span", -1)
    state.pos = found[1]
    return True


RULE = InlineRule("bracket_span", _read, "[")
