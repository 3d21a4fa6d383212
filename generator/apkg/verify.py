"""Is what lies on the disk what was meant? Asked of every package before it takes its place."""

import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from generator.apkg.archive import COLLECTION, MEDIA_INDEX, media_index
from generator.apkg.packed import PackedNote
from generator.apkg.reader import TROUBLE
from generator.apkg.rows import Database


def find_difference(
    place: Path,
    *,
    notes: Sequence[PackedNote],
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
                if package.read(name) != data:
                    return f"its entry {name} is another"
        return _find_in_database(database, notes)
    except TROUBLE as problem:
        return str(problem) or type(problem).__name__


def _find_in_database(database: Database, notes: Sequence[PackedNote]) -> str:
    wanted = [
        (n.identified.guid, n.note_type, n.identified.mod_s, _joined(n.tags), "\x1f".join(n.fields))
        for n in notes
    ]
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(database.data)
        rows = db.execute("SELECT guid, mid, mod, tags, flds FROM notes ORDER BY id").fetchall()
        if rows != wanted:
            return "its notes are others"
        query = "SELECT count(*), count(DISTINCT nid), count(DISTINCT did) FROM cards"
        if db.execute(query).fetchone() != (database.cards, len(notes), database.decks):
            return "its cards are others"
    return ""


def _joined(tags: Sequence[str]) -> str:
    return f" {' '.join(tags)} "
