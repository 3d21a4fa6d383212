"""What moves, what is retired, and what a sync remembers: plain values."""

import json
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.apkg.reader import PackageNote
from generator.commands.sync.account import Account, find_account
from generator.commands.sync.decks import Placed, plan_decks
from generator.commands.sync.folder import open_folder, undoable
from generator.commands.sync.memory import Memory, read_memory, write_memory
from generator.commands.sync.merge import merge_note
from generator.commands.sync.mirror import open_mirror
from generator.commands.sync.plan import Held, plan_notes, plan_removals
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES
from generator.identity.shipped import with_shipped


def _placed(guid: str, decks: str, known: str, wanted: str) -> Placed:
    return Placed(guid, frozenset(decks.split()), frozenset(known.split()), wanted)


def _plan(*notes: Placed, existing: str = "", shared: str = "") -> tuple[dict[str, str], list[str]]:
    plan = plan_decks(notes, existing.split(), shared.split())
    return dict(plan.renames), [f"{move.old} → {move.new}" for move in plan.moves]


def test_a_deck_whose_cards_all_go_one_way_is_renamed() -> None:
    notes = [_placed("a", "P::Old", "P::Old", "P::New"), _placed("b", "P::Old", "P::Old", "P::New")]
    assert _plan(*notes, existing="P P::Old") == ({"P::Old": "P::New"}, [])


def test_a_name_that_a_rename_frees_is_no_name_for_another_deck() -> None:
    """A device may get the second rename first, and would call that deck `Two+`."""
    notes = [_placed("a", "One", "One", "Two"), _placed("b", "Two", "Two", "Three")]
    assert _plan(*notes, existing="One Two") == ({"Two": "Three"}, ["One → Two"])
    capitals = [_placed("a", "P::S", "P::S", "p::s")]
    assert _plan(*capitals, existing="P P::S") == ({"P": "p", "p::S": "p::s"}, [])


def test_a_page_is_renamed_once_for_all_its_sections() -> None:
    notes = [_placed("a", "P::S", "P::S", "Q::S"), _placed("b", "P::T", "P::T", "Q::T")]
    assert _plan(*notes, existing="P P::S P::T") == ({"P": "Q"}, [])
    assert _plan(*notes[:1], existing="P P::S P::T") == ({"P": "Q"}, [])


@pytest.mark.parametrize(
    ("notes", "existing", "shared"),
    [
        # one card stays
        ([("a", "P::S", "P::S", "P::T"), ("b", "P::S", "P::S", "P::S")], "P::S", ""),
        ([("a", "P::S", "P::S", "P::T")], "P::S p::t", ""),  # the name is taken
        ([("a", "P::S", "P::S", "P::T")], "P::S", "P::S"),  # another project's cards are there
        ([("a", "P::S", "P::S", "P::S::T")], "P::S", ""),  # below itself
    ],
)
def test_else_cards_are_moved(
    notes: list[tuple[str, str, str, str]], existing: str, shared: str
) -> None:
    renames, moves = _plan(*(_placed(*note) for note in notes), existing=existing, shared=shared)
    assert renames == {}
    assert len(moves) == 1


@pytest.mark.parametrize(
    "note",
    [
        ("g", "Mine", "Old", "New"),  # the reader moved it
        ("g", "Old Mine", "Old", "New"),  # one of its cards
        ("g", "Old", "", "New"),  # nobody knows who put it there
        ("g", "New", "Old New", "New"),  # it is there already
    ],
)
def test_other_notes_stay(note: tuple[str, str, str, str]) -> None:
    assert _plan(_placed(*note), existing="Old") == ({}, [])


def test_a_section_that_goes_to_another_page_is_renamed() -> None:
    stays = _placed("c", "P::T", "P::T", "P::T")
    there = _placed("d", "Q::U", "Q::U", "Q::U")
    goes = _placed("a", "P::S", "P::S", "Q::S")
    existing = "P P::S P::T Q Q::U"
    assert _plan(goes, stays, there, existing=existing) == ({"P::S": "Q::S"}, [])
    assert _plan(goes, stays, existing="P P::S P::T") == ({"P::S": "Q::S"}, [])


