"""The runs of text of a page, to look for what no rule has read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from markdown_it.token import Token

from generator.errors import Location
from generator.parser.page import Page

Run: TypeAlias = tuple[Token, str]
"""An inline token, and text of it that no other element interrupts."""


def texts_with(marks: Sequence[str], inlines: Iterable[Token], page: Page) -> Iterator[Run]:
    """Yield the runs of text, with the breaks between lines, of the tokens with any of some marks.

    Args:
        marks: Most of them are nowhere on a page.
        inlines: Tokens of the page.
        page: The page.
    """
    marks = [mark for mark in marks if mark in page.text]
    if marks:
        for token in [token for token in inlines for mark in marks if mark in token.content]:
            yield from ((token, text) for text in _texts(token))


def _texts(token: Token) -> Iterator[str]:
    run: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "softbreak"):
            run.append(child.content or "\n")
        elif run:
            yield "".join(run)
            run.clear()
    if run:
        yield "".join(run)


def find_first(
    marks: Sequence[str], pattern: re.Pattern[str], inlines: Iterable[Token], page: Page
) -> Run | None:
    """Return the first occurrence of a pattern with its token, or None.

    Args:
        marks: One of these is in every occurrence.
        pattern: What to find.
        inlines: Where.
        page: The page.
    """
    for token, text in texts_with(marks, inlines, page):
        if match := pattern.search(text):
            return token, match[0]
    return None


def place_of(token: Token, found: str, page: Page) -> Location:
    """Return the place of a text in an inline token."""
    return page.place_in(token, max(token.content.find(found), 0))
