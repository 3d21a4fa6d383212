"""`admonki push`: who answers is looked at before anything is sent."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

import anki.collection  # noqa: F401 - anki's modules import one another in a circle, from here
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note
from click.testing import CliRunner, Result

from generator.apkg.notetypes import project_of_note_type
from generator.cli import main
from tests.sync.conftest import BASICS, MORE
from tests.sync.stand_in import StandIn, listening
from tests.sync.world import DAY_S, START_S, card, page

_KEY = "the-key-of-the-add-on"
_CLOCK = "SOURCE_DATE_EPOCH"


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A desktop that listens on loopback, and a built project."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    stand_in = StandIn(collection)
    project = tmp_path / "project"
    (project / "source").mkdir(parents=True)
    (project / "source/p.md").write_text(
        '# P\n\n??? question "What is one_two*?"\n    <!-- id: one_two:3 -->\n    It is 12.\n\n'
        '??? question "What is two?"\n    It is 2.\n'
    )
    monkeypatch.chdir(project)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv(_CLOCK, str(START_S))
    monkeypatch.delenv("ADMONKI_ANKICONNECT_KEY", raising=False)
    assert _run("build").exit_code == 0
    with listening(stand_in) as url:
        monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", url)
        yield stand_in
    collection.close()


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_notes_are_in_anki_and_updated_by_the_next_push(desktop: StandIn) -> None:
    result = _run("push")
    assert result.exit_code == 0, result.output
    assert result.output == "all.apkg: 2 new, 0 updated, 0 unchanged\n"
    page = Path("source/p.md")
    page.write_text(page.read_text().replace("It is 2.", "It is two, of course."))
    assert _run("build").exit_code == 0
    assert _run("push").exit_code == 0
    assert desktop.collection.note_count() == 2
    assert len(desktop.collection.find_notes("course")) == 1


_NONE: dict[str, object] = {}
_ODD: tuple[object, ...] = (None, True, 7, "text", [], [None], [[]], [_NONE], _NONE, {"x": []})
_ODD += ([{"fields": 1, "cards": [[]]}],)
_ASKED = (
    *("version", "findNotes", "notesInfo", "getDecks", "areSuspended", "modelNamesAndIds"),
    *("deckNames", "findCards", "modelFieldNames", "modelTemplates", "modelStyling"),
    *("importPackage", "getMediaFilesNames", "deckNamesAndIds", "getDeckConfig", "multi"),
    *("cardsInfo", "getReviewsOfCards", "apiReflect", "getActiveProfile"),
)


@pytest.mark.parametrize("action", _ASKED)
def test_an_answer_of_another_shape_is_an_error_or_nothing(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """Each command, with notes in Anki and changed pages: no answer ends in a traceback."""
    assert _run("push").exit_code == 0
    source = Path("source/p.md")
    source.write_text(source.read_text().replace("It is", "It was").replace("# P", "# Other"))
    assert _run("build").exit_code == 0
    for odd in _ODD:
        monkeypatch.setattr(desktop, action, lambda odd=odd, **_: odd, raising=False)
        for command in ("push --move", "pull --running", "stats --running"):
            ran = _run(*command.split())
            assert isinstance(ran.exception, SystemExit | None), (odd, command, ran.exception)


def test_an_answer_that_is_no_http_is_an_error(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv(
            "ADMONKI_ANKICONNECT_URL", f"http://127.0.0.1:{listener.getsockname()[1]}"
        )
        Thread(target=_babble, args=(listener,), daemon=True).start()
        ran = _run("push")
    assert (ran.exit_code, "error[E756]: Anki does not answer" in ran.output) == (1, True)


def _babble(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"hello\r\n\r\n")


def test_the_key_goes_to_ankiconnect_only(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop.key = _KEY
    refused = _run("push")
    assert refused.exit_code == 1
    assert "ADMONKI_ANKICONNECT_KEY" in refused.output
    monkeypatch.setenv("ADMONKI_ANKICONNECT_KEY", _KEY)
    assert _run("push").exit_code == 0
    desktop.banner = b'{"apiVersion": "AnkiConnect v.6"}'  # of the newer add-on
    assert _run("push").exit_code == 0
    desktop.banner = b"Welcome to my printer"
    desktop.asked.clear()
    stranger = _run("push")
    assert stranger.exit_code == 1
    assert "not AnkiConnect" in stranger.output
    assert desktop.asked == []


def test_an_import_that_did_not_happen_is_noticed(desktop: StandIn) -> None:
    desktop.is_deaf = True
    result = _run("push")
    assert result.exit_code == 1
    assert "[E758]: 2 notes missing in Anki or different from what was sent" in result.output
    desktop.is_deaf = False
    assert "2 new" in _run("push").output
    page = Path("source/p.md")
    page.write_text(page.read_text().replace("It is 2.", "It is two, of course."))
    assert _run("build").exit_code == 0
    desktop.is_deaf = True
    changed = _run("push")
    assert changed.exit_code == 1
    assert "1 note missing in Anki or different from what was sent" in changed.output


def test_anki_that_is_not_running_is_said(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", "http://127.0.0.1:1")
    result = _run("push")
    assert result.exit_code == 1
    assert "Anki does not answer" in result.output


def _write(*sections: tuple[str, str]) -> None:
    """Build a version; a day goes by."""
    os.environ[_CLOCK] = str(int(os.environ[_CLOCK]) + DAY_S)
    Path("source/p.md").write_text(page("P", *sections))
    assert _run("build").exit_code == 0


def _notes(desktop: StandIn, search: str = "") -> list[Note]:
    return [desktop.collection.get_note(n) for n in desktop.collection.find_notes(search)]


def test_a_copy_that_the_reader_made_is_left_alone(desktop: StandIn) -> None:
    """Anki's browser copies all fields, `ID` too."""
    _write(("A", BASICS))
    assert _run("push").exit_code == 0
    (first,) = _notes(desktop, "*loss*")
    kind = first.note_type()
    assert kind is not None
    copy = desktop.collection.new_note(kind)
    copy.fields = [*first.fields]
    copy["Answer"] = "my variant"
    desktop.collection.add_note(copy, first.cards()[0].did)
    _write(("A", BASICS.replace("A number.", "A score.")))
    assert "1 updated" in _run("push").output
    assert "A score." in desktop.collection.get_note(first.id)["Answer"]
    assert desktop.collection.get_note(copy.id)["Answer"] == "my variant"
    _write(("A", MORE))
    output = _run("push", "--delete-removed").output
    assert "2 notes no longer" in output
    assert "not in its lock file" not in output
    assert [note["Answer"] for note in _notes(desktop, "*loss*")] == ["my variant"]


