"""`admonki push`: who answers is looked at before anything is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

import anki.collection  # noqa: F401 - anki's modules import one another in a circle, from here
from anki.collection import Collection
from click.testing import CliRunner, Result

from generator.cli import main
from tests.sync.stand_in import StandIn, listening

_KEY = "the-key-of-the-add-on"


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


def test_the_key_goes_to_ankiconnect_only(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch
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


def test_an_import_that_did_not_happen_is_noticed(desktop: StandIn) -> None:
    desktop.is_deaf = True
    result = _run("push")
    assert result.exit_code == 1
    assert "2 notes missing in Anki or different from what was sent" in result.output
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


def test_an_address_on_another_computer_is_refused(
    desktop: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", "http://example.org:8765")
    assert "E756" in _run("push").output
