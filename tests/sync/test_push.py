"""`admonki push`: who answers is looked at before anything is sent."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
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
        if asked["action"] == "version":
            return {"result": 6, "error": None}
        if asked["action"] == "findNotes":
            return {"result": list(self.collection.find_notes(parameters["query"])), "error": None}
        assert asked["action"] == "importPackage"
        if not self.is_deaf:
            request = ImportAnkiPackageRequest(
                package_path=parameters["path"], options=ImportAnkiPackageOptions()
            )
            self.collection.import_anki_package(request)
        return {"result": True, "error": None}


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
    assert result.output == "build/all.apkg: 2 notes are in Anki\n"
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
    assert "2 of 2 notes are not in Anki" in result.output


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
