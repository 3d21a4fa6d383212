"""Verify every package on disk before it is moved into place."""

import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

from generator.apkg.collection import note_values
from generator.apkg.opening import TROUBLE, reason_of
from generator.apkg.rows import Row

_PIECE = 1 << 20
# Not `sfld`: SQLite keeps a question such as "0" or "1.0" there as a number, as in Anki itself.
_NOTES = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
_CARDS = "SELECT nid, did, ord, due FROM cards ORDER BY id"


def find_in_collection(db: sqlite3.Connection, rows: Sequence[Row]) -> str:
    """Compare a database with the rows that it was made of.

    Args:
        db: From `write_collection`, opened again.
        rows: In order.

    Returns:
        The difference, or "".
    """
    wanted = (note_values(row)[:-1] for row in rows)
    if any(found != row for found, row in zip_longest(db.execute(_NOTES), wanted)):
        return "its notes differ"
    if any(found != card for found, card in zip_longest(db.execute(_CARDS), _cards(rows))):
        return "its cards differ"
    return ""


def find_in_part(collection: bytes, rows: Sequence[Row]) -> str:
    """Compare a part of a database, whose notes were compared before, with its rows.

    Args:
        collection: From `cut_collection`.
        rows: In order.

    Returns:
        The difference, or "".
    """
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(collection)
        notes = db.execute("SELECT id, guid FROM notes ORDER BY id").fetchall()
        if notes != [(row.id, row.note.guid) for row in rows]:
            return "its notes differ"
        cards = db.execute(_CARDS).fetchall()
        return "" if cards == list(_cards(rows)) else "its cards differ"


def find_on_disk(place: Path, archive: bytes, entries: Sequence[tuple[str, bytes]]) -> str:
    """Read a package back.

    Args:
        place: The package, under its temporary name.
        archive: The bytes that were written.
        entries: What it should hold, see `entries_of`.

    Returns:
        The difference, or "".
    """
    try:
        if place.read_bytes() != archive:
            return "the bytes on disk differ"
        with zipfile.ZipFile(BytesIO(archive)) as package:
            if package.namelist() != [name for name, _ in entries]:
                return "its entries differ"
            for name, data in entries:
                if not _is_same(package, name, data):
                    return f"its entry {name} differs"
    except TROUBLE as problem:
        return reason_of(problem)
    return ""


def _is_same(package: zipfile.ZipFile, name: str, data: bytes) -> bool:
    """Compare piece by piece, so that large entries are not in memory twice."""
    with package.open(name) as stream:
        pieces = range(0, len(data), _PIECE)
        is_same = all(stream.read(_PIECE) == data[at : at + _PIECE] for at in pieces)
        return is_same and not stream.read(1)


def _cards(rows: Sequence[Row]) -> Iterator[tuple[int, int, int, int]]:
    return (
        (row.id, row.deck_id, ordinal, row.note.due) for row in rows for ordinal in row.ordinals
    )
