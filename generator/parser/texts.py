"""The runs of text of a page, to look for what no rule has read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from markdown_it.token import Token

from generator.errors import Location
from generator.parser.page import Page

Run: TypeAlias = tuple[Token, str]
"""An inline token, and text of it that no other element interrupts."""


def runs(tokens: Iterable[Token]) -> Sequence[Run]:
    """Return each run of text of a page, with the breaks between its lines."""
    return [(token, text) for token in tokens for text in _texts(token)]


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
    marks: tuple[str, ...], pattern: re.Pattern[str], texts: Iterable[Run]
) -> Run | None:
    """Return the first occurrence of a pattern with its token, or None.

    Args:
        marks: One of these is in every occurrence.
        pattern: What to find.
        texts: Where.
    """
    for token, text in texts:
        if any(mark in text for mark in marks) and (match := pattern.search(text)):
            return token, match[0]
    return None


def place_of(token: Token, found: str, page: Page) -> Location:
    """Return the place of a text in an inline token."""
    return page.place_in(token, max(token.content.find(found), 0))
