"""Review statistics: which cards are forgotten, section by section."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from generator.model import IdentifiedNote
from generator.pull.collection import ReaderNote, Review

_AGAIN: Final = 1
_BY_HAND: Final = 4  # from this kind on, a row is not an answer but a reschedule or a set due date
_REVIEW: Final = 1
_LEECH: Final = "leech"


class ReviewStats(Struct, frozen=True):
    """Review statistics of a card, a section or a page.

    Attributes:
        place: `path:line`, or the page and section.
        name: The question, or the section.
        cards: How many cards were answered at least once.
        answers: How often.
        failed: How often with Again.
        lapses: How often a learned card was forgotten.
        leeches: Cards that Anki marked as leeches.
        seconds: Time spent.
        reviewed: Answers to learned cards.
        kept: How many of these were correct.
    """

    place: str
    name: str
    cards: int
    answers: int
    failed: int
    lapses: int
    leeches: int
    seconds: float
    reviewed: int
    kept: int

    @property
    def retention(self) -> float | None:
        """Share of correct answers to learned cards, from 0 to 1; None without any."""
        return self.kept / self.reviewed if self.reviewed else None

    @property
    def badness(self) -> tuple[float, float, int]:
        """Sort key from worst to best: share of failures, lapses, answers, negated."""
        return (-self.failed / max(1, self.answers), -self.lapses, -self.answers)


def review_stats(
    notes: Sequence[IdentifiedNote], reader: Sequence[ReaderNote]
) -> dict[str, tuple[ReviewStats, ...]]:
    """Summarise reviews.

    Returns:
        `cards`, `sections` and `pages`, each with the worst first; those without an answer are
        omitted.
    """
    by_guid = {note.guid: note for note in reader}
    cards: list[ReviewStats] = []
    sections: dict[tuple[str, str], list[ReviewStats]] = {}
    pages: dict[str, list[ReviewStats]] = {}
    for note in notes:
        has = by_guid.get(note.guid)
        found = _of_note(note, has) if has else None
        if found is None:
            continue
        cards.append(found)
        section = " › ".join(note.note.section[:1])
        sections.setdefault((note.note.location.path, section), []).append(found)
        pages.setdefault(note.note.location.path, []).append(found)
    return {
        "cards": _sorted(cards),
        "sections": _sorted(_sum(path, name, held) for (path, name), held in sections.items()),
        "pages": _sorted(_sum(path, "", held) for path, held in pages.items()),
    }


def _sorted(found: Iterable[ReviewStats]) -> tuple[ReviewStats, ...]:
    return tuple(sorted(found, key=lambda stats: (stats.badness, stats.place, stats.name)))


def _of_note(note: IdentifiedNote, has: ReaderNote) -> ReviewStats | None:
    answers = [review for card in has.cards for review in card.reviews if _is_answer(review)]
    if not answers:
        return None
    learned = [review for review in answers if review.kind == _REVIEW]
    return ReviewStats(
        str(note.note.location),
        note.note.question.text,
        cards=sum(any(map(_is_answer, card.reviews)) for card in has.cards),
        answers=len(answers),
        failed=sum(review.ease == _AGAIN for review in answers),
        lapses=sum(card.lapses for card in has.cards),
        leeches=int(_LEECH in has.tags),
        seconds=sum(review.took_ms for review in answers) / 1000,
        reviewed=len(learned),
        kept=sum(review.ease > _AGAIN for review in learned),
    )


def _is_answer(review: Review) -> bool:
    return review.kind < _BY_HAND and bool(review.ease)


def _sum(path: str, name: str, held: Sequence[ReviewStats]) -> ReviewStats:
    return ReviewStats(
        path,
        name,
        cards=sum(stats.cards for stats in held),
        answers=sum(stats.answers for stats in held),
        failed=sum(stats.failed for stats in held),
        lapses=sum(stats.lapses for stats in held),
        leeches=sum(stats.leeches for stats in held),
        seconds=sum(stats.seconds for stats in held),
        reviewed=sum(stats.reviewed for stats in held),
        kept=sum(stats.kept for stats in held),
    )
