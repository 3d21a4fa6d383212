"""Code spans that name their language: `#!python x` and `:::python x` (pymdownx.inlinehilite)."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.backticks import backtick

_LANGUAGE = re.compile(r"(?:#!|:{3})(?P<language>[\w+#-]+)[ ]+(?=\S)")


def _read(state: StateInline, silent: bool) -> bool:
    before = len(state.tokens)
    if not backtick(state, silent):
        return False
    if silent or len(state.tokens) == before:
        return True
    token = state.tokens[-1]
    if token.type == "code_inline" and token.content[:2] in ("#!", "::"):
        match = _LANGUAGE.match(token.content)
        if match:
            token.meta = {"language": match["language"].lower()}
            token.content = token.content[match.end() :]
    return True


def plugin(md: MarkdownIt) -> None:
    """Take the language out of code spans."""
    md.inline.ruler.at("backticks", _read)