def test_a_page_and_its_sections_are_renamed_one_after_the_other() -> None:
    notes = [
        _placed("a", "loss::basics", "loss::basics", "Loss::Basics"),
        _placed("b", "loss::more", "loss::more", "Loss::Further"),
    ]
    renames, moves = _plan(*notes, existing="loss loss::basics loss::more")
    assert list(renames.items()) == [
        ("loss", "Loss"),
        ("Loss::basics", "Loss::Basics"),
        ("Loss::more", "Loss::Further"),
    ]
    assert moves == []


def test_a_deck_of_other_capitals_is_renamed() -> None:
    assert _plan(_placed("a", "loss", "loss", "Loss"), existing="loss") == ({"loss": "Loss"}, [])


def _held(guid: str) -> Held:
    return Held(1, guid, 7, {}, (), 0, frozenset({"D"}))


def test_only_own_notes_that_left_the_source_are_retired() -> None:
    notes = [_held(guid) for guid in ("packaged", "living", "gone", "foreign")]
    left = plan_removals(notes, ["packaged"], ["living"], ["packaged", "living", "gone"])
    assert [note.guid for note in left] == ["gone"]
    assert plan_removals(notes, ["packaged"], [], []) == ()


_FIELDS = dict.fromkeys(FIELD_NAMES, "") | {"Question": "q", "Answer": "a", "Context": "c"}


def _sent(
    tags: str = "", deck: str = "D", mod_s: int = 1, **values: str
) -> tuple[dict[str, str], list[str]]:
    fields = with_shipped(tuple((_FIELDS | values).values()), tags.split(), deck, mod_s)
    return dict(zip(FIELD_NAMES, fields, strict=True)), tags.split()


@pytest.mark.parametrize("name", ["Question", "Answer", "Context", "Reversed"])
@pytest.mark.parametrize("edits", [False, True], ids=["unread", "edited"])
@pytest.mark.parametrize("changes", [False, True], ids=["same", "changed"])
def test_each_field_goes_to_who_changed_it(name: str, edits: bool, changes: bool) -> None:
    old, _ = _sent()
    new, _ = _sent(mod_s=1 + changes, **({name: "ours"} if changes else {}))
    held = old | ({name: "theirs"} if edits else {})
    merged = merge_note(held, (), new, (), is_newer=True)
    after = held | dict(merged.fields)
    assert after[name] == ("theirs" if edits else "ours" if changes else _FIELDS[name])
    is_conflict = edits and changes and name != "Context"
    assert [one.field for one in merged.conflicts] == ([name] if is_conflict else [])
    again = merge_note(after, (), new, (), is_newer=False)
    assert again.fields == {}
    assert again.conflicts == merged.conflicts
    taken = merge_note(after, (), new, (), is_newer=False, overwrites=True)
    assert (after | dict(taken.fields))[name] == ("ours" if is_conflict else after[name])


@pytest.mark.parametrize(
    ("held", "base", "sent", "expected"),
    [
        ("a mine", "a", "a b", "a b mine"),
        ("a mine", "a", "b", "b mine"),
        ("mine", "a", "a", "mine"),  # the reader took ours away
        ("a b", "a", "a b", "a b"),
    ],
)
def test_tags_of_both_are_kept(held: str, base: str, sent: str, expected: str) -> None:
    before, _ = _sent(base)
    after, tags = _sent(sent)
    merged = merge_note(before, held.split(), after, tags, is_newer=True)
    assert list(merged.tags) == expected.split()


@pytest.mark.parametrize("is_newer", [False, True])
def test_of_a_note_that_tells_nothing_the_newer_side_counts(is_newer: bool) -> None:
    held = _FIELDS | {"Answer": "theirs"}
    sent, _ = _sent(Answer="ours")
    merged = merge_note(held, (), sent, (), is_newer=is_newer)
    assert ("Answer" in merged.fields) is is_newer
    assert merged.is_blind is is_newer


_WORDS = st.text(max_size=5)
_CARDS = st.lists(st.integers(0), max_size=3).map(tuple)


@given(st.dictionaries(_WORDS, _WORDS), st.dictionaries(_WORDS, _CARDS), st.integers(0))
def test_what_is_remembered_is_read_again(
    placed: dict[str, str], suspended: dict[str, tuple[int, ...]], newest_s: int
) -> None:
    memory = Memory(placed, suspended, newest_s)
    assert read_memory(json.loads(json.dumps(write_memory(memory)))) == memory


@pytest.mark.parametrize(
    "value", [None, 1, [], {"decks": 1}, {"decks": {"D": 2}}, {"styles": {"x": 1}}]
)
def test_a_memory_that_makes_no_sense_is_an_empty_one(value: object) -> None:
    assert read_memory(value) == Memory()


