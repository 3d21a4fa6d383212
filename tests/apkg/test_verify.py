"""Nothing takes its place that is not what was meant."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from generator.apkg.archive import make_archive
from generator.apkg.fingerprint import Counts, make_comment
from generator.apkg.notetypes import NoteType
from generator.apkg.rows import Database, make_database
from generator.apkg.verify import find_in_database, find_on_disk
from generator.model import IdentifiedNote
from tests.apkg.conftest import EPOCH_S, MakeNote

_MEDIA = [("a.svg", b"<svg/>")]


@pytest.fixture
def notes(make_note: MakeNote) -> list[IdentifiedNote]:
    return [make_note(1), make_note(2)]


@pytest.fixture(params=["in memory", "in a file"])
def database(
    notes: list[IdentifiedNote],
    types: tuple[NoteType, ...],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Database:
    place = tmp_path / "x.anki2" if request.param == "in a file" else None
    return make_database(place, notes, note_types=types)


@pytest.fixture
def archive(database: Database) -> bytes:
    comment = make_comment("0" * 32, Counts(2, 2, 1, 1))
    with database.mapped() as data, ThreadPoolExecutor() as threads:
        return make_archive(collection=data, media=_MEDIA, comment=comment, share=threads.map)


@pytest.fixture
def place(archive: bytes, tmp_path: Path) -> Path:
    (tmp_path / "x.apkg").write_bytes(archive)
    return tmp_path / "x.apkg"


def test_what_was_meant_passes(
    place: Path,
    archive: bytes,
    database: Database,
    notes: list[IdentifiedNote],
    types: tuple[NoteType, ...],
) -> None:
    assert find_in_database(database, notes, types) == ""
    assert find_on_disk(place, archive, database, _MEDIA) == ""


def test_notes_are_sorted_by_their_text(types: tuple[NoteType, ...], make_note: MakeNote) -> None:
    note = make_note(1, question="Why <b>?")
    database = make_database(None, [note], note_types=types)
    with closing(database.open()) as db:
        assert db.execute("SELECT sfld FROM notes").fetchall() == [("Why &lt;b&gt;?",)]


def test_ids_are_those_of_the_lock(types: tuple[NoteType, ...], make_note: MakeNote) -> None:
    notes = [make_note(1), make_note(3)]
    database = make_database(None, notes, note_types=types)
    with closing(database.open()) as db:
        ids = db.execute("SELECT id FROM notes ORDER BY id").fetchall()
    assert ids == [(EPOCH_S * 1000 + 4,), (EPOCH_S * 1000 + 12,)]


def test_another_note_is_seen(
    database: Database, notes: list[IdentifiedNote], types: tuple[NoteType, ...]
) -> None:
    one, two = notes
    for other in (
        [one],
        [one, two, one],
        [replace(one, fields=("x", *one.fields[1:])), two],
        [replace(one, tags=("y",)), two],
        [replace(one, mod_s=1), two],
    ):
        assert "notes" in find_in_database(database, other, types)


def test_a_missing_card_is_seen(
    database: Database, notes: list[IdentifiedNote], types: tuple[NoteType, ...]
) -> None:
    assert "cards" in find_in_database(replace(database, cards=3), notes, types)


@pytest.mark.parametrize(
    "media", [[], [("b.svg", b"<svg/>")], [("a.svg", b"<svg >")], [("a.svg", b"<svg/> ")]]
)
def test_other_media_are_seen(
    media: list[tuple[str, bytes]], place: Path, archive: bytes, database: Database
) -> None:
    assert "entries" in find_on_disk(place, archive, database, media)


def test_any_damaged_byte_is_seen(place: Path, archive: bytes, database: Database) -> None:
    good = place.read_bytes()
    for offset in (0, 100, len(good) // 3, len(good) // 2, len(good) - 1):
        bad = bytearray(good)
        bad[offset] ^= 0x55
        place.write_bytes(bad)
        assert "bytes" in find_on_disk(place, archive, database, _MEDIA), offset


def test_a_cut_longer_or_missing_file_is_seen(
    place: Path, archive: bytes, database: Database
) -> None:
    good = place.read_bytes()
    for other in (good[:-300], good + b"x"):
        place.write_bytes(other)
        assert "bytes" in find_on_disk(place, archive, database, _MEDIA)
    place.unlink()
    assert find_on_disk(place, archive, database, _MEDIA)


def test_it_is_the_same_in_memory_and_in_a_file(
    notes: list[IdentifiedNote], types: tuple[NoteType, ...], tmp_path: Path
) -> None:
    place = tmp_path / "x.anki2"
    small = make_database(None, notes, note_types=types)
    large = make_database(place, notes, note_types=types)
    assert large.storage == place
    assert small.storage == place.read_bytes()
