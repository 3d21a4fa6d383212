"""Tags as Anki takes them: no white space, `::` for levels."""

import re
import unicodedata
from collections.abc import Iterable

from generator.model import Directive, SourceFile

UNANSWERED = "admonki::unanswered"
SUSPENDED = "admonki::suspended"
"""Finds cards to suspend where Anki did not: it does when learning progress is imported, too."""

_BREAKS = re.compile(r"[\s,\"'`]+")
_NOT_SLUG = re.compile(r"[^\w]+", re.UNICODE)


def tag(text: str) -> str:
    """One tag from free text; empty where nothing is left."""
    return _BREAKS.sub("_", unicodedata.normalize("NFC", text.strip())).strip("_:")


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, letters of every script kept."""
    normal = unicodedata.normalize("NFC", text).casefold()
    return _NOT_SLUG.sub("-", normal).strip("-_")


def card_tags(source: SourceFile, title: str, section: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of a card: front matter's tags and categories, then page and section."""
    place = "::".join(filter(None, (slug(title), *(slug(part) for part in section[:1]))))
    written = (*source.front_matter.tags, *source.front_matter.categories)
    found = {tag(text) for text in written} | {place}
    return tuple(sorted(found - {""}))


def said_tags(directives: Iterable[Directive], line: int) -> tuple[str, ...]:
    """The tags that comments give a card: `<!-- admonki: tags exam level::hard -->`.

    A card inside an answer has those of the card around it, too.

    Args:
        directives: Of the page.
        line: 1-based line of the card's box.
    """
    words = (
        word
        for directive in directives
        if directive.name == "tags" and directive.lines[0] <= line <= directive.lines[1]
        for word in directive.arguments
    )
    return tuple(filter(None, map(tag, words)))
