"""Is what lies on the disk what was meant? Asked of every package before it takes its place."""

import zipfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from itertools import zip_longest
from mmap import mmap
from pathlib import Path

from generator.apkg.archive import COLLECTION, MEDIA_INDEX, media_index
from generator.apkg.notetypes import NoteType, note_type_for
from generator.apkg.reader import TROUBLE
from generator.apkg.rows import Database
from generator.model import IdentifiedNote

_PIECE = 1 << 20


def find_in_database(
    database: Database, notes: Sequence[IdentifiedNote], types: Sequence[NoteType]
) -> str:
    """Open a database anew and compare its rows with the notes that they were made of.

    Args:
        database: What will go into the package as its collection.
        notes: In order.
        types: The note types of the project.

    Returns:
        What is different, or "".
    """
    with closing(database.open()) as db:
        rows = db.execute("SELECT guid, mid, mod, tags, flds FROM notes ORDER BY id")
        for row, note in zip_longest(rows, notes):
            if note is None or row != _row(note, types):
                return "its notes are others"
        query = "SELECT count(*), count(DISTINCT nid), count(DISTINCT did) FROM cards"
        if db.execute(query).fetchone() != (database.cards, len(notes), database.decks):
            return "its cards are others"
    return ""


def find_on_disk(
    place: Path, archive: bytes, database: Database, media: Sequence[tuple[str, bytes]]
) -> str:
    """Read a package back: its bytes, and the entries that its directory names.

    Args:
        place: The package, under its temporary name.
        archive: The bytes that were written.
        database: What its collection should be.
        media: Names and bytes of its media, in order.

    Returns:
        What is different, or "".
    """
    try:
        if not _is_same(place, archive):
            return "the disk holds other bytes"
        return "" if _has_entries(place, database, media) else "its entries are others"
    except TROUBLE as problem:
        return str(problem) or type(problem).__name__


def _is_same(place: Path, archive: bytes) -> bool:
    """Compare piece by piece: what is large is in memory once already."""
    with place.open("rb") as file:
        pieces = range(0, len(archive), _PIECE)
        is_same = all(file.read(_PIECE) == archive[at : at + _PIECE] for at in pieces)
        return is_same and not file.read(1)


def _has_entries(place: Path, database: Database, media: Sequence[tuple[str, bytes]]) -> bool:
    with database.mapped() as data:
        wanted = [_summary(COLLECTION, data), _summary(MEDIA_INDEX, media_index(media))]
    wanted += [_summary(str(number), data) for number, (_, data) in enumerate(media)]
    with zipfile.ZipFile(place) as package:
        return wanted == [(e.filename, e.file_size, e.CRC) for e in package.infolist()]


def _summary(name: str, data: bytes | mmap) -> tuple[str, int, int]:
    return name, len(data), zlib.crc32(data)


def _row(note: IdentifiedNote, types: Sequence[NoteType]) -> tuple[str, int, int, str, str]:
    tags = f" {' '.join(note.tags)} "
    return (
        note.guid,
        note_type_for(note.note.kind, types).id,
        note.mod_s,
        tags,
        "\x1f".join(note.fields),
    )
