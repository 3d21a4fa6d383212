"""Packages that were made to harm: each is read or refused in 5 s and 500 MB, in words."""

import json
import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.apkg.opening import is_flat, reason_of
from generator.apkg.reader import read_package
from generator.cli import main
from generator.errors import AdmonkiError
from generator.html_text import plain_text
from generator.pull.leaves import leaves_of
from generator.pull.reader_side import media_of, read_export

_COL = "CREATE TABLE col (models, decks); INSERT INTO col VALUES ('{}', '{}');"
_CARDS = "CREATE TABLE cards (id, nid, did, ord, due, odid, queue, flags, lapses);"
_NOTES = "CREATE TABLE notes (id, guid, mid, mod, tags, flds);"
_REVLOG = "CREATE TABLE revlog (id, cid, ease, time, lastIvl, type);"
_TABLES = _COL + _CARDS + _NOTES + _REVLOG
_MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) "


def _package(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(script)
        data = db.serialize()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", data)
        package.writestr("media", "{}")
    return path


def _insert(count: int, fields: str, tags: str = "''") -> str:
    values = f"SELECT i, 'g' || i, 1, 1, {tags}, {fields} FROM n"
    return f"{_TABLES} INSERT INTO notes {_MANY.format(count)} {values}"


_COMPUTED = "CREATE TABLE notes (id, guid, mid, mod, tags, n, flds AS ({})); " + (
    f"INSERT INTO notes {_MANY.format(50)} SELECT i, i, 1, 1, '', 1 FROM n"
)
_REFUSED = {
    "zeroblobs": _COL + _CARDS + _REVLOG + _COMPUTED.format("hex(zeroblob(20000000))"),
    "stored zeroblobs": _insert(1, "zeroblob(9000000)"),
    "a view": _COL + _CARDS + _REVLOG + "CREATE VIEW notes AS SELECT 1 AS id, 'g' AS guid",
    "a virtual table": _COL + _CARDS + _REVLOG + "CREATE VIRTUAL TABLE notes USING fts5(id, guid)",
    "a long field": _insert(1, "hex(zeroblob(2500000))"),
    "much text": _insert(16, "hex(zeroblob(1900000))"),
    "wide text": _insert(25, "hex(zeroblob(1000000)) || char(128512)"),
    "many short notes": _insert(400_000, "'x'"),
    "a million fields": _insert(3, "replace(hex(zeroblob(1500000)), '00', char(31))"),
    "a million tags": _insert(9, "'x'", "replace(hex(zeroblob(1500000)), '00', ' ab')"),
    "notes without text": _insert(1, "x'ff'"),
}


@pytest.mark.parametrize("what", _REFUSED)
@pytest.mark.parametrize("read", [read_package, read_export])
def test_a_hostile_package_is_refused_in_5_s_and_500_mb(
    what: str, read: object, tmp_path: Path
) -> None:
    path = _package(tmp_path / "odd.apkg", _REFUSED[what])
    assert path.stat().st_size < 10 << 20
    module, name = ("apkg.reader", "read_package") if read is read_package else _EXPORT
    out = _measured(f"from generator.{module} import {name} as read", f"read(Path({str(path)!r}))")
    assert out["refusal"] or what == "much text"  # which is not too much
    assert out["seconds"] < 5, out
    assert out["megabytes"] < 500, out


_EXPORT = ("pull.reader_side", "read_export")
_CHILD = """
import json, sys, time
from pathlib import Path
from generator.errors import AdmonkiError
{}
began, refusal = time.process_time(), ""
try:
    {}
except AdmonkiError as error:
    refusal = error.diagnostics[0].message
status = Path("/proc/self/status")  # `ru_maxrss` would count the parent before the start
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
used = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
print(json.dumps(dict(refusal=refusal, seconds=time.process_time() - began, megabytes=used)))
"""


def _measured(head: str, work: str) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, "-c", _CHILD.format(head, work)], capture_output=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unpack_without_an_end_are_refused(method: int, tmp_path: Path) -> None:
    path = tmp_path / "odd.apkg"
    with zipfile.ZipFile(path, "w", method) as package:
        package.writestr("collection.anki2", bytes(1 << 20))
    assert "does not use" in _refusal(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "odd.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", bytes(100 << 20))
    assert "too much" in _refusal(path)
    with pytest.raises(AdmonkiError, match="too much"):
        read_export(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX's")
def test_a_pipe_is_no_package(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "regular file" in _refusal(tmp_path / "pipe")
    with pytest.raises(AdmonkiError, match="regular file"):
        read_export(tmp_path / "pipe")
    assert media_of(tmp_path / "pipe")("a.png") is None


def _refusal(path: Path) -> str:
    with pytest.raises(AdmonkiError) as caught:
        read_package(path)
    return caught.value.diagnostics[0].message


@pytest.mark.parametrize("damage", [0, 30, 60])
def test_no_message_quotes_what_a_package_holds(damage: int, tmp_path: Path) -> None:
    path = _package(tmp_path / "odd.apkg", _TABLES)
    data = bytearray(path.read_bytes())
    data[damage : damage + 16] = b"\x1b]0;SECRET\x07PKPK\0"
    path.write_bytes(data)
    message = _refusal(path)
    assert "SECRET" not in message
    assert "b'" not in message
    assert message.isprintable()


def test_a_reason_names_what_is_wrong() -> None:
    assert reason_of(OSError(28, "No space left on device")) == "No space left on device"
    assert "zip" in reason_of(zipfile.BadZipFile("File name b'\\x00' differs"))
    assert "database" in reason_of(sqlite3.DatabaseError("near \\x1b"))


_PIECES = ["<", "<!--", "&", "<a ", "<a <a", "</", "<!", "\\(", "\\[", " ", "<p>", "<br>", "</p>"]
_PIECES += ["<a b='", '<a b="', "<a b=\"'", "&#", "<p>a", "<b>", "<math>", "<a =", "a= ", "{{c1::"]


@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("read", ["leaves_of", "plain_text"])
def test_text_is_extracted_in_time_that_grows_with_its_length(piece: str, read: str) -> None:
    text = piece * (300_000 // len(piece))
    function = leaves_of if read == "leaves_of" else plain_text
    began = time.process_time()
    function(text)
    function(text + ">")
    function("a" + text + "a")
    assert time.process_time() - began < 30  # 1 to 3 s; the square of the length took minutes


def test_a_number_of_thousands_of_digits_is_read() -> None:
    text = f"a &#{'9' * 5000}; b"
    assert plain_text(text) == "a \ufffd b"
    assert leaves_of(text)


def test_what_honest_fields_say_is_read() -> None:
    (leaf,) = leaves_of(
        "<div>a&nbsp;&lt; <b title='x>y'>b</b><!-- <i> --> 1 < 2 \\(x&lt;y\\)</div>"
    )
    assert leaf.words == ("a", "<", "b", "b", "b", "1", "<", "2", "x<y")


def test_states_of_an_odd_package_are_read(tmp_path: Path) -> None:
    path = _package(tmp_path / "odd.apkg", _insert(3, f"'&#{'9' * 5000};<a'"))
    result = CliRunner().invoke(main, ["diff", str(path), str(path)])
    assert result.output == "No card changed.\n"
    assert result.exit_code == 0
    assert is_flat("a.png")
