"""Notes to Anki's legacy database; the only module that imports genanki.

genanki's own row writers make every row, so that the layout of the tables stays its business.
They are given a cursor that collects: some hundred rows then cost one `executemany`. Left out are
genanki's check for invalid HTML (a slow regex, and our HTML comes from a sanitizer) and its
reading of templates (`Model._req`): which fields a card needs is said by `CardTemplate.required`.

A large database grows in a file: in memory it would stand there three times before it is in a
zip. A small one is made in memory: a file that is deleted at once costs more than its rows.
"""

import hashlib
import itertools
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from generator.apkg.card import cloze_numbers
from generator.apkg.notetypes import NoteType, note_type_for
from generator.fields import FIELD_NAMES, note_deck
from generator.model import CardKind, IdentifiedNote

_TABLES, _INDEXES = re.split(r"(?=CREATE INDEX)", APKG_SCHEMA, maxsplit=1)
_NOTES_AT_ONCE = 250
LARGE_NOTES = 1000
"""More are too much for memory, and fill large pages."""
_HEADER = 100  # bytes
# The file is nobody else's, and a build that is killed leaves none: neither journal nor syncing.
_SETTINGS = """
PRAGMA page_size = {page_size}; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
"""


@dataclass(frozen=True, slots=True)
class Database:
    """A collection ready to be zipped.

    Attributes:
        storage: The file, or the bytes of a small one.
        notes: Number of notes.
        cards: Number of cards.
        decks: Number of decks with cards.
        cardless: Places of the notes that Anki would make no card of.
    """

    storage: Path | bytes
    notes: int
    cards: int
    decks: int
    cardless: tuple[int, ...]

    @contextmanager
    def mapped(self) -> Iterator[bytes | mmap]:
        """The bytes, as long as the context lasts, without loading a file."""
        if isinstance(self.storage, bytes):
            yield self.storage
            return
        with self.storage.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            yield data

    def open(self) -> sqlite3.Connection:
        """Open it anew, to read."""
        if isinstance(self.storage, Path):
            return sqlite3.connect(self.storage)
        db = sqlite3.connect(":memory:")
        db.deserialize(self.storage)
        return db


