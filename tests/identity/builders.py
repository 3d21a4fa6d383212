"""Notes for the tests of identity, with as little said as possible."""

from generator.errors import Location
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.identity.sketch import sketch_of
from generator.model import CardKind, Fragment, IdentifiedNote, Note

NOW_S = 1_764_000_000


def note(
    question: str,
    answer: str = "",
    *,
    page: str = "ml/basics.md",
    section: str = "Loss",
    explicit_id: str | None = None,
    kind: CardKind = CardKind.BASIC,
    line: int = 1,
    tags: tuple[str, ...] = (),
    is_unanswered: bool = False,
) -> Note:
    """Make a note."""
    return Note(
        location=Location(f"source/{page}", line),
        page=page,
        page_title=page,
        section=(section,) if section else (),
        anchor="",
        kind=kind,
        deck=f"{page}::{section}",
        question=Fragment(question, question),
        answer=Fragment(f"<p>{answer}</p>", answer),
        sketch=sketch_of(answer),
        explicit_id=explicit_id,
        tags=tags,
        is_unanswered=is_unanswered,
    )


def build(lock: Lock, *notes: Note, now_s: int = NOW_S) -> tuple[list[IdentifiedNote], Lock]:
    """Identify notes of which none should give an error."""
    identified, lock, diagnostics = identify(notes, lock, now_s=now_s)
    assert not [d for d in diagnostics if d.code.startswith("E")]
    return list(identified), lock


def guids(identified: list[IdentifiedNote]) -> list[str]:
    """The GUIDs in order."""
    return [one.guid for one in identified]
