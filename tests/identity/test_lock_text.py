"""The lock as text and on disk."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import AdmonkiError
from generator.identity.lock import Entry, Lock, NoteTypeEntry, lock_path
from generator.identity.lock_file import (
    encode_lock,
    hold_project,
    read_lock,
    stage_lock,
    write_lock,
)
from generator.identity.lock_text import format_lock, parse_lock
from tests.identity.builders import NOW_S, build, note

_WORDS = st.text(min_size=1, max_size=20)
_HEX = st.text("0123456789abcdef", max_size=16)


@st.composite
def _locks(draw: st.DrawFn) -> Lock:
    keys = draw(st.lists(_WORDS, unique_by=str.casefold, max_size=5))
    entries = [
        Entry(
            key,
            f"guid{number}",
            draw(st.integers(1, 1 << 40)),
            draw(_HEX),
            draw(_HEX),
            draw(st.sampled_from(["basic", "cloze"])),
            draw(st.integers(0, 9)),
            draw(st.text(max_size=9)),
            draw(_WORDS),
            draw(st.text(max_size=20)),
            draw(st.text(max_size=20)),
            draw(st.booleans()),
        )
        for number, key in enumerate(keys)
    ]
    types = (NoteTypeEntry(draw(_WORDS), draw(_HEX), draw(_HEX), draw(st.integers(1, 99))),)
    entries.sort(key=lambda entry: (entry.page, entry.key))
    return Lock(1, draw(_HEX), draw(st.integers(0, 1 << 40)), types, tuple(entries))


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
        "namespace",
        "epoch",
        "card",
        "card",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda t: t.replace("version\t1", "version\t2"), [("E603", 2)]),
        (
            lambda t: f"<<<<<<< HEAD\n{t}=======\n>>>>>>> b\n",
            [("E604", 1), ("E604", 8), ("E604", 9)],
        ),
        (lambda t: t.replace("card\t", "crad\t", 1), [("E605", 5)]),
        (lambda t: t.replace("\t1764000000\t", "\tsoon\t", 1), [("E605", 5)]),
        (lambda t: t + t.splitlines()[4] + "\n", [("E606", 7)]),
        (lambda t: t[: t.index("What")] + "\n", []),
        (lambda t: t.rsplit("\t", 3)[0], [("E605", 6)]),
        (lambda t: t.replace("epoch\t", "epoch\tx"), [("E605", 1), ("E605", 4)]),
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
    left = stage_lock(lock_path(tmp_path), Lock(epoch_s=NOW_S))
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
    write_lock(path, Lock(namespace="aa", epoch_s=NOW_S))
    staged = stage_lock(path, Lock(namespace="bb", epoch_s=NOW_S))
    assert read_lock(path)[0].namespace == "aa"
    staged.replace(path)
    assert read_lock(path)[0].namespace == "bb"
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
    write_lock(path, Lock(namespace="aa", epoch_s=NOW_S))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_lock(path, Lock(namespace="bb", epoch_s=NOW_S))
    assert [p.name for p in tmp_path.iterdir()] == ["admonki.lock"]
    assert read_lock(path)[0].namespace == "aa"


def test_a_build_in_a_folder_that_is_not_there_is_not_stopped(tmp_path: Path) -> None:
    """The reader says what is missing; the guard has nothing to guard."""
    with hold_project(tmp_path / "no" / "admonki.lock", timeout_s=0):
        pass
