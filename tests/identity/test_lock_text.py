"""The lock as text and on disk."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config.folders import lock_path
from generator.errors import AdmonkiError
from generator.identity.lock import LOCK_VERSION, Entry, Gap, Lock, NoteTypeEntry
from generator.identity.lock_file import (
    encode_lock,
    hold_project,
    read_lock,
    write_lock,
)
from generator.identity.lock_reader import parse_lock
from generator.identity.lock_text import format_lock
from generator.model import Project
from tests.identity.builders import build, note

_WORDS = st.text(min_size=1, max_size=20)
_HEX = st.text("0123456789abcdef", max_size=16)
_TIMES = st.integers(1_160_000_000, 4_102_444_800)
_GAP = st.builds(Gap, st.integers(1, 99), st.text(max_size=9), st.text(max_size=9), st.booleans())
_GAPS = st.lists(_GAP, max_size=3).map(tuple)


@st.composite
def _locks(draw: st.DrawFn) -> Lock:
    keys = draw(st.lists(_WORDS, unique_by=str.casefold, max_size=5))
    entries = [
        Entry(
            key,
            f"guid{number}",
            draw(_TIMES) * 1000 + number,
            draw(_TIMES),
            draw(_HEX),
            draw(_HEX),
            draw(_HEX),
            draw(st.sampled_from(["basic", "reversed", "cloze"])),
            draw(_GAPS),
            draw(st.integers(0, 9)),
            draw(st.text(max_size=9)),
            draw(_WORDS),
            draw(st.text(max_size=20)),
            draw(st.text(max_size=20)),
            draw(st.text(max_size=20)),
            draw(st.booleans()),
        )
        for number, key in enumerate(keys)
    ]
    types = (NoteTypeEntry(draw(_WORDS), draw(_HEX), draw(_HEX), draw(_TIMES), "0.1.0"),)
    project = Project(draw(st.text("0123456789abcdef", min_size=10, max_size=10)), draw(_WORDS))
    entries.sort(key=lambda entry: (entry.page, entry.key))
    return Lock(LOCK_VERSION, project, types, tuple(entries))


@given(_locks())
def test_what_is_written_is_read_again(lock: Lock) -> None:
    assert parse_lock(format_lock(lock), "x") == (lock, ())
    assert encode_lock(lock).decode("utf-8", "surrogatepass") == format_lock(lock)


@given(_locks())
def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(lock: Lock) -> None:
    text = "\ufeff" + format_lock(lock).replace("\n", "\r\n")
    assert parse_lock(text, "x") == (lock, ())


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    """Whatever the file holds: a lock and diagnostics, never an exception."""
    lock, diagnostics = parse_lock(text, "x")
    assert lock.entries == () or not diagnostics or lock.entries


def _text() -> str:
    _, lock = build(Lock(), note("What is a?"), note("What is b?"))
    return format_lock(lock)


def test_one_card_is_one_line() -> None:
    assert [line.split("\t")[0] for line in _text().splitlines()[1:]] == [
        "version",
        "project",
        "page",
        "card",
        "card",
        "end",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda t: t.replace("version\t3", "version\t4"), [("E603", 2)]),
        (lambda t: t.replace("version\t3", "version\t0"), [("E605", 1), ("E605", 2)]),
        (
            lambda t: f"<<<<<<< HEAD\n{t}=======\n>>>>>>> b\n",
            [("E604", 1), ("E604", 9), ("E604", 10)],
        ),
        (lambda t: t.replace("card\t", "crad\t", 1), [("E605", 5), ("E617", 4)]),
        (lambda t: t.replace("\t1764000000\t", "\tsoon\t", 1), [("E605", 5), ("E617", 4)]),
        (lambda t: t.replace("\t1764000000\t", "\t-5\t", 1), [("E605", 5), ("E617", 4)]),
        (lambda t: t.replace("\t1764000000\t", f"\t{10**20}\t", 1), [("E605", 5), ("E617", 4)]),
        (lambda t: t + t.splitlines()[4] + "\n", [("E605", 8), ("E617", 4)]),
        (lambda t: "".join(t.splitlines(True)[:-1]), [("E617", 1)]),
        (lambda t: "".join(t.splitlines(True)[:-2]), [("E617", 1), ("E617", 4)]),
        (lambda t: t.replace(t.splitlines(True)[5], ""), [("E617", 4)]),
        (lambda t: t[: t.index("What")] + "\n", [("E605", 5), ("E617", 1), ("E617", 4)]),
        (lambda t: t.replace("\tWhat is b?\tml/basics.md::Loss", ""), [("E605", 5), ("E617", 4)]),
        (lambda t: t.replace("project\t", "project\tx"), [("E605", 1), ("E605", 3)]),
        (lambda t: "", [("E605", 1)]),
    ],
)
def test_a_damaged_lock_is_named_with_its_line(change, expected) -> None:  # type: ignore[no-untyped-def]
    _, diagnostics = parse_lock(change(_text()), "admonki.lock")
    assert sorted((d.code, d.location.line) for d in diagnostics) == expected


def test_of_a_newer_format_nothing_else_is_said() -> None:
    """What is missing in it may have another name there."""
    _, diagnostics = parse_lock("version\t99\nfuture\tx\n", "admonki.lock")
    assert {d.code for d in diagnostics} <= {"E603", "E605"}
    assert [d.code for d in diagnostics if d.location.line == 1] == ["E603"]


def test_what_killed_builds_staged_is_swept(tmp_path: Path) -> None:
    left = tmp_path / ".admonki.lock.ab12.new"
    left.write_text("")
    (tmp_path / "own.new").write_text("")
    with hold_project(lock_path(tmp_path)):
        assert not left.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["own.new"]


def test_a_missing_lock_is_an_empty_one(tmp_path: Path) -> None:
    assert read_lock(lock_path(tmp_path)) == (Lock(), ())


def test_a_lock_that_is_not_text_is_said_so(tmp_path: Path) -> None:
    lock_path(tmp_path).write_bytes(b"\xff\xfe\x00")
    _, diagnostics = read_lock(lock_path(tmp_path))
    assert [d.code for d in diagnostics] == ["E607"]


def test_a_folder_in_the_place_of_the_lock_is_said_so(tmp_path: Path) -> None:
    lock_path(tmp_path).mkdir()
    assert [d.code for d in read_lock(lock_path(tmp_path))[1]] == ["E607"]


def test_the_lock_is_replaced_whole(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    write_lock(path, Lock(project=Project("a" * 10)))
    write_lock(path, Lock(project=Project("b" * 10)))
    assert read_lock(path)[0].project.id == "b" * 10
    assert [p.name for p in tmp_path.iterdir()] == ["admonki.lock"]


def test_two_builds_do_not_run_at_once(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    with (
        hold_project(path),
        pytest.raises(AdmonkiError, match="another admonki"),
        hold_project(path, timeout_s=0.1),
    ):
        pass
    with hold_project(path, timeout_s=0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_staged_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lock_path(tmp_path)
    write_lock(path, Lock(project=Project("a" * 10)))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_lock(path, Lock(project=Project("b" * 10)))
    assert [p.name for p in tmp_path.iterdir()] == ["admonki.lock"]
    assert read_lock(path)[0].project.id == "a" * 10


def test_a_build_in_a_folder_that_is_not_there_is_not_stopped(tmp_path: Path) -> None:
    """The reader says what is missing; the guard has nothing to guard."""
    with hold_project(tmp_path / "no" / "admonki.lock", timeout_s=0):
        pass


_OLD = """# Made by admonki; commit it with the pages. docs: identity
version\t1
namespace\te94ae35d931e0d5e
epoch\t1764000000
type\tAdmonki\tfa01\t1ad3\t1764000000
card\tloss\tBk5n1XYV9vL\t1764000100\t5bcc\t04c4\tbasic\t0\tloss\ta.md\tS\tWhat is a loss?
gone\tk5xw2m7qaz\tdIuEWAYqnH6\t1764000200\taa5b\t\tcloze\t0\t\ta.md\tS\tWhat was it?
"""


def test_a_lock_of_the_first_format_is_read() -> None:
    """Keys, GUIDs and times stay; what it did not know is unknown."""
    lock, problems = parse_lock(_OLD, "x")
    assert problems == ()
    assert (lock.version, lock.project.id, lock.note_types) == (1, "e94ae35d93", ())
    assert [(e.key, e.guid, e.mod_s, e.is_gone) for e in lock.entries] == [
        ("k5xw2m7qaz", "dIuEWAYqnH6", 1764000200, True),
        ("loss", "Bk5n1XYV9vL", 1764000100, False),
    ]
    assert {(e.source_hash, e.shown_hash) for e in lock.entries} == {("", "5bcc"), ("", "aa5b")}
    assert len({e.row_id for e in lock.entries}) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes there")
def test_a_pipe_in_the_place_of_the_lock_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(lock_path(tmp_path))
    assert [d.code for d in read_lock(lock_path(tmp_path))[1]] == ["E607"]


def test_a_lock_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "shared" / "cards.lock"
    real.parent.mkdir()
    write_lock(real, Lock(project=Project("a" * 10)))
    lock_path(tmp_path).symlink_to(real)
    write_lock(lock_path(tmp_path), Lock(project=Project("b" * 10)))
    assert lock_path(tmp_path).is_symlink()
    assert read_lock(real)[0].project.id == "b" * 10
    assert [path.name for path in real.parent.iterdir()] == ["cards.lock"]
