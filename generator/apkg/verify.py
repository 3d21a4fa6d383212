"""Is what lies on the disk what was meant? Asked of every package before it takes its place."""

import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from generator.apkg.archive import COLLECTION, MEDIA_INDEX, media_index
from generator.apkg.notetypes import note_type_id
from generator.apkg.reader import TROUBLE
from generator.apkg.rows import Database
from generator.model import IdentifiedNote

_PIECE = 1 << 20


def find_difference(
    place: Path,
    *,
    notes: Sequence[IdentifiedNote],
    database: Database,
    media: Sequence[tuple[str, bytes]],
) -> str:
    """Read a package back and compare it with what should be in it.

    The zip is compared entry by entry with the bytes that were written, and the database is
    opened anew and compared with the notes, so that neither the disk nor the row writers are
    taken at their word.

    Args:
        place: The package, under its temporary name.
        notes: The notes in order.
        database: What was written as the collection.
        media: Names and bytes of the media in order.

    Returns:
        What is different, or "".
    """
    wanted = {COLLECTION: database.data, MEDIA_INDEX: media_index(media)}
    wanted |= {str(number): data for number, (_, data) in enumerate(media)}
    try:
        with zipfile.ZipFile(place) as package:
            if package.namelist() != list(wanted):
                return "its entries are others"
            for name, data in wanted.items():
                if not _is_same(package, name, data):
                    return f"its entry {name} is another"
        return _find_in_database(database, notes)
    except TROUBLE as problem:
        return str(problem) or type(problem).__name__


def _is_same(package: zipfile.ZipFile, name: str, data: bytes) -> bool:
    """Compare piece by piece: a large database is in memory once already."""
    if package.getinfo(name).file_size != len(data):
        return False
    whole = memoryview(data)
    with package.open(name) as stream:
        pieces = range(0, len(whole), _PIECE)
        return all(stream.read(_PIECE) == whole[place : place + _PIECE] for place in pieces)


def _find_in_database(database: Database, notes: Sequence[IdentifiedNote]) -> str:
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(database.data)
        rows = db.execute("SELECT guid, mid, mod, tags, flds FROM notes ORDER BY id")
        for row, note in zip_longest(rows, notes):
            if note is None or row != _row(note):
                return "its notes are others"
        query = "SELECT count(*), count(DISTINCT nid), count(DISTINCT did) FROM cards"
        if db.execute(query).fetchone() != (database.cards, len(notes), database.decks):
            return "its cards are others"
    return ""


def _row(note: IdentifiedNote) -> tuple[str, int, int, str, str]:
    tags = f" {' '.join(note.tags)} "
    return note.guid, note_type_id(note.note.kind), note.mod_s, tags, "\x1f".join(note.fields)
