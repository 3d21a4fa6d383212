"""Remarks on matches that follow the rules but may not be what the author meant."""

from generator.errors import Diagnostic
from generator.identity.pairing import Pairing
from generator.identity.wording import Wording

_UNLIKE = 0.15  # a question and an answer that share less than this with the old are others


def report_doubts(pairing: Pairing) -> None:
    """Report matches, and missing matches, that the author probably did not intend.

    Args:
        pairing: After matching; `W623` (an id that moved to another question), `W624` (a
            card that became or ceased to be a cloze), `W625` (a build of some pages that would
            separate a moved card from its history) and `L631` (an id that changed) are added to it.
    """
    others = _others(pairing)
    for note, entry in enumerate(pairing.entry_of):
        if entry >= 0:
            _check_id(pairing, note, entry)
        elif others:
            _check_new(pairing, note, others)


def _others(pairing: Pairing) -> dict[str, list[int]]:
    """Entries left without a note, by question."""
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(pairing.entries):
        if pairing.note_of[number] < 0:
            found.setdefault(entry.question, []).append(number)
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


def _check_new(pairing: Pairing, note: int, others: dict[str, list[int]]) -> None:
    for number in others.get(pairing.questions[note], ()):
        old = pairing.entries[number]
        is_here = old.page == pairing.notes[note].page
        if is_here and not old.is_gone and not pairing.can_join(note, number):
            text = f"the card {old.key} is now {pairing.types[note]}, which makes it a new note"
            hint = "an import cannot change a note's type: delete the old note in Anki"
            _say(pairing, note, "W624", text, hint)
        elif not old.is_gone and not pairing.is_in_scope(old) and pairing.can_join(note, number):
            text = f"the card {old.key} of {old.page} asks the same, and that page is not built now"
            hint = "if it moved here, build all pages together, so that it keeps its reviews"
            _say(pairing, note, "W625", text, hint)


def _say(pairing: Pairing, note: int, code: str, text: str, hint: str) -> None:
    place = pairing.notes[note].location
    pairing.diagnostics.append(Diagnostic(place, code, text, hint))
