"""Pages in memory, and edits of a card's answer as the reader's editor leaves it."""

from pathlib import Path

from generator.config import Config
from generator.fields import ANSWER, FIELD_NAMES, fields_of
from generator.pull.field import apply
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Mapped, map_card
from generator.pull.page import Page, PageCard
from generator.render.media import MediaFolder

_NOWHERE = Path("/nonexistent")


def page_of(text: str) -> Page:
    """A page without files beside it."""
    return Page(
        text.encode("utf-8", "replace"),
        page="p.md",
        display="p.md",
        config=Config(),
        find_media=MediaFolder([_NOWHERE]),
    )


def answer_of(card: PageCard) -> str:
    """The HTML of a card's answer."""
    return fields_of(card.note)[FIELD_NAMES.index(ANSWER)]


def map_answer(page: Page, html: str) -> tuple[str, Mapped]:
    """Map another answer of the page's only card; return the page after the edits, too."""
    (card,) = page.cards()
    mapped = map_card(
        page.text,
        shipped=card.sides,
        wanted=(card.sides[0], leaves_of(html)),
        regions=card.regions,
        read=lambda text: page.read(text, 0, 1),
        is_apart=lambda _: True,
    )
    return apply(page.text, mapped.edits), mapped
