"""Another zlib gives other bytes, but the same entries, and no new package."""

import importlib
import zipfile
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from generator.apkg.notetypes import NoteType
from generator.apkg.reader import read_package
from generator.apkg.writer import Plan, stage
from generator.commands.diff import command as diff
from tests.apkg.conftest import Anki, MakeNote, write_package

Types = tuple[NoteType, ...]


def _other_level() -> Any:
    """The zlib of Python itself, but it always compresses as well as it can."""

    def compressobj(_level: int, *others: Any) -> Any:
        return zlib.compressobj(9, *others)

    return SimpleNamespace(**{**vars(zlib), "compressobj": compressobj})


@pytest.fixture(params=["level 9", "zlib_ng.zlib_ng", "isal.isal_zlib"])
def other(request: pytest.FixtureRequest) -> Any:
    """A deflater that is not the one of `zipfile`."""
    if request.param == "level 9":
        return _other_level()
    pytest.importorskip(request.param, reason=f"{request.param} is not installed")
    return importlib.import_module(request.param)


def _entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _content(path: Path) -> bytes:
    """The comment with the hash of the content, without the checksum of the file's own bytes."""
    with zipfile.ZipFile(path) as package:
        return package.comment[:-8]


def test_the_content_is_the_same_and_nothing_is_written_again(
    types: Types,
    make_note: MakeNote,
    tmp_path: Path,
    other: Any,
    monkeypatch: pytest.MonkeyPatch,
    anki: Anki,
) -> None:
    notes = [make_note(number, answer=f"<p>{'x y z ' * number}</p>") for number in range(1, 40)]
    ours, theirs = tmp_path / "ours.apkg", tmp_path / "theirs.apkg"
    write_package(ours, notes, note_types=types)
    with monkeypatch.context() as patch:
        patch.setattr(zipfile, "zlib", other)
        write_package(theirs, notes, note_types=types)
        (again,) = stage((Plan(ours, notes),), note_types=types)
        assert again.temporary is None
    assert ours.read_bytes() != theirs.read_bytes()
    assert _entries(ours) == _entries(theirs)
    assert _content(ours) == _content(theirs)
    assert read_package(ours) == read_package(theirs)
    assert CliRunner().invoke(diff, [str(ours), str(theirs)]).output == "No card changed.\n"
    assert anki.import_package(theirs) == (39, 0, 0, 0)
    assert anki.import_package(ours) == (0, 0, 39, 0)
