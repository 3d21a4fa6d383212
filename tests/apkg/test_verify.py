"""Nothing takes its place that is not what was meant."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.apkg import Counts, NoteType
from generator.apkg.archive import make_archive
from generator.apkg.fingerprint import make_comment
from generator.apkg.packed import PackedNote, Packer
from generator.apkg.rows import Database, make_database
from generator.apkg.verify import find_difference
from tests.apkg.conftest import EPOCH_S, MakeNote

Types = tuple[NoteType, ...]
_MEDIA = [("a.svg", b"<svg/>")]


@pytest.fixture
def notes(make_note: MakeNote) -> list[PackedNote]:
    return Packer().pack([make_note(1), make_note(2)])


@pytest.fixture
def database(notes: list[PackedNote], types: Types) -> Database:
    return make_database(notes, note_types=types, epoch_s=EPOCH_S)


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Path:
    comment = make_comment("0" * 32, Counts(2, 2, 1, 1))
    archive = make_archive(collection=database.data, media=_MEDIA, comment=comment)
    (tmp_path / "x.apkg").write_bytes(archive)
    return tmp_path / "x.apkg"


def test_what_was_meant_passes(place: Path, notes: list[PackedNote], database: Database) -> None:
    assert find_difference(place, notes=notes, database=database, media=_MEDIA) == ""


def test_another_note_is_seen(place: Path, notes: list[PackedNote], database: Database) -> None:
    fields = ("x", *notes[0].fields[1:])
    for other in (
        notes[:1],
        [*notes, notes[0]],
        [replace(notes[0], fields=fields), notes[1]],
        [replace(notes[0], tags=("y",)), notes[1]],
        [replace(notes[0], identified=replace(notes[0].identified, mod_s=1)), notes[1]],
    ):
        assert "notes" in find_difference(place, notes=other, database=database, media=_MEDIA)


def test_a_missing_card_is_seen(place: Path, notes: list[PackedNote], database: Database) -> None:
    more = replace(database, cards=3)
    assert "cards" in find_difference(place, notes=notes, database=more, media=_MEDIA)


@pytest.mark.parametrize(
    "media", [[], [("b.svg", b"<svg/>")], [("a.svg", b"<svg >")], [("a.svg", b"<svg/> ")]]
)
def test_other_media_are_seen(
    media: list[tuple[str, bytes]], place: Path, notes: list[PackedNote], database: Database
) -> None:
    assert find_difference(place, notes=notes, database=database, media=media)


def test_any_damaged_byte_of_the_content_is_seen(
    place: Path, notes: list[PackedNote], database: Database
) -> None:
    good = place.read_bytes()
    for offset in (0, 100, len(good) // 3, len(good) // 2):
        bad = bytearray(good)
        bad[offset] ^= 0x55
        place.write_bytes(bad)
        assert find_difference(place, notes=notes, database=database, media=_MEDIA), offset


def test_a_cut_or_missing_file_is_seen(
    place: Path, notes: list[PackedNote], database: Database
) -> None:
    place.write_bytes(place.read_bytes()[:-300])
    assert find_difference(place, notes=notes, database=database, media=_MEDIA)
    place.unlink()
    assert find_difference(place, notes=notes, database=database, media=_MEDIA)
