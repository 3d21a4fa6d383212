"""Syncing with Anki's own server: what it refuses, what a dry run leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

from click.testing import CliRunner, Result

from generator.cli import main
from tests.sync.server import PASSWORD, USER, Device, sync_server

pytestmark = pytest.mark.slow

_PAGE = "# P\n\n## S\n\n" + "".join(
    f'??? question "What is number {n}?"\n    It is {n}.\n\n' for n in ("one", "two", "three")
)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server, and a project that is built."""
    project = tmp_path / "project"
    (project / "source").mkdir(parents=True)
    (project / "source/p.md").write_text(_PAGE)
    monkeypatch.chdir(project)
    monkeypatch.setenv("ADMONKI_SYNC_USER", USER)
    monkeypatch.setenv("ADMONKI_SYNC_PASSWORD", PASSWORD)
    assert _run("build").exit_code == 0
    with sync_server(tmp_path / "server") as address:
        monkeypatch.setenv("ADMONKI_SYNC_URL", address)
        yield address


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def _sync(*options: str) -> Result:
    return _run("sync", "--folder", "mirror", *options)


def test_a_dry_run_says_it_all_and_sends_nothing(url: str, tmp_path: Path) -> None:
    result = _sync("--dry-run")
    assert result.exit_code == 0, result.output
    assert "all.apkg: 3 new, 0 updated, 0 unchanged" in result.output
    assert "dry run: nothing was sent" in result.output
    assert not Path("mirror").exists()
    device = Device(tmp_path / "phone", url)
    device.sync()
    assert device.col.note_count() == 0
    device.close()


def test_a_dry_run_after_a_sync_leaves_mirror_and_server_alone(url: str, tmp_path: Path) -> None:
    assert _sync().exit_code == 0
    before = {p: p.read_bytes() for p in Path("mirror").rglob("*") if p.is_file()}
    page = Path("source/p.md")
    page.write_text(page.read_text().replace("It is two", "It is really two"))
    assert _run("build").exit_code == 0
    result = _sync("--dry-run", "--delete-removed")
    assert "0 new, 1 updated, 2 unchanged" in result.output
    assert {p: p.read_bytes() for p in Path("mirror").rglob("*") if p.is_file()} == before
    device = Device(tmp_path / "phone", url)
    device.sync()
    assert device.col.find_notes("really") == []
    device.close()


def test_a_wrong_password_is_said_and_not_shown(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMONKI_SYNC_PASSWORD", "not-this-one")
    result = _sync()
    assert result.exit_code == 1
    assert "E752" in result.output
    assert "not-this-one" not in result.output


def test_a_server_that_is_away_is_said(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMONKI_SYNC_URL", "http://127.0.0.1:1/")
    result = _sync()
    assert result.exit_code == 1
    assert "E752" in result.output


def test_a_collection_with_reviews_is_never_replaced(url: str, tmp_path: Path) -> None:
    """Somebody learnt for years before we come; our first sync starts from what they have."""
    phone = Device(tmp_path / "phone", url)
    note = phone.col.new_note(phone.col.models.by_name("Basic"))  # type: ignore[arg-type]
    note["Front"] = "mine"
    phone.col.add_note(note, phone.col.decks.id("Mine"))  # type: ignore[arg-type]
    card = note.cards()[0]
    card.start_timer()
    phone.col.sched.answerCard(card, 3)
    phone.sync()
    result = _sync()
    assert result.exit_code == 0, result.output
    assert "collection downloaded" in result.output
    phone.sync()
    assert phone.col.note_count() == 4
    assert phone.col.find_notes("mine prop:reps=1")
    # the server's collection is started again by another device: the mirror follows it
    phone.col.mod_schema(check=False)
    phone.col.close_for_full_sync()
    phone.col.full_upload_or_download(auth=phone.auth, server_usn=None, upload=True)
    phone.col.reopen(after_full_sync=True)
    again = _sync()
    assert again.exit_code == 0, again.output
    assert "collection downloaded" in again.output
    phone.sync()
    assert phone.col.note_count() == 4
    assert phone.col.fix_integrity()[1]
    phone.close()


def test_removed_notes_are_deleted_when_asked_and_only_ours(url: str, tmp_path: Path) -> None:
    assert _sync().exit_code == 0
    phone = Device(tmp_path / "phone", url)
    phone.sync()
    ours = phone.col.models.get(phone.col.get_note(phone.col.find_notes("")[0]).mid)
    assert ours is not None
    own = phone.col.new_note(ours)
    own["Text"] = own["Question"] = "a note of the user's own, of our note type"
    phone.col.add_note(own, phone.col.decks.id("Mine"))  # type: ignore[arg-type]
    phone.sync()
    page = Path("source/p.md")
    page.write_text(
        page.read_text().replace(_PAGE[_PAGE.index('??? question "What is number th') :], "")
    )
    assert _run("build").exit_code == 0
    assert "1 note no longer in the pages: deleted" in _sync("--delete-removed").output
    phone.sync()
    assert phone.col.note_count() == 3
    assert phone.col.find_notes("own")
    phone.close()


def test_a_lost_folder_costs_nothing(url: str, tmp_path: Path) -> None:
    assert _sync().exit_code == 0
    result = _run("sync", "--folder", "another")
    assert result.exit_code == 0, result.output
    assert "0 new, 0 updated, 3 unchanged" in result.output


def test_without_packages_the_way_is_shown(url: str) -> None:
    Path("build/all.apkg").unlink()
    result = _sync()
    assert result.exit_code == 1
    assert "admonki build" in result.output
