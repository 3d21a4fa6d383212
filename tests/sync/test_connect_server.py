"""`admonki push` into another server of AnkiConnect's protocol: anki-connect-server (PyPI).

ADMONKI_CONNECT_SERVER names its command; it needs a newer Python than we do, so it has an
environment of its own. Without it the test is skipped.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from generator.commands.ankiconnect import AnkiConnect
from generator.errors import AdmonkiError
from generator.json_text import Json
from tests.sync.conftest import BASICS, MORE
from tests.sync.world import Clock, Project, card, page

_SERVER = os.environ.get("ADMONKI_CONNECT_SERVER", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.e2e,
    pytest.mark.skipif(not _SERVER, reason="ADMONKI_CONNECT_SERVER names no anki-connect-server"),
]
_LOSS = '"Text:What is a loss?"'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project, and a collection into which its first version was imported.

    The server's own importPackage fails (0.5.0: it hands a path on where Anki wants a request).
    """
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    made = Project(tmp_path / "site", clock=Clock())
    made.write("loss.md", page("Losses", ("Basics", BASICS), ("More", MORE)))
    made.build()
    collection = Collection(str(tmp_path / "server.anki2"))
    options = ImportAnkiPackageOptions()
    request = ImportAnkiPackageRequest(package_path=str(made.package), options=options)
    collection.import_anki_package(request)
    collection.close()
    return made


@pytest.fixture
def url(site: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "ANKICONNECT_PORT": str(port),
        "ANKICONNECT_COLLECTION_PATH": str(tmp_path / "server.anki2"),
    }
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [_SERVER, "api"], env={**os.environ, **settings}, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}/api"
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", address)
    try:
        deadline = time.monotonic() + 60
        while not _answers(address):
            assert process.poll() is None, (tmp_path / "server.log").read_text()
            assert time.monotonic() < deadline, (tmp_path / "server.log").read_text()
            time.sleep(0.2)
        yield address
    finally:
        process.kill()
        process.wait(timeout=20)


def _answers(address: str) -> bool:
    with suppress(AdmonkiError):
        AnkiConnect(address).check()
        return True
    return False


def test_a_push_keeps_what_the_reader_did(site: Project, url: str) -> None:
    anki = AnkiConnect(url)
    assert "0 new, 0 updated, 4 unchanged" in site.run("push").output
    (number,) = anki.numbers("findNotes", {"query": _LOSS})
    mine: Mapping[str, Json] = {"note": {"id": number, "fields": {"Question": "Mine?"}}}
    anki.call("updateNoteFields", mine)
    anki.call("addTags", {"notes": [number], "tags": "mine"})
    changed = BASICS.replace("A number.", "A score.")
    site.write("loss.md", page("Losses", ("Basics", changed), ("More", MORE)))
    site.build()
    assert "0 new, 1 updated" in site.run("push").output
    (info,) = anki.records("notesInfo", {"notes": [number]})
    fields, tags = info["fields"], info["tags"]
    assert isinstance(fields, Mapping)
    assert isinstance(tags, list)
    assert "A score." in str(fields["Answer"])
    assert "Mine?" in str(fields["Question"])
    assert "mine" in tags
    assert "0 new, 0 updated, 4 unchanged" in site.run("push").output
    site.write("loss.md", page("Losses", ("More", MORE)))
    site.build()
    assert "2 notes no longer in the pages: deleted" in site.run("push", "--delete-removed").output
    assert len(anki.numbers("findNotes", {"query": "deck:*"})) == 2
    site.write("loss.md", page("Losses", ("More", MORE + card("What is new?", "This."))))
    site.build()
    assert "E757" in site.run("push", expected=1).output
