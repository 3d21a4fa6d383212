"""The time of a build, `--locked`, and the note types' own `mod`."""

import re
from pathlib import Path

import pytest

from generator.errors import AdmonkiError
from generator.identity import rename
from generator.identity.changes import check_locked
from generator.identity.clock import build_time, check_time
from generator.identity.lock import Lock
from generator.identity.note_types import stamp_note_types
from tests.identity.builders import NOW_S, build, note

_DOCS = Path(__file__).parent.parent.parent / "docs" / "maintainers" / "matching.md"


def _codes(environ: dict[str, str], clock_s: float = NOW_S) -> tuple[int, list[str]]:
    try:
        return build_time(environ, clock_s=clock_s), []
    except AdmonkiError as error:
        return 0, [item.code for item in error.diagnostics]


def test_the_clock_is_asked_when_the_environment_says_nothing() -> None:
    assert _codes({}, NOW_S + 0.9) == (NOW_S, [])
    assert _codes({"SOURCE_DATE_EPOCH": " "}) == (NOW_S, [])


def test_the_environment_goes_before_the_clock() -> None:
    assert _codes({"SOURCE_DATE_EPOCH": "1700000000"}) == (1_700_000_000, [])
    a_bit_ahead = str(NOW_S + 3600)
    assert _codes({"SOURCE_DATE_EPOCH": a_bit_ahead}) == (NOW_S + 3600, [])


@pytest.mark.parametrize(
    "text", ["2026-01-01", "-1", "1e9", "0", "999", str(NOW_S + 100_000), "9" * 30, "١٧٠٠٠٠٠٠٠٠"]
)
def test_a_time_that_cannot_be_right_is_an_error(text: str) -> None:
    assert _codes({"SOURCE_DATE_EPOCH": text})[1] == ["E610"]


def test_a_clock_that_fell_back_to_1970_is_an_error() -> None:
    assert _codes({}, 12.0)[1] == ["E610"]


@pytest.mark.parametrize(("behind_s", "expected"), [(0, []), (5, ["W621"]), (90_000, ["E611"])])
def test_a_time_before_the_lock_is_said(behind_s: int, expected: list[str]) -> None:
    _, lock = build(Lock(), note("A?"))
    found = check_time(lock, now_s=NOW_S - behind_s, path="admonki.lock")
    assert [d.code for d in found] == expected


def test_locked_names_the_cards_that_would_change() -> None:
    _, old = build(Lock(), note("A?", "1"), note("B?", "2"))
    identified, new = build(old, note("A?", "1"), note("B?", "3"))
    assert check_locked(old, old, "x") == ()
    (diagnostic,) = check_locked(old, new, "x")
    assert diagnostic.code == "E608"
    assert diagnostic.message.endswith(f": {identified[1].key}")


@pytest.mark.parametrize(("count", "is_cut"), [(3, False), (4, True)])
def test_locked_names_three_cards(count: int, is_cut: bool) -> None:
    _, new = build(Lock(), *(note(f"{name}?") for name in "abcd"[:count]))
    (diagnostic,) = check_locked(Lock(), new, "x")
    assert diagnostic.message.count(",") == 2
    assert diagnostic.message.endswith(" …") == is_cut


def _stamp(
    lock: Lock, *shapes: tuple[str, str, str], now_s: int = NOW_S, version: str = "0.2.0"
) -> tuple[dict[str, int], Lock, list[str]]:
    mods, lock, found = stamp_note_types(lock, shapes, now_s=now_s, version=version)
    return mods, lock, [d.code for d in found]


def test_a_new_style_moves_its_note_type_only() -> None:
    shapes = [("Basic", "s", "1"), ("Cloze", "s", "1")]
    mods, lock, _ = _stamp(Lock(), *shapes)
    assert mods == {"Basic": NOW_S, "Cloze": NOW_S}
    assert _stamp(lock, *shapes, now_s=NOW_S + 9)[1] is lock
    mods, lock, found = _stamp(lock, ("Basic", "s", "2"), ("Cloze", "s", "1"))
    assert mods == {"Basic": NOW_S + 1, "Cloze": NOW_S}
    assert found == []


def test_an_older_program_brings_no_older_style_back() -> None:
    mods, lock, _ = _stamp(Lock(), ("Basic", "s", "new"), version="0.10.0")
    again, same, found = _stamp(lock, ("Basic", "s", "old"), now_s=NOW_S + 9, version="0.9.1")
    assert (again, found) == (mods, ["W633"])
    assert same is lock
    assert _stamp(lock, ("Basic", "s", "new"), now_s=NOW_S + 9, version="0.9.1")[2] == []


def test_another_schema_under_the_same_name_is_an_error() -> None:
    _, lock, _ = _stamp(Lock(), ("Basic", "s", "1"))
    assert _stamp(lock, ("Basic", "t", "1"))[2] == ["E612"]


def test_the_thresholds_in_the_documentation_are_those_in_force() -> None:
    text = _DOCS.read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+\| ≥ ([\d.]+) \| (?:≥ ([\d.]+))?", text, re.MULTILINE)
    assert rows == [
        (str(rename.SAME_ANSWER), str(rename.SAME_ANSWER)),
        (str(rename.RELATED_QUESTION), str(rename.RELATED_QUESTION_ELSEWHERE)),
        (str(rename.SAME_LONG_ANSWER), ""),
        (str(rename.SAME_QUESTION), str(rename.SAME_QUESTION)),
        (str(rename.TOGETHER), str(rename.TOGETHER)),
    ]
    assert f"within {rename.MARGIN} of the best" in text


def test_a_day_ahead_of_the_clock_is_allowed_and_a_second_more_is_not() -> None:
    day_s = 24 * 60 * 60
    assert _codes({"SOURCE_DATE_EPOCH": str(NOW_S + day_s)})[1] == []
    assert _codes({"SOURCE_DATE_EPOCH": str(NOW_S + day_s + 1)})[1] == ["E610"]
