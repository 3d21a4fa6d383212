"""Exact matches: by explicit id, and by equal question."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from generator.errors import Diagnostic
from generator.fields import note_deck
from generator.identity.keys import is_explicit_id
from generator.identity.pairing import Pairing
from generator.identity.sketch import words_of

_ALIKE = 0.5  # similarity of answers from which they distinguish equal questions
_RELATED = 0.25  # less than this, and a short question may be another one of the same name
_SPECIFIC_WORDS = 4  # "Exercise 1" is too short, "Why does dropout regularise?" is enough
_LARGEST_GROUP = 200  # above this, equal questions are distinguished without comparing all pairs


def match_by_id(pairing: Pairing) -> None:
    """Join notes whose explicit id the lock knows, as an id or as a key.

    Args:
        pairing: Changed in place; an id that is used twice or invalid (`E601`, `E602`)
            is ignored.
    """
    _check_ids(pairing)
    if not any(pairing.ids):
        return
    known = _known_ids(pairing)
    for note, name in enumerate(pairing.ids):
        entry = known.get((name, pairing.types[note])) if name else None
        if entry is not None and pairing.note_of[entry] < 0:
            pairing.join(note, entry)


def match_repeated(pairing: Pairing) -> None:
    """Join cards of questions that are asked repeatedly, if deck or answer tells which is which.

    Pages may have exchanged their file names, as when a chapter is inserted and the next ones are
    numbered again.

    Args:
        pairing: Changed in place; where neither tells them apart, the other rules decide.
    """
    entries, notes = pairing.free_entries(is_gone=False), pairing.free_notes()
    repeated = _repeated(pairing.entries[entry].question for entry in entries)
    repeated |= _repeated(pairing.questions[note] for note in notes)
    entries = [entry for entry in entries if pairing.entries[entry].question in repeated]
    notes = [note for note in notes if pairing.questions[note] in repeated]
    for note, entry in _unique(pairing, notes, entries, _deck):
        if _is_alike(pairing, note, entry):
            pairing.join(note, entry)
    here = _grouped((note, (pairing.notes[note].page, pairing.questions[note])) for note in notes)
    for note, entry in _unique(pairing, notes, entries, _answer):
        old = pairing.entries[entry]
        others = [other for other in here.get((old.page, old.question), []) if other != note]
        is_kept = any(_is_alike(pairing, other, entry) for other in others)
        if pairing.can_join(note, entry) and not is_kept:
            pairing.join(note, entry)


def _unique(
    pairing: Pairing, notes: list[int], entries: list[int], trait: "_Trait"
) -> list[tuple[int, int]]:
    """Free notes and free entries that alone share question and trait."""
    asked = _grouped(
        (note, (pairing.questions[note], trait(pairing, note, True)))
        for note in _free(pairing.entry_of, notes)
    )
    known = _grouped(
        (entry, (pairing.entries[entry].question, trait(pairing, entry, False)))
        for entry in _free(pairing.note_of, entries)
        if trait(pairing, entry, False)
    )
    pairs = [(numbers, known.get(name, [])) for name, numbers in asked.items()]
    return [(one[0], other[0]) for one, other in pairs if len(one) == len(other) == 1]


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def _grouped(items: Iterable[tuple[int, Hashable]]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for number, name in items:
        groups.setdefault(name, []).append(number)
    return groups


def _is_alike(pairing: Pairing, note: int, entry: int) -> bool:
    is_same = pairing.notes[note].sketch == pairing.entries[entry].sketch
    is_alike = is_same or pairing.answer_similarity(note, entry) >= _ALIKE
    return is_alike and pairing.can_join(note, entry)


def match_on_page(pairing: Pairing) -> None:
    """Join notes with the same question on the same page, then those that came back to it.

    Args:
        pairing: Changed in place.
    """
    names = [f"{n.page}\0{q}" for n, q in zip(pairing.notes, pairing.questions, strict=True)]
    for is_gone in (False, True):
        _match_equal(
            pairing, names, lambda entry: f"{entry.page}\0{entry.question}", is_gone=is_gone
        )


def match_moved(pairing: Pairing) -> None:
    """Join notes whose question moved from one page to another.

    Args:
        pairing: Changed in place.
    """
    for is_gone in (False, True):
        _match_equal(pairing, pairing.questions, lambda entry: entry.question, is_gone=is_gone)


def _check_ids(pairing: Pairing) -> None:
    first: dict[str, int] = {}
    for number, name in enumerate(pairing.ids):
        if not name:
            continue
        place = pairing.notes[number].location
        if not is_explicit_id(name):
            hint = "use letters, digits, '-', '.', ':' and '_', 100 at most"
            text = f"{name[:60]!r} is not a valid id"
            pairing.diagnostics.append(Diagnostic(place, "E602", text, hint))
            pairing.ids[number] = ""
        elif name in first:
            other = pairing.notes[first[name]].location
            text = f"the id {name!r} already names the card at {other}"
            hint = "give one of them another id"
            pairing.diagnostics.append(Diagnostic(place, "E601", text, hint))
            pairing.ids[number] = ""
        else:
            first[name] = number


def _known_ids(pairing: Pairing) -> dict[tuple[str, str], int]:
    """Ids of living entries first, then of gone ones, then keys of entries without an id."""
    known: dict[tuple[str, str], int] = {}
    for is_gone in (False, True):
        for number, entry in enumerate(pairing.entries):
            if entry.explicit_id and entry.is_gone == is_gone:
                known.setdefault((entry.explicit_id, entry.note_type), number)
    for number, entry in enumerate(pairing.entries):
        if not entry.explicit_id or entry.is_gone:
            known.setdefault((entry.key, entry.note_type), number)
    return known


def _match_equal(
    pairing: Pairing,
    note_names: list[str],
    entry_name: Callable[..., str],
    *,
    is_gone: bool,
) -> None:
    """Join free notes and free entries of the same name."""
    entries = _grouped(
        (number, entry_name(pairing.entries[number]))
        for number in pairing.free_entries(is_gone=is_gone)
    )
    if not entries:
        return
    notes = _grouped(
        (number, note_names[number])
        for number in pairing.free_notes()
        if note_names[number] in entries
    )
    for name, numbers in notes.items():
        _match_group(pairing, numbers, entries[name])


def _match_group(pairing: Pairing, notes: list[int], entries: list[int]) -> None:
    """Distinguish equal questions by section, then by answer, then by order."""
    if len(notes) == 1 and len(entries) == 1:
        if pairing.can_join(notes[0], entries[0]) and _is_plausible(pairing, notes[0], entries[0]):
            pairing.join(notes[0], entries[0])
        return
    entries = sorted(entries, key=lambda number: pairing.entries[number].nth)
    _join_by(pairing, notes, entries, _section_and_answer)
    _join_by(pairing, notes, entries, _answer)
    _join_alike(pairing, notes, entries)
    _join_by(pairing, notes, entries, _section)
    left = [n for n in notes if pairing.entry_of[n] < 0]
    free = [e for e in entries if pairing.note_of[e] < 0]
    if len(left) == len(free):
        for note, entry in zip(left, free, strict=True):
            if pairing.can_join(note, entry) and _is_plausible(pairing, note, entry):
                pairing.join(note, entry)


def _is_plausible(pairing: Pairing, note: int, entry: int) -> bool:
    """Whether an equal question means the same, and not only has the same short title."""
    old, new = pairing.entries[entry], pairing.notes[note]
    return (
        (new.page == old.page and pairing.sections[note] == old.section)
        or len(words_of(pairing.questions[note])) >= _SPECIFIC_WORDS
        or not (new.sketch and old.sketch)
        or pairing.answer_similarity(note, entry) >= _RELATED
    )


_Trait = Callable[[Pairing, int, bool], Hashable]


def _deck(pairing: Pairing, number: int, is_note: bool) -> Hashable:
    return note_deck(pairing.notes[number]) if is_note else pairing.entries[number].deck


def _section_and_answer(pairing: Pairing, number: int, is_note: bool) -> Hashable:
    return _section(pairing, number, is_note), _answer(pairing, number, is_note)


def _answer(pairing: Pairing, number: int, is_note: bool) -> Hashable:
    return (pairing.notes[number] if is_note else pairing.entries[number]).sketch or None


def _section(pairing: Pairing, number: int, is_note: bool) -> Hashable:
    return pairing.sections[number] if is_note else pairing.entries[number].section


def _join_by(pairing: Pairing, notes: list[int], entries: list[int], trait: _Trait) -> None:
    """Join in order those that share a trait; None is shared by nobody."""
    waiting: dict[Hashable, list[int]] = {}
    for entry in reversed(entries):
        if pairing.note_of[entry] < 0:
            waiting.setdefault(trait(pairing, entry, False), []).append(entry)
    for note in _free(pairing.entry_of, notes):
        name = trait(pairing, note, True)
        queue = waiting.get(name) if name is not None else None
        if queue and pairing.can_join(note, queue[-1]):
            pairing.join(note, queue.pop())


def _join_alike(pairing: Pairing, notes: list[int], entries: list[int]) -> None:
    """Join the pairs with the most similar answers first."""
    left, free = _free(pairing.entry_of, notes), _free(pairing.note_of, entries)
    if not left or not free or len(left) * len(free) > _LARGEST_GROUP**2:
        return
    pairs = sorted(
        (-round(pairing.answer_similarity(n, e), 2), n, pairing.entries[e].nth, e)
        for n in left
        for e in free
    )
    for negative, note, _nth, entry in pairs:
        if -negative < _ALIKE:
            break
        is_free = pairing.entry_of[note] < 0 and pairing.note_of[entry] < 0
        if is_free and pairing.can_join(note, entry):
            pairing.join(note, entry)


def _free(partner_of: list[int], numbers: Iterable[int]) -> list[int]:
    return [number for number in numbers if partner_of[number] < 0]
