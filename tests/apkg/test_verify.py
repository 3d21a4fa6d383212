"""Nothing takes its place that is not what was meant."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.apkg.archive import entries_of, make_archive
from generator.apkg.collection import cut_collection, write_collection
from generator.apkg.fingerprint import Counts, make_comment
from generator.apkg.notetypes import NoteType
from generator.apkg.rows import Row, number_rows
from generator.apkg.verify import find_in_collection, find_in_part, find_on_disk
from generator.model import CardKind
from tests.apkg.conftest import EPOCH_S, MakeNote

Types = tuple[NoteType, ...]
_MEDIA = [("a.svg", b"<svg/>")]


@pytest.fixture
def rows(make_note: MakeNote, types: Types) -> tuple[Row, ...]:
    notes = [make_note(number) for number in (1, 2, 4)]
    return number_rows(notes, note_types=types)


@pytest.fixture
def whole(rows: tuple[Row, ...], tmp_path: Path) -> Path:
    write_collection(tmp_path / "whole", rows)
    return tmp_path / "whole"


@pytest.fixture
def collection(whole: Path, rows: tuple[Row, ...], types: Types) -> bytes:
    return cut_collection(whole, rows, note_types=types)


@pytest.fixture
def archive(collection: bytes) -> bytes:
    return make_archive(collection, _MEDIA, comment=make_comment("0" * 32, Counts(3, 3, 1, 1)))


@pytest.fixture
def place(archive: bytes, tmp_path: Path) -> Path:
    (tmp_path / "x.apkg").write_bytes(archive)
    return tmp_path / "x.apkg"


def _compare(whole: Path, rows: tuple[Row, ...]) -> str:
    with closing(sqlite3.connect(whole)) as db:
        return find_in_collection(db, rows)


def test_what_was_meant_passes(
    place: Path, archive: bytes, collection: bytes, whole: Path, rows: tuple[Row, ...]
) -> None:
    assert _compare(whole, rows) == ""
    assert find_in_part(collection, rows) == ""
    assert find_on_disk(place, archive, entries_of(collection, _MEDIA)) == ""


def test_a_part_holds_its_notes_and_nothing_else(
    whole: Path, rows: tuple[Row, ...], types: Types
) -> None:
    part = cut_collection(whole, rows[1:2], note_types=types)
    assert find_in_part(part, rows[1:2]) == ""
    assert "notes" in find_in_part(part, rows)
    assert "notes" in find_in_part(part, rows[:1])


def test_a_part_is_the_same_bytes_whatever_else_is_built(
    whole: Path, rows: tuple[Row, ...], types: Types, tmp_path: Path
) -> None:
    write_collection(tmp_path / "less", rows[1:])
    parts = [cut_collection(db, rows[1:2], note_types=types) for db in (whole, tmp_path / "less")]
    assert parts[0] == parts[1]


def test_notes_are_sorted_by_their_text(types: Types, make_note: MakeNote, tmp_path: Path) -> None:
    notes = [make_note(1, question="Why <b>?")]
    write_collection(tmp_path / "db", number_rows(notes, note_types=types))
    with closing(sqlite3.connect(tmp_path / "db")) as db:
        assert db.execute("SELECT sfld FROM notes").fetchall() == [("Why &lt;b&gt;?",)]


def test_ids_follow_from_places_in_reading_order(rows: tuple[Row, ...]) -> None:
    first = EPOCH_S * 1000
    assert [row.id for row in rows] == [first + 4, first + 8, first + 16]


def test_a_note_with_many_cards_pushes_the_next_away(types: Types, make_note: MakeNote) -> None:
    gaps = " ".join(f"{{{{c{number}::x}}}}" for number in range(1, 10))
    notes = [make_note(1, question=gaps, kind=CardKind.CLOZE), make_note(2)]
    one, two = number_rows(notes, note_types=types)
    assert one.ordinals == tuple(range(9))
    assert two.id == one.id + 10


def test_another_note_is_seen(whole: Path, rows: tuple[Row, ...]) -> None:
    one, *others = rows
    for known in (
        replace(one.note, fields=("x", *one.note.fields[1:])),
        replace(one.note, fields=(*one.note.fields[:-1], "x")),
        replace(one.note, tags=("y",)),
        replace(one.note, mod_s=1),
        replace(one.note, guid="y"),
    ):
        assert "notes" in _compare(whole, (replace(one, note=known), *others))
    assert "notes" in _compare(whole, (one, *others, one))
    assert "notes" in _compare(whole, (one,))


def test_another_card_is_seen(whole: Path, collection: bytes, rows: tuple[Row, ...]) -> None:
    one, *others = rows
    for other in (
        replace(one, ordinals=()),
        replace(one, ordinals=(0, 1)),
        replace(one, deck_id=5),
        replace(one, note=replace(one.note, due=9)),
    ):
        assert "cards" in _compare(whole, (other, *others))
        assert "cards" in find_in_part(collection, (other, *others))


@pytest.mark.parametrize(
    "media", [[], [("b.svg", b"<svg/>")], [("a.svg", b"<svg >")], [("a.svg", b"<svg/> ")]]
)
def test_other_media_are_seen(
    media: list[tuple[str, bytes]], place: Path, archive: bytes, collection: bytes
) -> None:
    assert "entr" in find_on_disk(place, archive, entries_of(collection, media))


def test_any_damaged_byte_is_seen(place: Path, archive: bytes, collection: bytes) -> None:
    entries = entries_of(collection, _MEDIA)
    for offset in (0, 100, len(archive) // 3, len(archive) // 2, len(archive) - 1):
        bad = bytearray(archive)
        bad[offset] ^= 0x55
        place.write_bytes(bad)
        assert "bytes" in find_on_disk(place, archive, entries), offset


def test_a_zip_that_was_made_wrong_is_seen(
    place: Path, archive: bytes, collection: bytes, rows: tuple[Row, ...]
) -> None:
    """What was written is on the disk, and is not what should have been written."""
    comment = make_comment("0" * 32, Counts(3, 3, 1, 1))
    other = make_archive(collection[:-1] + b"x", _MEDIA, comment=comment)
    place.write_bytes(other)
    assert "differs" in find_on_disk(place, other, entries_of(collection, _MEDIA))


def test_a_cut_longer_or_missing_file_is_seen(
    place: Path, archive: bytes, collection: bytes
) -> None:
    entries = entries_of(collection, _MEDIA)
    for other in (archive[:-300], archive + b"x"):
        place.write_bytes(other)
        assert "bytes" in find_on_disk(place, archive, entries)
    place.unlink()
    assert find_on_disk(place, archive, entries)
