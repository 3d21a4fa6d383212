"""What a reader's collection holds: notes, cards and reviews, in both schemas of Anki's database.

Schemas are those of Anki's
rslib (`storage/schema11.sql`, `upgrades/schema15_upgrade.sql`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from generator.apkg.opening import Guarded, Value, whole

_SUSPENDED: Final = -1
_FLAGS: Final = 7  # the lowest three bits of a card's `flags`


class Review(Struct, frozen=True):
    """One answer of the reader's.

    Attributes:
        at_ms: When, milliseconds since the Unix epoch.
        ease: 1 (again) to 4 (easy); 0 for a reschedule by hand.
        took_ms: How long it took.
        kind: 0 learning, 1 review, 2 relearning, 3 cramming, 4 and more by hand.
    """

    at_ms: int
    ease: int
    took_ms: int
    kind: int


class ReaderCard(Struct, frozen=True):
    """A card of a note.

    Attributes:
        ordinal: Which of the note's templates, or which gap, from 0.
        deck: Its deck, parts joined by `::`; its home while it is in a filtered one.
        is_suspended: Whether it waits.
        flag: 0, or the number of its coloured flag.
        lapses: How often it was forgotten after it had been learned.
        reviews: In order of time.
    """

    ordinal: int
    deck: str
    is_suspended: bool
    flag: int
    lapses: int
    reviews: tuple[Review, ...] = ()


class ReaderNote(Struct, frozen=True):
    """A note as the reader has it.

    Attributes:
        guid: Anki's GUID, "" where it is not known.
        note_type: Name of its note type.
        mod_s: When it was last changed, seconds since the Unix epoch.
        fields: By name.
        tags: As stored.
        cards: In order of their ordinals.
    """

    guid: str
    note_type: str
    mod_s: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: tuple[ReaderCard, ...] = ()


def read_collection(guarded: Guarded) -> tuple[ReaderNote, ...]:
    """Read a collection's database.

    Args:
        guarded: The database, whatever its schema.

    Returns:
        All notes.

    Raises:
        sqlite3.Error, ValueError, KeyError, TypeError: For a database that is not Anki's.
    """
    names, fields = _note_types(guarded)
    cards = _cards(guarded)
    rows = guarded.rows("notes", "id", "guid", "mid", "mod", "tags", "flds")
    found = {whole(note): _note(guarded, rest, names, fields) for note, *rest in rows}
    return tuple(replace(found[note], cards=tuple(cards.get(note, ()))) for note in sorted(found))


def _note(
    guarded: Guarded,
    row: Sequence[Value],
    names: Mapping[int, str],
    fields: Mapping[int, tuple[str, ...]],
) -> ReaderNote:
    guid, kind, mod_s, tags, values = row
    number = whole(kind)
    parts, words = guarded.parts(values, tags)
    held = dict(zip(fields.get(number, ()), parts, strict=False))
    return ReaderNote(str(guid), names.get(number, ""), whole(mod_s), held, words)


def _note_types(guarded: Guarded) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """Names and fields of note types by their id."""
    if "notetypes" not in guarded.tables:
        held = _json(guarded, "models")
        names = {int(id_): str(model["name"]) for id_, model in held.items()}
        fields = {
            int(id_): tuple(str(field["name"]) for field in model["flds"])
            for id_, model in held.items()
        }
        return names, fields
    names = {whole(id_): str(name) for id_, name in guarded.rows("notetypes", "id", "name")}
    found: dict[int, dict[int, str]] = {}
    for kind, order, name in guarded.rows("fields", "ntid", "ord", "name"):
        found.setdefault(whole(kind), {})[whole(order)] = str(name)
    return names, {kind: tuple(by[order] for order in sorted(by)) for kind, by in found.items()}


def _decks(guarded: Guarded) -> dict[int, str]:
    if "decks" not in guarded.tables:
        return {int(id_): str(deck["name"]) for id_, deck in _json(guarded, "decks").items()}
    rows = guarded.rows("decks", "id", "name")
    return {whole(id_): str(name).replace("\x1f", "::") for id_, name in rows}


def _json(guarded: Guarded, column: str) -> dict[str, Any]:
    ((text,),) = guarded.rows("col", column)
    return dict(json.loads(str(text)))


def _cards(guarded: Guarded) -> dict[int, list[ReaderCard]]:
    decks, reviews = _decks(guarded), _reviews(guarded)
    found: dict[int, list[ReaderCard]] = {}
    columns = ("nid", "ord", "id", "did", "odid", "queue", "flags", "lapses")
    rows = sorted(tuple(map(whole, row)) for row in guarded.rows("cards", *columns))
    for note, order, card, deck, home, queue, flags, lapses in rows:
        found.setdefault(note, []).append(
            ReaderCard(
                order,
                decks.get(home or deck, ""),
                queue == _SUSPENDED,
                flags & _FLAGS,
                lapses,
                tuple(reviews.get(card, ())),
            )
        )
    return found


def _reviews(guarded: Guarded) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    if "revlog" not in guarded.tables:
        raise KeyError("revlog")
    rows = guarded.rows("revlog", "id", "cid", "ease", "time", "type")
    for row in sorted(tuple(map(whole, row)) for row in rows):
        at_ms, card, ease, took_ms, kind = row
        found.setdefault(card, []).append(Review(at_ms, ease, took_ms, kind))
    return found
