"""Where each note has its place in Anki's database: ids of rows, of decks, and its cards."""

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from generator.apkg.card import card_ordinals
from generator.apkg.notetypes import NoteType
from generator.fields import note_deck
from generator.model import IdentifiedNote

_IDS_A_POSITION = 4
"""Row ids set aside for one place in reading order."""


@dataclass(frozen=True, slots=True)
class Row:
    """A note and its row ids; the same in every package of a build.

    Attributes:
        note: The note.
        id: Of its row; its cards have the ids that follow.
        deck_id: Of its deck. Anki itself matches decks by name.
        ordinals: Anki's numbers of its cards, from 0; empty for a note without any.
    """

    note: IdentifiedNote
    id: int
    deck_id: int
    ordinals: tuple[int, ...]


def number_rows(
    notes: Iterable[IdentifiedNote], *, note_types: Sequence[NoteType], epoch_s: int
) -> tuple[Row, ...]:
    """Give all notes of a build their rows.

    Args:
        notes: The notes, in any order.
        note_types: Those of `note_types()`.
        epoch_s: Where row ids start, seconds since the Unix epoch; the same in every build.

    Returns:
        The rows in reading order.
    """
    ordered = sorted(notes, key=attrgetter("due", "guid"))
    decks = _deck_ids(note_deck(known.note) for known in ordered)
    first = free = epoch_s * 1000
    rows = []
    for known in ordered:
        free = max(free, first + known.due * _IDS_A_POSITION)
        ordinals = card_ordinals(known, note_types=note_types)
        rows.append(Row(known, free, decks[note_deck(known.note)], ordinals))
        free += 1 + len(ordinals)
    return tuple(rows)


def _deck_ids(names: Iterable[str]) -> dict[str, int]:
    """Give each deck an id from its name."""
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(set(names)):
        digest = hashlib.sha256(name.encode()).digest()
        start = (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)
        ids[name] = next(_free_ids(start, taken))
        taken.add(ids[name])
    return ids


def _free_ids(start: int, taken: set[int]) -> Iterator[int]:
    return (number for number in itertools.count(start) if number not in taken)
