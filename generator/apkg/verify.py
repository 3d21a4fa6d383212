"""Is what lies on the disk what was meant? Asked of every package before it takes its place."""

import sqlite3
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from generator.apkg.archive import COLLECTION, MEDIA_INDEX, media_index
from generator.apkg.notetypes import note_type_id
from generator.apkg.reader import TROUBLE
from generator.apkg.rows import Database
from generator.model import IdentifiedNote

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Intended:
    """What a package was meant to be.

    Attributes:
        notes: In order.
        database: What was written as the collection.
        media: Names and bytes in order.
        archive: The bytes of the whole file.
    """

    notes: Sequence[IdentifiedNote]
    database: Database
    media: Sequence[tuple[str, bytes]]
    archive: memoryview


def find_difference(place: Path, intended: Intended) -> str:
    """Read a package back and compare it with what should be in it.

    The file is compared byte by byte with what was written, the zip's directory with the entries
    that should be there, and the database is opened anew and compared with the notes, so that
    neither the disk nor the row writers are taken at their word.

    Args:
        place: The package, under its temporary name.
        intended: What it should be.

    Returns:
        What is different, or "".
    """
    try:
        if not _is_same(place, intended.archive):
            return "the disk holds other bytes"
        if not _has_entries(place, intended):
            return "its entries are others"
        return _find_in_database(intended.database, intended.notes)
    except TROUBLE as problem:
        return str(problem) or type(problem).__name__


def _is_same(place: Path, archive: memoryview) -> bool:
    """Compare piece by piece: what is large is in memory once already."""
    with place.open("rb") as file:
        pieces = range(0, len(archive), _PIECE)
        is_same = all(file.read(_PIECE) == archive[at : at + _PIECE] for at in pieces)
        return is_same and not file.read(1)


def _has_entries(place: Path, intended: Intended) -> bool:
    wanted = [(COLLECTION, intended.database.data), (MEDIA_INDEX, media_index(intended.media))]
    wanted += [(str(number), data) for number, (_, data) in enumerate(intended.media)]
    with zipfile.ZipFile(place) as package:
        found = [(entry.filename, entry.file_size, entry.CRC) for entry in package.infolist()]
    return found == [(name, len(data), zlib.crc32(data)) for name, data in wanted]


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
