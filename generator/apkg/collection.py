"""Rows to Anki's legacy database; the only module that imports genanki.

All notes of a build are written once into one database; SQL then extracts the collection of each
package from it. genanki makes the tables, the row of the collection, note types, decks and cards.
The rows of notes are ours: genanki's `Note` searches for invalid HTML with a regex that is
quadratic in a line's length, and our HTML comes from a sanitizer. Which fields a card needs is
known from `CardTemplate.required`, where genanki would guess from the template.
"""

import itertools
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

import genanki

from generator.apkg.notetypes import NoteType
from generator.apkg.rows import Row
from generator.fields import FIELD_NAMES, note_deck

_LARGE_NOTES = 1000
_LARGE_PAGE, _SMALL_PAGE = 32_768, 4096
"""Large database pages split fewer notes; in a small database most of a page would be empty."""
# No other process uses the file, and a killed build discards it: no journal, no fsync.
_UNSAFE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
_DEFAULT_DECK = 1  # where Anki adds new notes of the type
_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"


def write_collection(place: Path, rows: Sequence[Row]) -> None:
    """Write rows into a fresh database, without note types and decks.

    Args:
        place: A file that does not exist yet.
        rows: In order.

    Raises:
        sqlite3.OperationalError: When the disk refuses.
    """
    with _fresh_database(place, rows) as db:
        db.executescript(_UNSAFE)
        genanki.Package([]).write_to_db(db.cursor(), 0, itertools.count())
        db.execute("BEGIN")
        db.executemany(_NOTE, map(note_values, rows))
        for row in rows:
            _write_cards(db.cursor(), row)
        db.execute("COMMIT")


def cut_collection(whole: Path, rows: Sequence[Row], *, note_types: Sequence[NoteType]) -> bytes:
    """Copy some rows into a database of their own.

    Args:
        whole: From `write_collection`.
        rows: Those to copy, in order.
        note_types: Those that the notes have; `mod_s` set.

    Returns:
        The database, the same bytes for the same arguments.
    """
    with _fresh_database(":memory:", rows) as db:
        db.execute("ATTACH ? AS whole", (str(whole),))
        for statement in _schema(db, "table"):
            db.execute(statement)
        db.execute("BEGIN")
        db.execute("INSERT INTO main.col SELECT * FROM whole.col")
        db.execute("UPDATE main.col SET decks = ?, models = ?", _col_values(db, rows, note_types))
        chosen = (json.dumps([row.id for row in rows]),)
        for table, key in (("notes", "id"), ("cards", "nid")):
            ids = "SELECT value FROM json_each(?)"
            copy = f"INSERT INTO main.{table} SELECT * FROM whole.{table} WHERE {key} IN ({ids})"  # noqa: S608 - our own names
            db.execute(f"{copy} ORDER BY id", chosen)
        db.execute("COMMIT")
        for statement in _schema(db, "index"):
            db.execute(statement)
        return _without_library_version(db.serialize())


def note_values(row: Row) -> tuple[int | str, ...]:
    """Return a note's row in the database: id, GUID, note type, mod, tags, fields, sort field."""
    known = row.note
    tags = f" {' '.join(known.tags)} "
    fields = "\x1f".join(known.fields)
    return row.id, known.guid, row.note_type, known.mod_s, tags, fields, known.fields[0]


@contextmanager
def _fresh_database(place: Path | str, rows: Sequence[Row]) -> Iterator[sqlite3.Connection]:
    page_size = _LARGE_PAGE if len(rows) > _LARGE_NOTES else _SMALL_PAGE
    with closing(sqlite3.connect(place, isolation_level=None)) as db:
        db.executescript(f"PRAGMA page_size = {page_size}; PRAGMA encoding = 'UTF-8';")
        yield db


def _write_cards(cursor: sqlite3.Cursor, row: Row) -> None:
    known, ids = row.note, itertools.count(row.id + 1)
    for ordinal in row.ordinals:
        card = genanki.Card(ordinal, suspend=known.note.is_suspended)
        card.write_to_db(cursor, known.mod_s, row.deck_id, row.id, ids, known.due)


def _schema(db: sqlite3.Connection, kind: str) -> list[str]:
    """The SQL by which genanki makes its tables or indexes."""
    query = "SELECT sql FROM whole.sqlite_master WHERE type = ? AND sql NOT NULL ORDER BY rowid"
    return [statement for (statement,) in db.execute(query, (kind,))]


def _col_values(
    db: sqlite3.Connection, rows: Sequence[Row], note_types: Sequence[NoteType]
) -> tuple[str, str]:
    """Decks and note types of some rows, as the table `col` holds them."""
    ids = {note_deck(row.note.note): row.deck_id for row in rows}
    (known,) = db.execute("SELECT decks FROM whole.col").fetchone()
    decks = json.loads(known)
    decks |= {str(id_): genanki.Deck(id_, name).to_json() for name, id_ in sorted(ids.items())}
    used = {row.note_type for row in rows}
    return json.dumps(decks), _models(tuple(kind for kind in note_types if kind.id in used))


@lru_cache(maxsize=4)  # the same for most packages of a build
def _models(note_types: tuple[NoteType, ...]) -> str:
    return json.dumps({str(kind.id): _model(kind) for kind in note_types})


def _model(kind: NoteType) -> dict[str, object]:
    """A note type as genanki writes it, but with our required fields of each card."""
    model = genanki.Model(
        kind.id,
        kind.name,
        fields=[{"name": name, "id": id_} for name, id_ in kind.fields],
        templates=[
            {"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back} for t in kind.templates
        ],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.is_cloze else genanki.Model.FRONT_BACK,
    )
    required = [
        [ordinal, "all", [FIELD_NAMES.index(name) for name in template.required]]
        for ordinal, template in enumerate(kind.templates)
    ]
    return {**model.to_json(kind.mod_s, _DEFAULT_DECK), "req": required}


def _without_library_version(database: bytes) -> bytes:
    """Zero SQLite's version data in the header, so that all versions write the same bytes.

    Bytes 24–27 are the change counter, 92–95 the counter that the version is valid for, 96–99
    the version number (SQLite file format, section 1.3).
    """
    one = (1).to_bytes(4, "big")
    return b"".join((database[:24], one, database[28:92], one, one, database[100:]))
