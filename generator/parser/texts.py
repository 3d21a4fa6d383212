"""The runs of text of a page, to look for what no rule has read."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from markdown_it.token import Token

from generator.errors import Location
from generator.parser.page import Page

Run: TypeAlias = tuple[Token, str]
"""An inline token, and text of it that no other element interrupts."""


class Texts:
    r"""The texts of a page.

    Attributes:
        whole: Their source, with `\0` between them.
    """

    def __init__(self, inlines: Sequence[Token]) -> None:
        """Prepare for questions about inline tokens, in reading order."""
        self._inlines = inlines
        self.whole = "\0".join([token.content for token in inlines])
        self._runs: dict[tuple[str, ...], list[Run]] = {}

    def runs(self, marks: Sequence[str]) -> list[Run]:
        """Return the runs of text, with the breaks between lines, of the tokens with a mark.

        Args:
            marks: Most of them are nowhere on a page.
        """
        present = tuple([mark for mark in marks if mark in self.whole])
        if present and present not in self._runs:
            self._runs[present] = [
                (token, text)
                for token in self._inlines
                if any(mark in token.content for mark in present)
                for text in _texts(token)
            ]
        return self._runs[present] if present else []

    def find(self, marks: Sequence[str], pattern: re.Pattern[str]) -> Run | None:
        """Return the first occurrence of a pattern with its token, or None.

        Args:
            marks: One of these is in every occurrence.
            pattern: What to find.
        """
        for token, text in self.runs(marks):
            if match := pattern.search(text):
                return token, match[0]
        return None


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


def place_of(token: Token, found: str, page: Page) -> Location:
    """Return the place of a text in an inline token."""
    return page.place_in(token, max(token.content.find(found), 0))