def test_a_note_whose_id_the_reader_erased_is_known_by_its_row(desktop: StandIn) -> None:
    _write(("A", BASICS))
    assert _run("push").exit_code == 0
    (note,) = _notes(desktop, "*loss*")
    note["ID"], note["Question"] = "", "mine"
    desktop.collection.update_note(note)
    _write(("A", BASICS.replace("A number.", "A score.")))
    assert "0 new, 1 updated" in _run("push").output
    (note,) = _notes(desktop, "*loss*")
    assert (note["Question"], "A score." in note["Answer"]) == ("mine", True)


def test_a_field_that_the_reader_renamed_is_named(desktop: StandIn) -> None:
    """AnkiConnect shows fields by name only."""
    _write(("A", BASICS))
    assert _run("push").exit_code == 0
    (note,) = _notes(desktop, "*loss*")
    kind = note.note_type()
    assert kind is not None
    models = desktop.collection.models
    models.rename_field(kind, kind["flds"][2], "Antwort")
    models.update_dict(kind)
    _write(("A", BASICS.replace("A number.", "A score.") + card("What is new?", "This.")))
    output = _run("push").output
    assert "What is a loss?: a field of its note type was renamed" in output
    assert "What is new?: the fields of its note type were changed in Anki" in output


def test_a_note_type_made_today_is_not_one_of_ours(desktop: StandIn) -> None:
    """Anki's ids are times, and may lie in the range of ours."""
    _write(("A", BASICS))
    assert _run("push").exit_code == 0
    (note,) = _notes(desktop, "*loss*")
    models = desktop.collection.models
    kind = models.by_name("Basic")
    assert kind is not None
    while not project_of_note_type(kind["id"]):
        time.sleep(0.002)  # else Anki takes the highest id plus one, which is ours
        kind = models.copy(kind)
    request = models.change_notetype_info(
        old_notetype_id=note.mid, new_notetype_id=kind["id"]
    ).input
    request.note_ids.append(note.id)
    models.change_notetype_of_notes(request)
    assert "What is a loss?: its note type was changed in Anki" in _run("push").output


