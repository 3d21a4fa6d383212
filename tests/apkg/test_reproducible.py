"""The same notes make the same bytes, wherever and whenever."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.apkg.commit import commit
from generator.apkg.notetypes import NoteType
from generator.apkg.writer import Plan, stage
from generator.model import CardKind, Media
from tests.apkg.conftest import MakeNote, write_package
from tests.conftest import ROOT

Types = tuple[NoteType, ...]

_SCRIPT = """
import sys
from pathlib import Path
from generator.apkg.notetypes import note_types
from tests.apkg.conftest import a_note, dated, write_package
notes = [a_note(number, deck=f"D::{number % 3}") for number in range(1, 40)]
write_package(Path(sys.argv[1]), notes, note_types=dated(note_types()))
"""


@pytest.mark.slow
def test_other_folder_timezone_locale_and_hash_seed_change_nothing(tmp_path: Path) -> None:
    made = []
    for name, env in (
        ("one", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        ("two", {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8"}),
    ):
        path = tmp_path / name / "deck.apkg"
        command = [sys.executable, "-c", _SCRIPT, str(path)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=True, timeout=60)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_the_order_of_the_notes_does_not_matter(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    kinds = list(CardKind)
    notes = [
        make_note(n, kind=kinds[n % 3], question=f"{{{{c1::x{n}}}}}", deck=f"D::{n % 4}")
        for n in range(1, 30)
    ]
    made = set()
    for seed in range(3):
        random.Random(seed).shuffle(notes)
        path = tmp_path / f"{seed}.apkg"
        write_package(path, notes, note_types=types)
        made.add(path.read_bytes())
    assert len(made) == 1


def test_a_package_is_deflated_dated_alike_and_holds_nothing_extra(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    picture = tmp_path / "p.svg"
    picture.write_text("<svg/>" * 100)
    note = make_note(1, media=(Media("p-0001.svg", str(picture)),))
    path = tmp_path / "out" / "deck.apkg"
    write_package(path, (note,), note_types=types)
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        names = json.loads(package.read("media"))
    stored = [e.filename for e in entries if e.compress_type != zipfile.ZIP_DEFLATED]
    assert all(names[number].endswith(".woff2") for number in stored)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries[:2]] == ["collection.anki2", "media"]
    assert [entry.name for entry in path.parent.iterdir()] == ["deck.apkg"]


def test_the_same_again_is_not_written_again(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    plans = (Plan(tmp_path / "deck.apkg", (make_note(1),)),)
    commit(stage(plans, note_types=types))
    (again,) = stage(plans, note_types=types)
    assert again.temporary is None
    assert again.counts.notes == 1


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "<p>Other.</p>"},
        {"mod_s": 1_800_000_000},
        {"deck": "Other"},
        {"tags": ("other",)},
        {"kind": CardKind.REVERSED},
    ],
)
def test_whatever_changes_is_written(
    change: dict[str, object], types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    path = tmp_path / "deck.apkg"
    write_package(path, (make_note(1),), note_types=types)
    changed = write_package(path, (make_note(1, **change),), note_types=types)
    assert changed.temporary is not None
    fresh = tmp_path / "fresh.apkg"
    write_package(fresh, (make_note(1, **change),), note_types=types)
    assert path.read_bytes() == fresh.read_bytes()


def test_new_css_is_written(types: Types, make_note: MakeNote, tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    write_package(path, (make_note(1),), note_types=types)
    restyled = tuple(replace(kind, css=kind.css + "b {}") for kind in types)
    assert write_package(path, (make_note(1),), note_types=restyled).temporary


@pytest.mark.parametrize("place", [10, 200, -10, -60])
def test_a_damaged_package_is_written_again(
    place: int, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    path = tmp_path / "deck.apkg"
    write_package(path, (make_note(1),), note_types=types)
    good = path.read_bytes()
    bad = bytearray(good)
    bad[place] ^= 0xFF
    path.write_bytes(bad)
    write_package(path, (make_note(1),), note_types=types)
    assert path.read_bytes() == good


def test_what_makes_an_entry_and_a_deck_is_fixed(
    types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    """Another id for a deck, or another system's marks, would be other bytes for everyone."""
    path = tmp_path / "x.apkg"
    notes = (make_note(1, deck="A::B"), make_note(2, deck="A::B"), make_note(3, deck="A"))
    write_package(path, notes, note_types=types)
    with zipfile.ZipFile(path) as package:
        marks = {(e.create_system, e.external_attr >> 16, e.date_time) for e in package.infolist()}
        (tmp_path / "db").write_bytes(package.read("collection.anki2"))
    assert marks == {(3, 0o644, (1980, 1, 1, 0, 0, 0))}
    with closing(sqlite3.connect(tmp_path / "db")) as db:
        ((text,),) = db.execute("SELECT decks FROM col")
    decks = {deck["name"]: deck["id"] for deck in json.loads(text).values()}
    assert {name: decks[name] for name in ("A", "A::B")} == {"A": 1436216016, "A::B": 1629816559}
