"""Tags as Anki takes them: no white space, `::` for levels."""

import re
import unicodedata
from collections.abc import Iterable

from generator.model import Directive, SourceFile

UNANSWERED = "admonki::unanswered"
SUSPENDED = "admonki::suspended"
"""Finds cards to suspend in case Anki did not: it does only if scheduling is imported too."""

_BREAKS = re.compile(r"[\s,\"'`]+")
_NOT_SLUG = re.compile(r"[^\w]+", re.UNICODE)


def tag(text: str) -> str:
    """Make one tag from free text; may be empty."""
    return _BREAKS.sub("_", unicodedata.normalize("NFC", text.strip())).strip("_:")


def slug(text: str) -> str:
    """Join the lower-case words with hyphens, keeping letters of every script."""
    normal = unicodedata.normalize("NFC", text).casefold()
    return _NOT_SLUG.sub("-", normal).strip("-_")


def card_tags(source: SourceFile, title: str, section: tuple[str, ...]) -> tuple[str, ...]:
    """Return a card's tags: front matter's tags and categories, then page and section."""
    place = "::".join(filter(None, (slug(title), *(slug(part) for part in section[:1]))))
    written = (*source.front_matter.tags, *source.front_matter.categories)
    found = {tag(text) for text in written} | {place}
    return tuple(sorted(found - {""}))


def said_tags(directives: Iterable[Directive], line: int) -> tuple[str, ...]:
    """Return the tags that comments give a card: `<!-- admonki: tags exam level::hard -->`.

    A card inside an answer also has those of the card around it.

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
