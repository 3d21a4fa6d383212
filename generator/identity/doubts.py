"""Remarks on matches that follow the rules but may not be what the author meant."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from generator.errors import Diagnostic
from generator.identity.pairing import Pairing
from generator.identity.rename import SAME_ANSWER
from generator.identity.wording import Wording

_Name = TypeVar("_Name", bound=Hashable)
_UNLIKE = 0.15  # a question and an answer that share less than this with the old are others


def report_doubts(pairing: Pairing) -> None:
    """Report matches, and missing matches, that the author probably did not intend.

    Args:
        pairing: After matching; `W623` (an id that moved to another question), `W624` (a
            card that became or ceased to be a cloze), `W625` (a build of some pages that would
            separate a moved card from its history) and `L631` (an id that changed) are added to it.
    """
    left = [entry for entry, note in enumerate(pairing.note_of) if note < 0]
    left = [entry for entry in left if not pairing.entries[entry].is_gone]
    asked = _grouped(left, lambda entry: pairing.entries[entry].question)
    places = _grouped(
        left, lambda entry: (pairing.entries[entry].page, _other_type(pairing, entry))
    )
    for note, entry in enumerate(pairing.entry_of):
        if entry >= 0:
            _check_id(pairing, note, entry)
        elif left:
            same = asked.get(pairing.questions[note], [])
            here = places.get((pairing.notes[note].page, pairing.types[note]), [])
            _check_page(pairing, note, same)
            _check_type(pairing, note, [*same, *here])


def _other_type(pairing: Pairing, entry: int) -> str:
    return "basic" if pairing.entries[entry].note_type == "cloze" else "cloze"


def _grouped(entries: Iterable[int], name: Callable[[int], _Name]) -> dict[_Name, list[int]]:
    found: dict[_Name, list[int]] = {}
    for entry in entries:
        found.setdefault(name(entry), []).append(entry)
    return found


def _check_id(pairing: Pairing, note: int, entry: int) -> None:
    name, old = pairing.ids[note], pairing.entries[entry]
    if not name or pairing.questions[note] == old.question:
        if name and old.explicit_id and name != old.explicit_id:
            text = f"the id {old.explicit_id!r} is now {name!r}: the card keeps its reviews"
            _say(pairing, note, "L631", text, "")
        return
    wording = Wording((pairing.questions[note], old.question))
    question = wording.similarity(pairing.questions[note], old.question)
    if question < _UNLIKE and pairing.answer_similarity(note, entry) < _UNLIKE:
        text = f"the id {name!r} named another question: {old.question[:60]!r}"
        hint = "this card gets its reviews; if it is a new card, give it a new id"
        _say(pairing, note, "W623", text, hint)


def _check_page(pairing: Pairing, note: int, same: Iterable[int]) -> None:
    """Report that a card may have come from a page that is not built now."""
    for entry in same:
        old = pairing.entries[entry]
        if not pairing.is_in_scope(old) and pairing.can_join(note, entry):
            text = f"the card {old.key} of {old.page} asks the same, and that page is not built now"
            hint = "if it moved here, build all pages together, so that it keeps its reviews"
            _say(pairing, note, "W625", text, hint)


def _check_type(pairing: Pairing, note: int, candidates: Iterable[int]) -> None:
    """Report that a card was another type of note before."""
    for entry in candidates:
        old = pairing.entries[entry]
        if pairing.can_join(note, entry) or not pairing.is_in_scope(old):
            continue
        is_same = pairing.questions[note] == old.question
        if is_same or pairing.answer_similarity(note, entry) >= SAME_ANSWER:
            text = f"the card {old.key} is now {pairing.types[note]}, which makes it a new note"
            hint = "an import cannot change a note's type: delete the old note in Anki"
            _say(pairing, note, "W624", text, hint)
            return


def _say(pairing: Pairing, note: int, code: str, text: str, hint: str) -> None:
    place = pairing.notes[note].location
    pairing.diagnostics.append(Diagnostic(place, code, text, hint))
