"""A lock from packages that somebody forged, and locks that somebody forged."""

import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.apkg.notetypes import note_types
from generator.cli import main
from generator.errors import AdmonkiError
from generator.identity.lock import Lock
from generator.identity.lock_reader import parse_lock
from generator.identity.lock_text import format_lock
from generator.pipeline.recover import locks_of, recover
from tests.apkg.conftest import a_note, dated, write_package


def _forged(path: Path, change: str, *values: object) -> Path:
    """A package of two notes, the first of them changed."""
    write_package(path, [a_note(1), a_note(2)], note_types=dated(note_types()))
    with zipfile.ZipFile(path) as package:
        entries = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in entries if name.startswith("collection"))
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(entries[name])
        db.execute(f"{change} WHERE id = (SELECT min(id) FROM notes)", values)
        db.commit()
        entries[name] = db.serialize()
    with zipfile.ZipFile(path, "w") as package:
        for entry, data in entries.items():
            package.writestr(entry, data)
    return path


def _only(path: Path) -> Lock:
    (lock,) = locks_of(path)
    return lock


@pytest.mark.parametrize("guid", ["x\ncard\tkey", "x\ty", "x\x1b[2J", "", "a b", "x" * 65])
def test_a_guid_that_is_not_one_word_is_left_out(guid: str, tmp_path: Path) -> None:
    path = _forged(tmp_path / "a.apkg", "UPDATE notes SET guid = ?", guid)
    lock = _only(path)
    assert [entry.guid for entry in lock.entries] == ["guid-2"]
    assert parse_lock(format_lock(lock), "x")[1] == ()


@pytest.mark.parametrize("mod", [-1, 0, 1, 10**18])
def test_a_time_before_anki_or_after_us_is_left_out_or_refused(mod: int, tmp_path: Path) -> None:
    path = _forged(tmp_path / "a.apkg", "UPDATE notes SET mod = ?", mod)
    if mod > 1:
        with pytest.raises(AdmonkiError, match=r"E707.*dated in the future"):
            locks_of(path)
    else:
        assert [entry.guid for entry in _only(path).entries] == ["guid-2"]


def test_a_package_from_next_week_is_refused_by_name(tmp_path: Path) -> None:
    later = int(time.time()) + 7 * 86_400
    path = _forged(tmp_path / "a.apkg", "UPDATE notes SET mod = ?", later)
    with pytest.raises(AdmonkiError, match=r"a\.apkg"):
        locks_of(tmp_path)
    assert [item.code for item in recover(tmp_path, (), "x")[1]] == ["E707"]
    assert path.exists()


def test_a_note_with_other_fields_is_left_out(tmp_path: Path) -> None:
    path = _forged(tmp_path / "a.apkg", "UPDATE notes SET flds = ?", "a\x1fb")
    assert [entry.guid for entry in _only(path).entries] == ["guid-2"]


_CELLS = [
    "",
    "-5",
    "9" * 30,
    "9" * 5000,
    "²",
    "1e999",
    "[[1e999,1,1]]",
    '[[99999,"",""]]',
    "\x1b[2J",
]


@pytest.mark.parametrize("value", _CELLS)
def test_a_forged_cell_is_read_or_named_never_a_traceback(value: str, tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    write_package(path, [a_note(1)], note_types=dated(note_types()))
    lines = format_lock(_only(path)).split("\n")
    for number, line in enumerate(lines):
        for cell in range(len(line.split("\t"))):
            cells = line.split("\t")
            cells[cell] = value
            text = "\n".join([*lines[:number], "\t".join(cells), *lines[number + 1 :]])
            lock, found = parse_lock(text, "x")
            assert format_lock(lock)
            if line.startswith("card") and "\t".join(cells) != line:
                assert found  # its page's line has a checksum


@pytest.mark.parametrize("epoch", ["9" * 30, "-5", "0", "9" * 5000])
def test_a_forged_epoch_is_named(epoch: str) -> None:
    text = f"version\t1\nnamespace\t0123456789\nepoch\t{epoch}\n"
    assert "E605" in [item.code for item in parse_lock(text, "x")[1]]


_NAMES = ["x" * 300 + ".md", "a/" * 3000 + "b.md", "a\x00b.md", "../../etc/passwd", "/dev/stdin"]


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("is_lost", [True, False])
def test_a_page_whose_name_no_file_can_have_is_not_there(
    name: str, is_lost: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a page comes from a lock, or from a field of a package when the lock is lost."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "p.md").write_text('??? question "Why is sky number 1 blue?"\n    a\n')
    (tmp_path / "admonki.toml").touch()
    monkeypatch.chdir(tmp_path)
    change = "UPDATE notes SET flds = replace(flds, ?, ?)"
    path = _forged(tmp_path / "a.apkg", change, "physics.md#light", name)
    lock = _only(path)
    assert name in {entry.page for entry in lock.entries} or "\0" in name
    if is_lost:
        (tmp_path / "build").mkdir()
        path.rename(tmp_path / "build" / "all.apkg")
    else:
        (tmp_path / "source" / "admonki.lock").write_text(format_lock(lock))
    for command in ("build", "check", "diff", "list"):
        result = CliRunner().invoke(main, [command])
        assert result.exit_code == 0, result.output
