"""The place of each note in Anki's database: row ids, deck ids and cards."""

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from operator import attrgetter

from msgspec import Struct

from generator.apkg.card import card_ordinals
from generator.apkg.notetypes import NoteType, note_type_for
from generator.fields import note_deck
from generator.model import IdentifiedNote


class Row(Struct, frozen=True):
    """A note and its row ids; the same in every package of a build.

    Attributes:
        note: The note.
        id: Of its row, the lock's if it is free; its cards have the ids that follow.
        note_type: Id of its note type.
        deck_id: Of its deck. Anki itself matches decks by name.
        ordinals: Anki's numbers of its cards, from 0; empty for a note without any.
    """

    note: IdentifiedNote
    id: int
    note_type: int
    deck_id: int
    ordinals: tuple[int, ...]


def number_rows(
    notes: Iterable[IdentifiedNote], *, note_types: Sequence[NoteType]
) -> tuple[Row, ...]:
    """Assign rows to all notes of a build.

    Returns:
        The rows in the order of their ids.
    """
    ordered = sorted(notes, key=attrgetter("row_id", "due", "guid"))
    decks = _deck_ids(note_deck(known.note) for known in ordered)
    free = 0
    rows = []
    for known in ordered:
        free = max(free, known.row_id)
        kind = note_type_for(known.note.kind, note_types)
        ordinals = card_ordinals(known, note_type=kind)
        rows.append(Row(known, free, kind.id, decks[note_deck(known.note)], ordinals))
        free += 1 + len(ordinals)
    return tuple(rows)


def _deck_ids(names: Iterable[str]) -> dict[str, int]:
    """Derive each deck's id from its name."""
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(set(names)):
        digest = hashlib.sha256(name.encode()).digest()
        start = (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)
        ids[name] = next(number for number in itertools.count(start) if number not in taken)
        taken.add(ids[name])
    return ids
