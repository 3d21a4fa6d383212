"""Merging two locks: whatever happened on two branches, no card is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.errors import AdmonkiError
from generator.identity.lock import Entry, Lock
from generator.identity.lock_text import format_lock
from generator.identity.merge import merge_locks, merge_text
from tests.identity.builders import NOW_S, build, note

_NOTES = [note(f"What is {name}?", name) for name in ("one", "two", "three", "four")]
_, _BASE = build(Lock(), *_NOTES)


@st.composite
def _branches(draw: st.DrawFn) -> Lock:
    """What a branch may have made of the common lock: changed, removed and added cards."""
    entries: list[Entry] = []
    for entry in _BASE.entries:
        newer = draw(st.integers(0, 3))
        content = f"{newer:016x}" if newer else entry.source_hash
        gone = draw(st.booleans())
        entries.append(replace(entry, mod_s=NOW_S + newer, source_hash=content, is_gone=gone))
    for name in draw(st.sets(st.sampled_from("pqrs"))):
        entries.append(replace(entries[0], key=f"new-{name}", guid=f"guid-{name}"))
    return replace(_BASE, entries=tuple(sorted(entries, key=lambda e: (e.page, e.key))))


@given(_branches(), _branches())
def test_cards_of_both_sides_stay_and_the_newer_wins(ours: Lock, theirs: Lock) -> None:
    merged, count = merge_locks(ours, theirs)
    keys = {entry.key for entry in (*ours.entries, *theirs.entries)}
    assert {entry.key for entry in merged.entries} == keys
    mine = {entry.key: entry for entry in ours.entries}
    other = {entry.key: entry for entry in theirs.entries}
    for entry in merged.entries:
        sides = [side[entry.key] for side in (mine, other) if entry.key in side]
        assert entry.mod_s == max(side.mod_s for side in sides)
        same = len({side.source_hash for side in sides}) == 1
        is_kept = same or sides[0].mod_s > sides[-1].mod_s
        assert entry.source_hash == (sides[0].source_hash if is_kept else "")
    assert count == sum(mine[key] != other[key] for key in mine.keys() & other.keys())
    again, left = merge_locks(merged, merged)
    assert (again, left) == (merged, 0)


@given(_branches(), _branches())
def test_conflict_marks_of_any_style_give_the_same(ours: Lock, theirs: Lock) -> None:
    left = [line for line in format_lock(ours).splitlines() if line[:4] in {"card", "gone"}]
    right = [line for line in format_lock(theirs).splitlines() if line[:4] in {"card", "gone"}]
    top = [line for line in format_lock(ours).splitlines() if line[:4] not in {"card", "gone"}]
    plain = [*top, "<<<<<<< HEAD", *left, "=======", *right, ">>>>>>> theirs", ""]
    diff3 = [*top, "<<<<<<< a", *left, "||||||| base", left[0], "=======", *right, ">>>>>>> b", ""]
    expected = merge_locks(ours, theirs)
    assert merge_text("\n".join(plain), "x") == expected
    assert merge_text("\r\n".join(diff3), "x") == expected


@pytest.mark.parametrize("is_newer_first", [True, False])
def test_of_a_card_that_a_union_holds_twice_the_newer_line_stays(is_newer_first: bool) -> None:
    """`merge=union` in `.gitattributes` keeps the lines of both sides, without marks."""
    newer = replace(_BASE.entries[0], mod_s=NOW_S + 9, source_hash="f" * 16)
    lines = format_lock(_BASE).splitlines()
    (other,) = (
        line
        for line in format_lock(replace(_BASE, entries=(newer, *_BASE.entries[1:]))).splitlines()
        if "f" * 16 in line
    )
    at = next(number for number, line in enumerate(lines) if line.startswith("card"))
    lines.insert(at if is_newer_first else at + 1, other)
    merged, count = merge_text("\n".join([*lines, ""]), "x")
    assert count == 1
    assert [entry.key for entry in merged.entries] == [entry.key for entry in _BASE.entries]
    assert merged.entries[0].mod_s == NOW_S + 9


def test_a_card_that_only_our_side_changed_is_not_sent_again() -> None:
    """Its readers have it, perhaps with edits; a change of the other side is sent again."""
    old, *others = _NOTES
    changed = note("What is one?", "one and only")
    _, newer = build(_BASE, changed, *others, now_s=NOW_S + 9)
    mods = [
        {one.mod_s for one in build(merged, changed, *others, now_s=NOW_S + 99)[0]}
        for merged, _ in (merge_locks(newer, _BASE), merge_locks(_BASE, newer))
    ]
    assert mods == [{NOW_S, NOW_S + 9}, {NOW_S, NOW_S + 99}]
    restored, _ = build(merge_locks(newer, _BASE)[0], old, *others, now_s=NOW_S + 99)
    assert {one.mod_s for one in restored} == {NOW_S, NOW_S + 99}


def test_a_side_that_makes_no_sense_is_an_error() -> None:
    with pytest.raises(AdmonkiError, match="E605"):
        merge_text(format_lock(_BASE) + "<<<<<<< a\ncard\tx\n=======\n>>>>>>> b\n", "x")