def test_a_row_of_another_project_is_not_a_note_of_ours(
    desktop: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row ids are times, and two projects may be built in the same second."""
    for name in ("one", "two"):
        (tmp_path / name / "source").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / name)
        monkeypatch.setenv(_CLOCK, str(START_S))
        _write(("A", card(f"What is site {name}?", "It.")))
        assert "1 new" in _run("push").output
    assert desktop.collection.note_count() == 2


def test_packages_of_several_projects_or_of_strangers_are_refused(
    desktop: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other" / "source").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "other")
    _write(("A", BASICS))
    stranger = tmp_path / "stranger.apkg"
    desktop.collection.export_anki_package(
        out_path=str(stranger),
        options=ExportAnkiPackageOptions(legacy=True),
        limit=None,
    )
    first = str(tmp_path / "project" / "build" / "all.apkg")
    for packages in ((first, "build/all.apkg"), (str(stranger),)):
        result = _run("push", *packages)
        assert result.exit_code == 1
        assert "E759" in result.output
    assert desktop.collection.note_count() == 0


def test_each_profile_has_a_memory_of_its_own(desktop: StandIn, tmp_path: Path) -> None:
    """Else what one person has never had would count as deleted."""
    _write(("A", BASICS))
    other = Collection(str(tmp_path / "other.anki2"))
    request = ImportAnkiPackageRequest(package_path=str(Path("build/all.apkg").resolve()))
    other.import_anki_package(request)
    _write(("A", BASICS + MORE))
    desktop.profile = "me"
    assert "4 new" in _run("push").output
    desktop.profile = "you"
    desktop.collection, mine = other, desktop.collection
    assert "2 new" in _run("push").output
    assert "0 new" in _run("push").output
    desktop.collection = mine
    other.close()


def test_the_memory_of_a_large_project_is_read(desktop: StandIn, tmp_path: Path) -> None:
    """Else a card that left the pages and came back would stay suspended."""
    page, whole = Path("source/p.md"), Path("source/p.md").read_text()
    assert _run("push").exit_code == 0
    page.write_text(whole.partition('??? question "What is two?"')[0])
    assert _run("build").exit_code == 0
    assert "suspended" in _run("push", "--suspend-removed", "--yes").output
    (memory,) = (tmp_path / "home").rglob("push/*.json")
    memory.write_bytes(memory.read_bytes() + b" " * 3_000_000)
    page.write_text(whole)
    assert _run("build").exit_code == 0
    assert _run("push").exit_code == 0
    assert desktop.collection.find_cards("is:suspended") == []


def test_a_deck_that_cannot_be_renamed_is_renamed_by_the_reader(desktop: StandIn) -> None:
    _write(("A", BASICS), ("B", MORE))
    _run("push")
    decks = desktop.collection.decks
    before = set(desktop.deckNames())
    _write(("New", BASICS + card("What is new?", "This.")), ("B", MORE))
    output = _run("push").output
    assert "rename the deck P::A to P::New in Anki" in output
    assert set(desktop.deckNames()) == before
    assert [decks.name(c.did) for n in _notes(desktop, "Text:*new*") for c in n.cards()] == ["P::A"]
    number = decks.id_for_name("P::A")
    assert number is not None
    decks.rename(number, "P::New")
    output = _run("push", "--move").output
    assert "rename" not in output
    assert "moved:" not in output
    assert len(desktop.collection.find_cards("deck:P::New")) == 3


def test_cards_that_are_moved_keep_their_preset(desktop: StandIn) -> None:
    _write(("A", BASICS), ("B", MORE))
    _run("push")
    decks = desktop.collection.decks
    preset = decks.add_config_returning_id("Mine")
    desktop.setDeckConfigId(["P::A"], preset)
    _write(("New", BASICS), ("B", MORE))
    assert _run("push").exit_code == 0  # advice that nobody follows
    output = _run("push", "--move").output
    assert "moved: P::A → P::New" in output
    assert "reviews of moved cards that they have not synced" in output
    assert desktop.getDeckConfig("P::New")["id"] == preset
    _write(("NEW", BASICS), ("B", MORE))
    output = _run("push", "--move").output
    assert "moved:" not in output  # capitals: a move changes nothing
    assert "rename the deck P::New to P::NEW in Anki" in output


def test_anki_syncs_first(desktop: StandIn) -> None:
    """What the phone has sent is seen, and merged."""
    desktop.profile = "me"
    _write(("A", BASICS))
    assert "2 new" in _run("push").output

    def bring() -> None:
        (note,) = _notes(desktop, "*loss*")
        note["Question"] = "mine"
        desktop.collection.update_note(note)

    desktop.syncs = bring
    _write(("A", BASICS.replace("A number.", "A score.")))
    output = _run("push").output
    assert "edits of updated notes" in output
    (note,) = _notes(desktop, "*loss*")
    assert (note["Question"], "A score." in note["Answer"]) == ("mine", True)

    def refuse() -> None:
        raise RuntimeError("Sync status 2 not one of [0, 1]")

    desktop.syncs = refuse
    refused = _run("push")
    assert refused.exit_code == 1
    assert "--no-sync" in refused.output
    assert _run("push", "--no-sync").exit_code == 0
    desktop.syncs = None
    _write(("A", BASICS.replace("A number.", "A cost.")))
    assert "edits of updated notes" not in _run("push").output


def test_an_address_on_another_computer_is_refused(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", "http://example.org:8765")
    assert "E756" in _run("push").output
