"""Nothing takes its place that is not what was meant."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.apkg import Counts, NoteType
from generator.apkg.archive import make_archive
from generator.apkg.fingerprint import make_comment
from generator.apkg.rows import make_database
from generator.apkg.verify import Intended, find_difference
from tests.apkg.conftest import EPOCH_S, MakeNote

_MEDIA = [("a.svg", b"<svg/>")]


@pytest.fixture
def intended(make_note: MakeNote, types: tuple[NoteType, ...]) -> Intended:
    notes = [make_note(1), make_note(2)]
    database = make_database(notes, note_types=types, epoch_s=EPOCH_S)
    comment = make_comment("0" * 32, Counts(2, 2, 1, 1))
    archive = make_archive(collection=database.data, media=_MEDIA, comment=comment)
    return Intended(notes, database, _MEDIA, archive)


@pytest.fixture
def place(intended: Intended, tmp_path: Path) -> Path:
    (tmp_path / "x.apkg").write_bytes(intended.archive)
    return tmp_path / "x.apkg"


def test_what_was_meant_passes(place: Path, intended: Intended) -> None:
    assert find_difference(place, intended) == ""


def test_another_note_is_seen(place: Path, intended: Intended) -> None:
    one, two = intended.notes
    for other in (
        [one],
        [one, two, one],
        [replace(one, fields=("x", *one.fields[1:])), two],
        [replace(one, tags=("y",)), two],
        [replace(one, mod_s=1), two],
    ):
        assert "notes" in find_difference(place, replace(intended, notes=other))


def test_a_missing_card_is_seen(place: Path, intended: Intended) -> None:
    more = replace(intended, database=replace(intended.database, cards=3))
    assert "cards" in find_difference(place, more)


@pytest.mark.parametrize("media", [[], [("b.svg", b"<svg/>")], [("a.svg", b"<svg >")]])
def test_other_media_are_seen(
    media: list[tuple[str, bytes]], place: Path, intended: Intended
) -> None:
    assert "entries" in find_difference(place, replace(intended, media=media))


def test_any_damaged_byte_is_seen(place: Path, intended: Intended) -> None:
    good = place.read_bytes()
    for offset in (0, 100, len(good) // 3, len(good) // 2, len(good) - 1):
        bad = bytearray(good)
        bad[offset] ^= 0x55
        place.write_bytes(bad)
        assert "bytes" in find_difference(place, intended), offset


def test_a_cut_longer_or_missing_file_is_seen(place: Path, intended: Intended) -> None:
    good = place.read_bytes()
    for other in (good[:-300], good + b"x"):
        place.write_bytes(other)
        assert find_difference(place, intended)
    place.unlink()
    assert find_difference(place, intended)
