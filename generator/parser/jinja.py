"""Jinja tags: admonki does not run them, so their output is not on the card."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from generator.parser.page import Page

_TAG = re.compile(r"\{\{-?[ ]*[A-Za-z_][^{}]*\}\}|\{%-?[ ]*\w+[^%]*%\}|\{\{-?[ ]*[a-z_]\w*[ ]*\(")


def report_jinja(tokens: Sequence[Token], page: Page) -> None:
    """Warn once per page about Jinja tags in its text, not in code or formulas."""
    if "{{" not in page.text and "{%" not in page.text:
        return
    tags = list(_tags(tokens))
    if not tags:
        return
    token, tag = tags[0]
    offset = token.content.find(tag)
    rest = f", and {len(tags) - 1} more on this page" if len(tags) > 1 else ""
    page.report(
        page.place_in(token, max(offset, 0)),
        "W209",
        f"Jinja is not run: {tag[:40]!r} stays as text{rest}",
        "write out what the card should show",
    )


def _tags(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for token in tokens:
        if token.type == "inline" and ("{{" in token.content or "{%" in token.content):
            for child in token.children or ():
                if child.type == "text":
                    yield from ((token, match[0]) for match in _TAG.finditer(child.content))
