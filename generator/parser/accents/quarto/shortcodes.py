"""Shortcodes of Quarto, which the site fills in: `{{< video a.mp4 >}}`."""

import re

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule, matched
from generator.parser.page import page_of

_SHORTCODE = re.compile(r"\{\{<[^{}]*>\}\}")


def _report(state: StateInline, match: re.Match[str]) -> None:
    page = page_of(state.env)
    message = f"{match[0][:40]}: a shortcode: the site fills it in; it is not on the card"
    hint = "write out what the card should show"
    page.report_kind("shortcode", page.here(state.pos), message, hint)


RULE = InlineRule("shortcode", matched(_SHORTCODE, _report), "{", r"\{<")