def test_the_account_comes_from_the_environment_and_hides_its_password() -> None:
    environ = {
        "ADMONKI_SYNC_USER": "me",
        "ADMONKI_SYNC_PASSWORD": "hidden-word",
        "ADMONKI_SYNC_URL": "https://sync.example.org/",
    }
    account = find_account(environ)
    assert (account.user, account.password, account.server) == (
        "me",
        "hidden-word",
        "sync.example.org",
    )
    assert "hidden-word" not in repr(account)


def test_what_is_missing_is_asked_for() -> None:
    account = find_account({}, ask=lambda name, hidden: f"{name} {hidden}")
    assert account == Account("User of the sync server False", "Password True")


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"ADMONKI_SYNC_USER": "me"},
        {"ADMONKI_SYNC_USER": "me", "ADMONKI_SYNC_PASSWORD": "x", "ADMONKI_SYNC_URL": "ftp://x"},
        {"ADMONKI_SYNC_USER": "me", "ADMONKI_SYNC_PASSWORD": "x", "ADMONKI_SYNC_URL": "http://x"},
    ],
)
def test_without_an_account_or_with_an_open_address_nothing_begins(environ: dict[str, str]) -> None:
    with pytest.raises(AdmonkiError, match="E751"):
        find_account(environ)


def test_the_sync_names_the_library_that_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    with (
        pytest.raises(AdmonkiError, match="E750") as refused,
        open_mirror(tmp_path, Account("me", "x", "")),
    ):
        raise AssertionError
    assert "pip install anki" in refused.value.diagnostics[0].hint


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "collection.anki2").write_bytes(b"somebody's reviews")
    with pytest.raises(AdmonkiError, match="E753"):
        open_folder(tmp_path, server="s", user="u")
    assert [path.name for path in tmp_path.iterdir()] == ["collection.anki2"]


def test_the_folder_of_another_account_is_refused(tmp_path: Path) -> None:
    open_folder(tmp_path / "a" / "b", server="s", user="u")
    open_folder(tmp_path / "a" / "b", server="s", user="u")
    with pytest.raises(AdmonkiError, match="another account"):
        open_folder(tmp_path / "a" / "b", server="s", user="v")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"server": 1}'])
def test_a_memory_of_a_folder_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "admonki-sync.json").write_text(text)
    with pytest.raises(AdmonkiError, match="E753"):
        open_folder(tmp_path, server="s", user="u")


def test_a_killed_run_is_undone_by_the_next(tmp_path: Path) -> None:
    collection = tmp_path / "collection.anki2"
    collection.write_bytes(b"before")
    with suppress(RuntimeError), undoable(tmp_path):
        collection.write_bytes(b"half")
        raise RuntimeError
    assert collection.read_bytes() == b"before"
    (tmp_path / "collection.before").write_bytes(b"before")
    collection.write_bytes(b"killed")
    with undoable(tmp_path):
        assert collection.read_bytes() == b"before"
        collection.write_bytes(b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["collection.anki2"]
    assert collection.read_bytes() == b"after"


def test_another_look_of_what_was_written_waits_for_a_refresh() -> None:
    held, _ = _sent()
    shown, _ = _sent(Answer="<b>a</b>", Context="new place")
    merged = merge_note(held, (), shown, (), is_newer=True)
    after = held | dict(merged.fields)
    assert (after["Answer"], after["Context"]) == ("a", "new place")
    refreshed, _ = _sent(Answer="<b>a</b>", Context="new place", mod_s=2)
    assert merge_note(after, (), refreshed, (), is_newer=True).fields["Answer"] == "<b>a</b>"


def test_notes_that_the_reader_corrected_are_counted() -> None:
    fields, _ = _sent(Question="Q?", Answer="A.", ID="k")
    shipped = with_shipped(tuple(fields.values()), [], "D", 1)
    note = PackageNote(1, "g", 5, 7, shipped, (), "D", 1, (0,))
    sent = dict(zip(FIELD_NAMES, shipped, strict=True))

    def edited(answer: str) -> int:
        held = Held(1, "g", 7, {**sent, "Answer": answer}, (), 9, frozenset({"D"}))
        return plan_notes({"g": note}, {"g": held}, note_types=[7], sent=["g"]).edited

    assert (edited("A."), edited("B.")) == (0, 1)
