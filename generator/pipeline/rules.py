"""Rules across pages: answered questions of banks, and duplicate questions."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.errors import Diagnostic
from generator.identity.content import content
from generator.model import Note


class Coverage(Struct, frozen=True):
    """How much of a question bank is answered in this build.

    Attributes:
        page: The bank's page.
        section: Its section, outermost heading first.
        answered: Leaves whose question is answered elsewhere.
        total: All leaves.
    """

    page: str
    section: tuple[str, ...]
    answered: int
    total: int


def drop_answered(notes: Sequence[Note]) -> tuple[tuple[Note, ...], tuple[Coverage, ...]]:
    """Remove bank leaves whose question has an answer in the build.

    Returns:
        The remaining notes, and how far each bank is answered, in reading order.
    """
    if not any(note.is_bank for note in notes):
        return tuple(notes), ()
    answered = {content(note).asked for note in notes if not note.is_unanswered}
    kept: list[Note] = []
    counts: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for note in notes:
        is_done = note.is_bank and content(note).asked in answered
        if note.is_bank:
            count = counts.setdefault((note.page, note.section), [0, 0])
            count[0] += is_done
            count[1] += 1
        if not is_done:
            kept.append(note)
    coverage = (Coverage(page, section, *count) for (page, section), count in counts.items())
    return tuple(kept), tuple(coverage)


def asked_twice(notes: Iterable[Note]) -> tuple[Diagnostic, ...]:
    """Report indistinguishable questions: the same words at the same place.

    Returns:
        E310 when the answers are equal, too, and both cards are on one page; else W310.
    """
    first: dict[tuple[object, ...], Note] = {}
    found = []
    for note in notes:
        shown = (content(note).asked, note.page_title, note.section, note.outline)
        other = first.setdefault(shown, note)
        if other is not note:
            found.append(_twice(note, other))
    return tuple(found)


def _twice(note: Note, other: Note) -> Diagnostic:
    is_same = note.page == other.page and note.answer.html == other.answer.html
    if is_same:
        message = f"the same card is also at {other.location}"
        return Diagnostic(note.location, "E310", message, "remove one of them")
    message = f"this question also appears at {other.location}"
    hint = "reword one of them, so that readers can distinguish them"
    return Diagnostic(note.location, "W310", message, hint)
