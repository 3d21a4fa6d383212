"""What a reader's collection holds: notes, cards and reviews, in both schemas of Anki's database.

Read only: an export is read from memory, a collection from a copy. Schemas are those of Anki's
rslib (`storage/schema11.sql`, `upgrades/schema15_upgrade.sql`).
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Final

_SUSPENDED: Final = -1
_FLAGS: Final = 7  # the lowest three bits of a card's `flags`
_STEPS: Final = 1_000_000  # SQLite instructions between two looks at the budget
_BUDGET: Final = 20_000  # looks: far beyond what an honest collection needs


@dataclass(frozen=True, slots=True)
class Review:
    """One answer of the reader's.

    Attributes:
        at_ms: When, milliseconds since the Unix epoch.
        ease: 1 (again) to 4 (easy); 0 for a reschedule by hand.
        took_ms: How long it took.
        interval_days: Days until the next one as it was before; negative or 0 while learning.
        kind: 0 learning, 1 review, 2 relearning, 3 cramming, 4 and more by hand.
    """

    at_ms: int
    ease: int
    took_ms: int
    interval_days: int
    kind: int


@dataclass(frozen=True, slots=True)
class ReaderCard:
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


@dataclass(frozen=True, slots=True)
class ReaderNote:
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


def read_collection(data: bytes) -> tuple[ReaderNote, ...]:
    """Read a collection's database.

    Args:
        data: The file `collection.anki2`, whatever its schema.

    Returns:
        All notes.

    Raises:
        sqlite3.Error, ValueError, KeyError, TypeError: For a database that is not Anki's.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        looks = iter(range(_BUDGET))
        database.deserialize(_without_wal(data))
        database.create_collation("unicase", _compare)
        database.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        return tuple(_notes(database))


def _without_wal(data: bytes) -> bytes:
    """Declare a rollback journal in the header: a database in WAL mode needs files of its own."""
    return data[:18] + b"\x01\x01" + data[20:] if data[18:20] == b"\x02\x02" else data


def _compare(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


def _notes(database: sqlite3.Connection) -> Iterator[ReaderNote]:
    names, fields = _note_types(database)
    cards = _cards(database)
    query = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    for note, guid, kind, mod_s, tags, values in database.execute(query):
        held = zip(fields.get(kind, ()), str(values).split("\x1f"), strict=False)
        yield ReaderNote(
            str(guid),
            names.get(kind, ""),
            int(mod_s),
            dict(held),
            tuple(str(tags).split()),
            tuple(cards.get(note, ())),
        )


def _note_types(
    database: sqlite3.Connection,
) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """Names and fields of note types by their id."""
    if not _has_table(database, "notetypes"):
        (models,) = database.execute("SELECT models FROM col").fetchone()
        held = json.loads(models)
        names = {int(id_): str(model["name"]) for id_, model in held.items()}
        fields = {
            int(id_): tuple(str(field["name"]) for field in model["flds"])
            for id_, model in held.items()
        }
        return names, fields
    names = {
        int(id_): str(name) for id_, name in database.execute("SELECT id, name FROM notetypes")
    }
    found: dict[int, dict[int, str]] = {}
    for kind, order, name in database.execute("SELECT ntid, ord, name FROM fields"):
        found.setdefault(int(kind), {})[int(order)] = str(name)
    return names, {kind: tuple(by[order] for order in sorted(by)) for kind, by in found.items()}


def _decks(database: sqlite3.Connection) -> dict[int, str]:
    if not _has_table(database, "decks"):
        (decks,) = database.execute("SELECT decks FROM col").fetchone()
        return {int(id_): str(deck["name"]) for id_, deck in json.loads(decks).items()}
    rows = database.execute("SELECT id, name FROM decks")
    return {int(id_): str(name).replace("\x1f", "::") for id_, name in rows}


def _cards(database: sqlite3.Connection) -> dict[int, list[ReaderCard]]:
    decks, reviews = _decks(database), _reviews(database)
    found: dict[int, list[ReaderCard]] = {}
    query = "SELECT id, nid, did, odid, ord, queue, flags, lapses FROM cards ORDER BY nid, ord"
    for card, note, deck, home, order, queue, flags, lapses in database.execute(query):
        found.setdefault(note, []).append(
            ReaderCard(
                int(order),
                decks.get(home or deck, ""),
                queue == _SUSPENDED,
                int(flags) & _FLAGS,
                int(lapses),
                tuple(reviews.get(card, ())),
            )
        )
    return found


def _reviews(database: sqlite3.Connection) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    query = "SELECT id, cid, ease, time, lastIvl, type FROM revlog ORDER BY id"
    for at_ms, card, ease, took_ms, interval, kind in database.execute(query):
        review = Review(int(at_ms), int(ease), int(took_ms), int(interval), int(kind))
        found.setdefault(card, []).append(review)
    return found


def _has_table(database: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(query, (name,)).fetchone() is not None
