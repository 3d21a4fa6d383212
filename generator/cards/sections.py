"""Find the headings above a place in a page."""

from bisect import bisect_right
from typing import NamedTuple

from generator.model import Tokens
from generator.parser.words import text_of

_LONGEST = 1_000
"""Characters of a heading; each card below it repeats them."""
# A heading inside one of these opens a section that ends with it.
_CONTAINERS = ("admonition", "tab", "list_item", "blockquote", "dd")
_OPENINGS = frozenset(f"{name}_open" for name in _CONTAINERS)
_CLOSINGS = frozenset(f"{name}_close" for name in _CONTAINERS)
_EDGES = _OPENINGS | _CLOSINGS | {"heading_open"}


class Section(NamedTuple):
    """The headings above a place.

    Attributes:
        headings: Level and words, outermost first, without the page's title.
        anchor: Of the nearest heading, or "".
        title: The page's title if its heading is above the place, else "".
    """

    headings: tuple[tuple[int, str], ...] = ()
    anchor: str = ""
    title: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The words of the headings, outermost first."""
        return tuple(text for _, text in self.headings)


class Sections:
    """The sections of a page, by the index of a token."""

    def __init__(self, tokens: Tokens) -> None:
        """Scan a page once.

        Args:
            tokens: The page's. The first `#` heading is the page's title, not a section.
        """
        self._starts: list[int] = [0]
        self._sections: list[Section] = [Section()]
        outside: list[Section] = []
        edges = [index for index, token in enumerate(tokens) if token.type in _EDGES]
        for index in edges:
            token = tokens[index]
            if token.type == "heading_open":
                self._enter(tokens, index, is_outside=not outside)
            elif token.type in _OPENINGS:
                outside.append(self._sections[-1])
            elif outside:
                self._change(index, outside.pop())

    def at(self, index: int) -> Section:
        """Return the section of the token with this index."""
        return self._sections[bisect_right(self._starts, index) - 1]

    @property
    def title(self) -> str:
        """The words of the page's first `#` heading, or ""."""
        return next((section.title for section in self._sections if section.title), "")

    def _enter(self, tokens: Tokens, index: int, *, is_outside: bool) -> None:
        heading, words = tokens[index], text_of(tokens[index + 1 : index + 2])[:_LONGEST]
        here, level = self._sections[-1], int(heading.tag[1])
        anchor = str(heading.meta.get("anchor", ""))
        above = tuple(known for known in here.headings if known[0] < level)
        if level == 1 and is_outside and not self.title:
            self._change(index, Section(above, anchor, words))
        else:
            self._change(index, Section((*above, (level, words)), anchor, here.title))

    def _change(self, index: int, section: Section) -> None:
        if section != self._sections[-1]:
            self._starts.append(index)
            self._sections.append(section)
