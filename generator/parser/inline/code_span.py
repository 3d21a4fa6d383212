"""Code spans that name their language: `#!python x` and `:::python x` (pymdownx.inlinehilite)."""

import re

from markdown_it.rules_inline import StateInline, backtick

from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_LANGUAGE = re.compile(r"(?:#!|:{3})(?P<language>[\w+#-]+)[ ]+(?=\S)")


def _read(state: StateInline, silent: bool) -> bool:
    before, begin = len(state.tokens), state.pos
    is_read = backtick(state, silent)
    if silent or len(state.tokens) == before:
        return is_read
    token = state.tokens[-1]
    if token.type != "code_inline":
        return True
    if token.content[:2] in ("#!", "::"):
        match, page = _LANGUAGE.match(token.content), page_of(state.env)
        if match and not page.extensions.inlinehilite:
            page.report_off("inlinehilite", page.here(begin))
        elif match:
            token.meta["language"] = match["language"].lower()
            token.content = token.content[match.end() :]
            if token.meta["language"] == "math":
                token.type, token.tag, token.markup = "math_inline", "math", "$"
                token.meta["location"] = page.here(begin)
    token.content = token.content.strip() or token.content
    return True


RULE = InlineRule("backticks", _read, "`")
