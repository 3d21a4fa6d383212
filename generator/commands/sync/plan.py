"""What a sync would do to a collection besides importing: decided without Anki, on plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnNote:
    """One of our notes in a collection.

    Attributes:
        id: Anki's note id.
        guid: Its GUID.
        decks: Decks of its cards.
        is_suspended: Whether all its cards are suspended.
    """

    id: int
    guid: str
    decks: frozenset[str]
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A note whose cards should stand in another deck."""

    note: OwnNote
    old: str
    new: str


def plan_moves(
    notes: Iterable[OwnNote], wanted: Mapping[str, str], placed: Mapping[str, str]
) -> tuple[Move, ...]:
    """Find the notes whose deck changed in the source and whom the user has not moved.

    Args:
        notes: Our notes in the collection, after the import.
        wanted: GUID → deck in the packages.
        placed: GUID → deck in which the last sync left the note.

    Returns:
        The moves, in the order of the notes. A note that is not where the last sync left it was
        moved by the user and stays.
    """
    moves = []
    for note in notes:
        new, old = wanted.get(note.guid), placed.get(note.guid)
        if new and old and new != old and note.decks == {old}:
            moves.append(Move(note, old, new))
    return tuple(moves)


def plan_removals(
    notes: Iterable[OwnNote], wanted: Iterable[str], living: Iterable[str], known: Iterable[str]
) -> tuple[OwnNote, ...]:
    """Find our notes that left the source.

    Args:
        notes: Notes of our note types in the collection.
        wanted: GUIDs in the packages.
        living: GUIDs of the lock's living cards.
        known: GUIDs that were ever ours: the lock's gone cards, and what was synced before.

    Returns:
        Those that were ours and are neither in the packages nor in the pages.
    """
    staying = {*wanted, *living}
    ours = set(known)
    return tuple(note for note in notes if note.guid in ours and note.guid not in staying)


def next_placed(
    notes: Iterable[OwnNote], wanted: Mapping[str, str], placed: Mapping[str, str]
) -> dict[str, str]:
    """Say where each of our notes was put, for the next sync.

    Args:
        notes: Our notes in the collection, after import and moves.
        wanted: GUID → deck in the packages.
        placed: What the last sync remembered.

    Returns:
        GUID → deck. A note that the user moved keeps the deck in which we had put it.
    """
    found = dict(placed)
    for note in notes:
        deck = wanted.get(note.guid)
        if deck and (note.decks == {deck} or note.guid not in placed):
            found[note.guid] = deck
    return found
