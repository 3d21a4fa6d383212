"""Rules that need all pages: banks whose questions were answered, questions asked twice."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.errors import Diagnostic
from generator.model import Note

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Coverage:
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


def question_key(note: Note) -> str:
    """A question without case, punctuation and spacing, to compare by."""
    folded = unicodedata.normalize("NFKC", note.question.text).casefold()
    return _NOT_WORDS.sub(" ", folded).strip() or folded


def drop_answered(notes: Sequence[Note]) -> tuple[tuple[Note, ...], tuple[Coverage, ...]]:
    """Leave out bank leaves whose question has an answer in the build.

    Returns:
        The notes that stay, and how far each bank is answered, in reading order.
    """
    answered = {question_key(note) for note in notes if not note.is_unanswered}
    kept: list[Note] = []
    counts: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for note in notes:
        is_done = note.is_bank and question_key(note) in answered
        if note.is_bank:
            count = counts.setdefault((note.page, note.section), [0, 0])
            count[0] += is_done
            count[1] += 1
        if not is_done:
            kept.append(note)
    coverage = (Coverage(page, section, *count) for (page, section), count in counts.items())
    return tuple(kept), tuple(coverage)


def asked_twice(notes: Iterable[Note]) -> tuple[Diagnostic, ...]:
    """Questions that stand twice (W310), unless an id or an outline tells them apart."""
    first: dict[tuple[str, tuple[str, ...]], Note] = {}
    found = []
    for note in notes:
        other = first.setdefault((question_key(note), note.outline), note)
        if other is note or note.explicit_id or other.explicit_id:
            continue
        message = f"this question stands at {other.location}, too"
        if note.answer.text == other.answer.text:
            message += ", with the same answer"
        hint = "remove or reword one of them, or give each an id: <!-- id: my-id -->"
        found.append(Diagnostic(note.location, "W310", message, hint))
    return tuple(found)