class _Model(genanki.Model):  # type: ignore[misc]
    """A genanki model that knows which fields each card needs."""

    def __init__(self, kind: NoteType) -> None:
        super().__init__(
            kind.id,
            kind.name,
            fields=[{"name": name, "id": id_} for name, id_ in kind.fields],
            templates=[
                {"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back}
                for t in kind.templates
            ],
            css=kind.css,
            model_type=self.CLOZE if kind.is_cloze else self.FRONT_BACK,
        )
        self.is_cloze = kind.is_cloze
        self.mod_s = kind.mod_s
        self.asked_field = FIELD_NAMES.index(kind.templates[0].required[0])
        self._required = [
            [ord_, "all", [FIELD_NAMES.index(name) for name in template.required]]
            for ord_, template in enumerate(kind.templates)
        ]

    @property
    def _req(self) -> list[list[object]]:
        return self._required


class _Note(genanki.Note):  # type: ignore[misc]
    """A genanki note without checks of what is clean already, and with gaps inside gaps."""

    tags: tuple[str, ...] = ()  # plain attributes where genanki has properties
    guid: str = ""
    sort_field: str = ""

    def __init__(self, model: _Model, identified: IdentifiedNote) -> None:
        self.model = model
        self.fields = identified.fields
        self.tags = identified.tags
        self.guid = identified.guid
        self.due = identified.due
        self.sort_field = identified.fields[0]
        self.is_suspended = identified.note.is_suspended

    @property
    def cards(self) -> list[genanki.Card]:
        """As genanki's, whose decorator looks for coroutines at every note."""
        cards: list[genanki.Card]
        cards = self._cloze_cards() if self.model.is_cloze else self._front_back_cards()
        for card in cards if self.is_suspended else ():
            card.suspend = True
        return cards

    def _check_invalid_html_tags_in_fields(self) -> None:
        pass

    def _cloze_cards(self) -> list[genanki.Card]:
        """One card a number; genanki's own search does not see `{{c1::a {{c2::b}}}}`."""
        html = self.fields[self.model.asked_field]
        return [genanki.Card(number - 1) for number in sorted(cloze_numbers(html))]


class _Rows:
    """Looks like a cursor to genanki, and keeps the rows for later."""

    def __init__(self) -> None:
        self.by_statement: dict[str, list[tuple[object, ...]]] = {}
        self.lastrowid: object = 0
        self.count = 0

    def execute(self, statement: str, row: tuple[object, ...]) -> None:
        """Keep a row; its first value is its id."""
        self.by_statement.setdefault(statement, []).append(row)
        self.lastrowid = row[0]
        self.count += 1

    def flush(self, db: sqlite3.Connection) -> None:
        """Insert the rows kept so far."""
        for statement, values in self.by_statement.items():
            db.executemany(statement, values)
        self.by_statement.clear()


def make_database(
    place: Path | None,
    notes: Sequence[IdentifiedNote],
    *,
    note_types: Sequence[NoteType],
) -> Database:
    """Write notes into a fresh collection.

    Args:
        place: A file that does not exist yet; None to stay in memory.
        notes: In the order of their rows.
        note_types: Those that the notes have; `mod_s` set.

    Returns:
        The database, the same bytes for the same arguments.

    Raises:
        sqlite3.OperationalError: When the disk refuses.
    """
    decks = _deck_ids(note_deck(identified.note) for identified in notes)
    types = {kind: note_type_for(kind, note_types) for kind in {one.note.kind for one in notes}}
    used = {kind.id: _Model(kind) for kind in types.values()}
    models = {kind: used[types[kind].id] for kind in types}
    with closing(sqlite3.connect(place or ":memory:", isolation_level=None)) as db:
        db.executescript(_SETTINGS.format(page_size=_page_size(notes)) + _TABLES)
        db.execute("BEGIN")
        _insert_collection(db, models=used, decks=decks)
        counts = _insert_notes(db, notes, models=models, decks=decks)
        db.execute("COMMIT")
        db.executescript(_INDEXES)
        storage = place or _without_library_version(db.serialize())
    if place:
        _blank_library_version(place)
    cardless = tuple(number for number, count in enumerate(counts) if not count)
    return Database(storage, len(notes), sum(counts), len(decks), cardless)


def _page_size(notes: Sequence[IdentifiedNote]) -> int:
    """Large pages hold notes in fewer pieces; of a small database most would stay empty."""
    return 32_768 if len(notes) > LARGE_NOTES else 4096


def _insert_notes(
    db: sqlite3.Connection,
    notes: Sequence[IdentifiedNote],
    *,
    models: Mapping[CardKind, _Model],
    decks: Mapping[str, int],
) -> list[int]:
    """Let genanki make the rows of all notes and cards; return the number of each note's cards."""
    rows = _Rows()
    counts = []
    free_id = 0
    for number, identified in enumerate(notes, start=1):
        note = identified.note
        free_id = max(free_id, identified.row_id)
        ids = itertools.count(free_id)
        before = rows.count
        row = _Note(models[note.kind], identified)
        row.write_to_db(rows, identified.mod_s, decks[note_deck(note)], ids)
        counts.append(rows.count - before - 1)
        free_id = next(ids)
        if number % _NOTES_AT_ONCE == 0:
            rows.flush(db)
    rows.flush(db)
    return counts


def _insert_collection(
    db: sqlite3.Connection, *, models: Mapping[int, _Model], decks: Mapping[str, int]
) -> None:
    """Fill the table that holds note types and decks."""
    db.execute(APKG_COL)
    known = json.loads(db.execute("SELECT decks FROM col").fetchone()[0])
    known |= {str(id_): genanki.Deck(id_, name).to_json() for name, id_ in decks.items()}
    first_deck = next(iter(decks.values()), 1)
    kinds = {str(id_): model.to_json(model.mod_s, first_deck) for id_, model in models.items()}
    db.execute("UPDATE col SET decks = ?, models = ?", (json.dumps(known), json.dumps(kinds)))


def _deck_ids(names: Iterable[str]) -> dict[str, int]:
    """Give each deck an id from its name; Anki itself matches decks by name."""
    ids: dict[str, int] = {}
    for name in sorted(set(names)):
        digest = hashlib.sha256(name.encode()).digest()
        start = (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)
        taken = set(ids.values())
        ids[name] = next(_from(start, without=taken))
    return ids


def _from(start: int, *, without: set[int]) -> Iterator[int]:
    return (number for number in itertools.count(start) if number not in without)


def _blank_library_version(place: Path) -> None:
    with place.open("r+b") as file:
        header = _without_library_version(file.read(_HEADER))
        file.seek(0)
        file.write(header)


def _without_library_version(database: bytes) -> bytes:
    """Blank what SQLite notes about itself in the header, else each version writes other bytes.

    Bytes 24–27 are the change counter, 92–95 the counter that the version is valid for, 96–99
    the version number (SQLite file format, section 1.3).
    """
    one = (1).to_bytes(4, "big")
    return b"".join((database[:24], one, database[28:92], one, one, database[_HEADER:]))
