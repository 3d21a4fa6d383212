"""Reading packages: ours back whole, a stranger's without harm."""

import io
import json
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.apkg.notetypes import NoteType, note_types
from generator.apkg.reader import read_package
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES
from generator.model import CardKind, Media
from tests.apkg.conftest import Anki, MakeNote, a_note, dated, write_package

Types = tuple[NoteType, ...]


def test_what_was_written_is_read(types: Types, make_note: MakeNote, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"x")
    notes = (
        make_note(1, tags=("b", "a"), media=(Media("x-01.png", str(picture)),)),
        make_note(2, kind=CardKind.REVERSED, deck="Other"),
        make_note(3, kind=CardKind.CLOZE, question="{{c3::x}} {{c1::y}}"),
    )
    path = tmp_path / "deck.apkg"
    write_package(path, notes, note_types=types)
    package = read_package(path)
    assert [note.fields for note in package.notes] == [note.fields for note in notes]
    assert [note.guid for note in package.notes] == ["guid-1", "guid-2", "guid-3"]
    assert [note.cards for note in package.notes] == [(0,), (0, 1), (0, 2)]
    assert package.notes[0].tags == ("a", "b")
    assert package.decks == ("Other", "Physics::Light")
    assert set(package.media) == {"x-01.png"}
    assert [kind.fields for kind in package.note_types] == [FIELD_NAMES, FIELD_NAMES]
    assert package.note_types[0].css == types[0].css
    assert sum(len(note.cards) for note in package.notes) == 5
    assert [row for note in package.notes for row in note.card_rows.values()] == _card_rows(path)


def _card_rows(path: Path) -> list[int]:
    """Ids of the cards in a package, in the order of their notes."""
    with zipfile.ZipFile(path) as package, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(package.read("collection.anki2"))
        return [row for (row,) in db.execute("SELECT id FROM cards ORDER BY nid, ord")]


def test_a_package_exported_by_anki_for_old_versions_is_read(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    write_package(tmp_path / "ours.apkg", (make_note(1),), note_types=types)
    anki.import_package(tmp_path / "ours.apkg")
    _export(anki.col, tmp_path / "old.apkg", is_legacy=True)
    package = read_package(tmp_path / "old.apkg")
    assert [note.guid for note in package.notes] == ["guid-1"]
    assert package.decks == ("Physics::Light",)
    _export(anki.col, tmp_path / "new.apkg", is_legacy=False)
    assert "older Anki versions" in _refusal(tmp_path / "new.apkg")


def _export(col: Collection, path: Path, *, is_legacy: bool) -> None:
    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=is_legacy)
    col.export_anki_package(out_path=str(path), options=options, limit=None)


def _refusal(path: Path) -> str:
    with pytest.raises(AdmonkiError) as caught:
        read_package(path)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "E707"
    assert "\n" not in diagnostic.message
    return f"{diagnostic.message} {diagnostic.hint}"


