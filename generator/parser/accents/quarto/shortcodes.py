"""Shortcodes of Quarto, which the site fills in: `{{< video a.mp4 >}}`."""

import re

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_SHORTCODE = re.compile(r"\{\{<[^{}]*>\}\}")


def _read(state: StateInline, silent: bool) -> bool:
    match = _SHORTCODE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        page = page_of(state.env)
        message = f"{match[0][:40]}: a shortcode: the site fills it in; it is not on the card"
        hint = "write out what the card should show"
        page.report_kind("shortcode", page.here(state.pos), message, hint)
    state.pos = match.end()
    return True


RULE = InlineRule("shortcode", _read, "{", r"\{<")
