r"""`\*` and every other escaped character where the site reads them (pymdownx.escapeall)."""

from markdown_it.rules_inline import StateInline, escape

from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of


def _read(state: StateInline, silent: bool) -> bool:
    options = page_of(state.env).extensions.escapeall
    char = state.src[state.pos + 1 : state.pos + 2]
    if options is None or not char or (char == "\n" and options.hardbreak):
        return escape(state, silent)
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = "\u00a0" if options.nbsp and char == " " else char
        token.markup, token.info = f"\\{char}", "escape"
    state.pos += 2
    return True


RULE = InlineRule("escape", _read, "\\")