def _zip(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return stream.getvalue()


def _database(script: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(script)
        return db.serialize()


_TABLES = """
CREATE TABLE col (models, decks); INSERT INTO col VALUES ('{}', '{}');
CREATE TABLE cards (id, nid, did, ord, due);
CREATE TABLE notes (id, guid, mid, mod, tags, flds);
"""
_VIEW = """
CREATE TABLE col (models, decks); CREATE TABLE cards (id, nid, did, ord, due);
CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
SELECT id, 'g' AS guid, 1 AS mid, 1 AS mod, '' AS tags, '' AS flds FROM n;
"""


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("nothing", b""),
        ("not a zip", b"hello" * 100),
        ("an empty zip", _zip({})),
        ("no database", _zip({"collection.anki2": b"", "media": b"{}"})),
        ("a broken database", _zip({"collection.anki2": b"SQLite format 3\0" + b"x" * 9000})),
        ("other tables", _zip({"collection.anki2": _database("CREATE TABLE a (b)")})),
        ("an endless view", _zip({"collection.anki2": _database(_VIEW)})),
        ("the newest layout", _zip({"collection.anki21b": b"x", "collection.anki2": b"x"})),
        ("a list of media", _zip({"collection.anki2": _database(_TABLES), "media": b"[1]"})),
        ("media not JSON", _zip({"collection.anki2": _database(_TABLES), "media": b"\xff"})),
        (
            "a path in the media",
            _zip({"collection.anki2": _database(_TABLES), "media": b'{"0":"../x"}', "0": b""}),
        ),
        (
            "listed media that are missing",
            _zip({"collection.anki2": _database(_TABLES), "media": b'{"0":"x.png"}'}),
        ),
        ("deep JSON", _zip({"collection.anki2": _database(_TABLES), "media": b"[" * 100_000})),
        ("a bomb", _zip({"collection.anki2": b"\0" * (1 << 27)})),
    ],
)
def test_a_bad_package_is_refused_soon_and_in_words(what: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.apkg"
    path.write_bytes(data)
    start = time.process_time()
    assert _refusal(path), what
    assert time.process_time() - start < 20


def test_missing_and_unreadable_paths_are_refused(tmp_path: Path) -> None:
    _refusal(tmp_path / "none.apkg")
    _refusal(tmp_path)


def test_a_package_that_unpacks_to_much_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.apkg"
    with zipfile.ZipFile(path, "w") as bomb:
        bomb.writestr("collection.anki2", b"")
        bomb.writestr("media", b"{}")
        bomb.writestr("0", bytes(1 << 27), zipfile.ZIP_DEFLATED)
    assert "too much" in _refusal(path)


def test_the_same_entry_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.apkg"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("media", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("media", "{}")
    _refusal(path)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "deck.apkg"
    notes = [a_note(number) for number in range(1, 6)]
    write_package(path, notes, note_types=dated(note_types()))
    return path


def _read_or_refuse(path: Path) -> None:
    with suppress(AdmonkiError):
        read_package(path)


_QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_QUICK
@given(data=st.data())
def test_damage_anywhere_is_read_or_refused_never_a_traceback(
    data: st.DataObject, good: Path, tmp_path: Path
) -> None:
    damaged = bytearray(good.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(len(damaged) // 2, len(damaged)))
    path = tmp_path / "damaged.apkg"
    path.write_bytes(damaged[:end])
    _read_or_refuse(path)


@_QUICK
@given(data=st.data())
def test_a_damaged_database_is_read_or_refused(
    data: st.DataObject, good: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(good) as package:
        database = bytearray(package.read("collection.anki2"))
    for _ in range(data.draw(st.integers(1, 40))):
        database[data.draw(st.integers(0, len(database) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.apkg"
    path.write_bytes(_zip({"collection.anki2": bytes(database), "media": b"{}"}))
    _read_or_refuse(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@_QUICK
@given(models=_JSON, decks=_JSON)
def test_any_json_in_the_collection_is_read_or_refused(
    models: object, decks: object, tmp_path: Path
) -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(_TABLES)
    db.execute("UPDATE col SET models = ?, decks = ?", (json.dumps(models), json.dumps(decks)))
    db.execute("INSERT INTO notes VALUES (1, 'g', 1, 1, '', 'x')")
    db.execute("INSERT INTO cards VALUES (1, 1, 1, 0, 1)")
    db.commit()
    path = tmp_path / "odd.apkg"
    path.write_bytes(_zip({"collection.anki2": db.serialize(), "media": b"{}"}))
    db.close()
    _read_or_refuse(path)


_VALUES: list[Callable[[], object]] = [
    lambda: None,
    lambda: b"\xff",
    lambda: 1.5,
    lambda: "text",
    lambda: 1 << 62,
]


@pytest.mark.parametrize("column", ["id", "guid", "mid", "mod", "tags", "flds"])
@pytest.mark.parametrize("value", _VALUES)
def test_any_value_in_a_note_is_read_or_refused(
    column: str, value: Callable[[], object], tmp_path: Path
) -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(_TABLES)
    db.execute("INSERT INTO notes VALUES (1, 'g', 1, 1, '', 'x')")
    db.execute(f"UPDATE notes SET {column} = ?", (value(),))
    db.commit()
    path = tmp_path / "odd.apkg"
    path.write_bytes(_zip({"collection.anki2": db.serialize(), "media": b"{}"}))
    db.close()
    _read_or_refuse(path)
