"""What moves, what is retired, and what a sync remembers: plain values."""

import json
from pathlib import Path

import pytest

from generator.commands.sync.account import Account, find_account
from generator.commands.sync.plan import OwnNote, next_placed, plan_moves, plan_removals
from generator.commands.sync.state import SyncState, open_folder, write_state
from generator.errors import AdmonkiError


def _note(guid: str, *decks: str) -> OwnNote:
    return OwnNote(1, guid, frozenset(decks))


def test_a_note_moves_when_its_deck_changed_and_it_is_where_we_left_it() -> None:
    moves = plan_moves([_note("g", "Old")], {"g": "New"}, {"g": "Old"})
    assert [(move.old, move.new) for move in moves] == [("Old", "New")]


@pytest.mark.parametrize(
    ("note", "placed"),
    [
        (_note("g", "Mine"), {"g": "Old"}),  # the user moved it
        (_note("g", "Old", "Mine"), {"g": "Old"}),  # one of its cards
        (_note("g", "Old"), {}),  # we do not know who put it there
        (_note("g", "New"), {"g": "New"}),  # it is there already
    ],
)
def test_other_notes_stay(note: OwnNote, placed: dict[str, str]) -> None:
    assert plan_moves([note], {"g": "New"}, placed) == ()


def test_only_own_notes_that_left_the_source_are_retired() -> None:
    notes = [_note(guid, "D") for guid in ("packaged", "living", "gone", "synced", "foreign")]
    left = plan_removals(notes, ["packaged"], ["living"], ["packaged", "living", "gone", "synced"])
    assert [note.guid for note in left] == ["gone", "synced"]


def test_a_note_that_the_user_moved_is_remembered_where_we_put_it() -> None:
    notes = [_note("moved", "Mine"), _note("new", "Mine"), _note("here", "New")]
    wanted = {"moved": "New", "new": "New", "here": "New"}
    placed = next_placed(notes, wanted, {"moved": "Old", "here": "Old"})
    assert placed == {"moved": "Old", "new": "New", "here": "New"}


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


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "collection.anki2").write_bytes(b"somebody's reviews")
    with pytest.raises(AdmonkiError, match="E753"):
        open_folder(tmp_path, server="s", user="u")
    assert [path.name for path in tmp_path.iterdir()] == ["collection.anki2"]


def test_the_folder_of_another_account_is_refused(tmp_path: Path) -> None:
    open_folder(tmp_path, server="s", user="u")
    with pytest.raises(AdmonkiError, match="another account"):
        open_folder(tmp_path, server="s", user="v")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"server": 1}', json.dumps({"placed": []})])
def test_a_memory_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "admonki-sync.json").write_text(text)
    with pytest.raises(AdmonkiError, match="E753"):
        open_folder(tmp_path, server="s", user="u")


def test_the_memory_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    open_folder(folder, server="s", user="u")
    state = SyncState("s", "u", {"g": "Deck::Größe"})
    write_state(folder, state)
    assert open_folder(folder, server="s", user="u") == state
