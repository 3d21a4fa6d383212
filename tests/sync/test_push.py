"""`admonki push`: who answers is looked at before anything is sent."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

import anki.collection  # noqa: F401 - anki's modules import one another in a circle, from here
from anki.cards import CardId
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.errors import NotFoundError
from anki.notes import NoteId
from click.testing import CliRunner, Result

from generator.cli import main

_KEY = "the-key-of-the-add-on"


class _Desktop:
    """What AnkiConnect answers, over a real collection; requests are kept for the tests."""

    def __init__(self, collection: Collection, banner: bytes = b"AnkiConnect") -> None:
        self.collection = collection
        self.banner = banner
        self.key = ""
        self.is_deaf = False
        self.asked: list[dict[str, object]] = []

    def answer(self, asked: dict[str, object]) -> dict[str, object]:
        self.asked.append(asked)
        if self.key and asked.get("key") != self.key:
            return {"result": None, "error": "valid api key must be provided"}
        parameters = asked.get("params", {})
        assert isinstance(parameters, dict)
        action = getattr(self, str(asked["action"]), None)
        if action is None:
            return {"result": None, "error": f"unsupported action {asked['action']}"}
        return {"result": action(**parameters), "error": None}

    def version(self) -> int:
        return 6

    def multi(self, actions: list[dict[str, object]]) -> list[dict[str, object]]:
        return [self.answer(action) for action in actions]

    def findNotes(self, query: str) -> list[int]:  # noqa: N802 - AnkiConnect's name
        return list(self.collection.find_notes(query))

    def notesInfo(self, notes: list[int]) -> list[dict[str, object]]:  # noqa: N802
        return [self._info(number) for number in notes]

    def _info(self, number: int) -> dict[str, object]:
        try:
            note = self.collection.get_note(NoteId(number))
        except NotFoundError:
            return {}
        kind = note.note_type()
        assert kind is not None
        return {
            "noteId": number,
            "tags": note.tags,
            "fields": {name: {"value": value, "order": 0} for name, value in note.items()},
            "modelName": kind["name"],
            "cards": [card.id for card in note.cards()],
        }

    def getDecks(self, cards: list[int]) -> dict[str, list[int]]:  # noqa: N802
        found: dict[str, list[int]] = {}
        for number in cards:
            deck = self.collection.decks.name(self.collection.get_card(CardId(number)).did)
            found.setdefault(deck, []).append(number)
        return found

    def areSuspended(self, cards: list[int]) -> list[bool]:  # noqa: N802
        return [self.collection.get_card(CardId(number)).queue == -1 for number in cards]

    def deckNames(self) -> list[str]:  # noqa: N802
        return [deck.name for deck in self.collection.decks.all_names_and_ids()]

    def modelNamesAndIds(self) -> dict[str, int]:  # noqa: N802
        return {kind.name: kind.id for kind in self.collection.models.all_names_and_ids()}

    def _kind(self, name: str) -> dict[str, Any]:
        kind = self.collection.models.by_name(name)
        assert kind is not None
        return kind

    def modelFieldNames(self, modelName: str) -> list[str]:  # noqa: N802, N803
        return [field["name"] for field in self._kind(modelName)["flds"]]

    def modelTemplates(self, modelName: str) -> dict[str, dict[str, str]]:  # noqa: N802, N803
        templates = self._kind(modelName)["tmpls"]
        return {t["name"]: {"Front": t["qfmt"], "Back": t["afmt"]} for t in templates}

    def modelStyling(self, modelName: str) -> dict[str, str]:  # noqa: N802, N803
        return {"css": self._kind(modelName)["css"]}

    def updateModelStyling(self, model: dict[str, str]) -> None:  # noqa: N802
        kind = self._kind(model["name"])
        kind["css"] = model["css"]
        self.collection.models.update_dict(kind)

    def updateModelTemplates(self, model: dict[str, Any]) -> None:  # noqa: N802
        kind = self._kind(model["name"])
        for template in kind["tmpls"]:
            sides = model["templates"][template["name"]]
            template["qfmt"], template["afmt"] = sides["Front"], sides["Back"]
        self.collection.models.update_dict(kind)

    def getMediaFilesNames(self, pattern: str) -> list[str]:  # noqa: N802
        return [path.name for path in Path(self.collection.media.dir()).glob(pattern)]

    def storeMediaFile(self, filename: str, data: str) -> None:  # noqa: N802
        self.collection.media.write_data(filename, base64.b64decode(data))

    def updateNoteFields(self, note: dict[str, Any]) -> None:  # noqa: N802
        if self.is_deaf:
            return
        changed = self.collection.get_note(note["id"])
        for name, value in note["fields"].items():
            changed[name] = value
        self.collection.update_note(changed)

    def importPackage(self, path: str) -> bool:  # noqa: N802
        if not self.is_deaf:
            options = ImportAnkiPackageOptions(merge_notetypes=True)  # as since Anki 26.9
            request = ImportAnkiPackageRequest(package_path=path, options=options)
            self.collection.import_anki_package(request)
            self.collection.models._clear_cache()
        return True


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Desktop]:
    """A desktop that listens on loopback, and a built project."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    stand_in = _Desktop(collection)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(stand_in.banner)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.reply(json.dumps(stand_in.answer(json.loads(body))).encode())

        def reply(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    project = tmp_path / "project"
    (project / "source").mkdir(parents=True)
    (project / "source/p.md").write_text(
        '# P\n\n??? question "What is one_two*?"\n    <!-- id: one_two:3 -->\n    It is 12.\n\n'
        '??? question "What is two?"\n    It is 2.\n'
    )
    monkeypatch.chdir(project)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.delenv("ADMONKI_ANKICONNECT_KEY", raising=False)
    assert _run("build").exit_code == 0
    yield stand_in
    server.shutdown()
    server.server_close()
    thread.join()
    collection.close()


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_notes_are_in_anki_and_updated_by_the_next_push(desktop: _Desktop) -> None:
    result = _run("push")
    assert result.exit_code == 0, result.output
    assert result.output == "all.apkg: 2 new, 0 updated, 0 unchanged\n"
    page = Path("source/p.md")
    page.write_text(page.read_text().replace("It is 2.", "It is two, of course."))
    assert _run("build").exit_code == 0
    assert _run("push").exit_code == 0
    assert desktop.collection.note_count() == 2
    assert len(desktop.collection.find_notes("course")) == 1


def test_the_key_goes_to_ankiconnect_only(
    desktop: _Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop.key = _KEY
    refused = _run("push")
    assert refused.exit_code == 1
    assert "ADMONKI_ANKICONNECT_KEY" in refused.output
    monkeypatch.setenv("ADMONKI_ANKICONNECT_KEY", _KEY)
    assert _run("push").exit_code == 0
    desktop.banner = b"Welcome to my printer"
    desktop.asked.clear()
    stranger = _run("push")
    assert stranger.exit_code == 1
    assert "not AnkiConnect" in stranger.output
    assert desktop.asked == []


def test_an_import_that_did_not_happen_is_noticed(desktop: _Desktop) -> None:
    desktop.is_deaf = True
    result = _run("push")
    assert result.exit_code == 1
    assert "2 notes are not in Anki as they were sent" in result.output
    desktop.is_deaf = False
    assert "2 new" in _run("push").output
    page = Path("source/p.md")
    page.write_text(page.read_text().replace("It is 2.", "It is two, of course."))
    assert _run("build").exit_code == 0
    desktop.is_deaf = True
    changed = _run("push")
    assert changed.exit_code == 1
    assert "1 notes are not in Anki as they were sent" in changed.output


def test_anki_that_is_not_running_is_said(
    desktop: _Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", "http://127.0.0.1:1")
    result = _run("push")
    assert result.exit_code == 1
    assert "Anki does not answer" in result.output


def test_an_address_on_another_computer_is_refused(
    desktop: _Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", "http://example.org:8765")
    assert "E756" in _run("push").output
