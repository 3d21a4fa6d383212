"""`admonki push` into a real desktop Anki with the real add-on AnkiConnect.

The add-on is not on PyPI and not in the repository. ADMONKI_ANKICONNECT_ADDON names its folder
`plugin`, ADMONKI_AQT_PYTHON a Python with `aqt[qt6]`; without them the test is skipped.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.commands.ankiconnect import AnkiConnect
from tests.sync.conftest import BASICS, MORE
from tests.sync.server import PASSWORD, USER, Device, sync_server
from tests.sync.world import Clock, Project, Reader, card, page

_PYTHON = os.environ.get("ADMONKI_AQT_PYTHON", "")
_ADDON = os.environ.get("ADMONKI_ANKICONNECT_ADDON", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.e2e,
    pytest.mark.skipif(
        not (_PYTHON and _ADDON),
        reason="ADMONKI_AQT_PYTHON and ADMONKI_ANKICONNECT_ADDON name no desktop Anki",
    ),
]
_LOSS, _RISK = "What is a loss?", "What is a risk?"


class DesktopAnki:
    """Anki's window, and what happens in it."""

    def __init__(self, base: Path, port: int) -> None:
        self.base = base
        self.url = f"http://127.0.0.1:{port}"

    def do(self, code: str) -> str:
        """Run code inside Anki; it leaves what it found in `result`."""
        done = self.base / "done.txt"
        done.unlink(missing_ok=True)
        (self.base / "do.tmp").write_text(code)
        (self.base / "do.tmp").replace(self.base / "do.py")
        deadline = time.monotonic() + 60
        while not done.exists():
            assert time.monotonic() < deadline, code
            time.sleep(0.05)
        said = done.read_text()
        assert not said.startswith("ERROR"), said
        return said

    def field(self, question: str, name: str) -> str:
        """A field of a note."""
        return self.do(f"result = col.get_note(col.find_notes('\"Text:{question}\"')[0])[{name!r}]")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[DesktopAnki]:
    base = tmp_path / "anki"
    base.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = str(Path(__file__).with_name("desktop_anki.py"))
    with (tmp_path / "anki.log").open("wb") as log:
        process = subprocess.Popen(
            [_PYTHON, script, str(base), _ADDON, str(port)], stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 90
        while not (base / "ready.txt").exists() or not _answers(port):
            assert process.poll() is None, (tmp_path / "anki.log").read_text()
            assert time.monotonic() < deadline, (tmp_path / "anki.log").read_text()
            time.sleep(0.2)
        yield DesktopAnki(base, port)
    finally:
        process.kill()
        process.wait(timeout=20)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture
def site(tmp_path: Path, desktop: DesktopAnki, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("ADMONKI_ANKICONNECT_URL", desktop.url)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    made = Project(tmp_path / "site", clock=Clock())
    made.write("loss.md", page("Losses", ("Basics", BASICS), ("More", MORE)))
    made.build()
    return made


def test_a_push_keeps_what_the_reader_did(site: Project, desktop: DesktopAnki) -> None:
    assert "4 new" in site.run("push").output
    desktop.do(
        f"n = col.get_note(col.find_notes('\"Text:{_LOSS}\"')[0])\n"
        "n['Question'] += ' (mine)'\nn.tags.append('mine')\ncol.update_note(n)\n"
        "c = n.cards()[0]\nc.start_timer()\ncol.sched.answerCard(c, 3)"
    )
    changed = BASICS.replace("A number.", "A score.") + card("What is new?", "This.")
    site.write("loss.md", page("Losses", ("Basics", changed), ("More", MORE)))
    site.build()
    assert "1 new, 1 updated" in site.run("push").output
    assert "A score." in desktop.field(_LOSS, "Answer")
    assert "(mine)" in desktop.field(_LOSS, "Question")
    assert "0 new, 0 updated, 5 unchanged" in site.run("push").output
    tags = desktop.do(f"result = col.get_note(col.find_notes('\"Text:{_LOSS}\"')[0]).tags")
    assert "mine" in tags
    assert desktop.do("result = col.db.scalar('select count() from revlog')") == "1"
    assert desktop.do("result = col.fix_integrity()[1]") == "True"


def test_one_retyped_note_empties_no_other(site: Project, desktop: DesktopAnki) -> None:
    """Since 26.9 the add-on's import merges note types, and empties every note of them."""
    site.run("push")
    desktop.do(
        f"n = col.get_note(col.find_notes('\"Text:{_LOSS}\"')[0])\n"
        "b = col.models.by_name('Basic')\n"
        "info = col.models.change_notetype_info\n"
        "r = info(old_notetype_id=n.mid, new_notetype_id=b['id']).input\n"
        "r.note_ids.append(n.id)\ncol.models.change_notetype_of_notes(r)"
    )
    changed = BASICS.replace("Its mean.", "The mean.") + card("What is new?", "This.")
    site.write("loss.md", page("Losses", ("Basics", changed), ("More", MORE)))
    site.build()
    output = site.run("push").output
    assert f"loss.md › Basics: {_LOSS}: its note type was changed in Anki" in output
    assert "The mean." in desktop.field(_RISK, "Answer")
    assert "This." in desktop.field("What is new?", "Answer")
    assert "Surprise." in desktop.field("What is entropy?", "Answer")
    assert desktop.do("result = col.note_count()") == "5"


def test_an_added_field_stops_new_cards_and_nothing_else(
    site: Project, desktop: DesktopAnki
) -> None:
    site.run("push")
    desktop.do(
        f"m = col.get_note(col.find_notes('\"Text:{_LOSS}\"')[0]).note_type()\n"
        "col.models.add_field(m, col.models.new_field('My notes'))\ncol.models.update_dict(m)\n"
        f"n = col.get_note(col.find_notes('\"Text:{_LOSS}\"')[0])\n"
        "n['My notes'] = 'remember!'\ncol.update_note(n)"
    )
    changed = BASICS.replace("A number.", "A score.") + card("What is new?", "This.")
    site.write("loss.md", page("Losses", ("Basics", changed), ("More", MORE)))
    site.build()
    output = site.run("push").output
    assert "What is new?: the fields of its note type were changed in Anki" in output
    assert "A score." in desktop.field(_LOSS, "Answer")
    assert desktop.field(_LOSS, "My notes") == "remember!"
    assert desktop.do("result = col.note_count()") == "4"


def test_it_moves_and_retires_when_asked(site: Project, desktop: DesktopAnki) -> None:
    site.run("push")
    more = MORE + card(_LOSS, "A number.")
    site.write("loss.md", page("Losses", ("More", more)))
    site.build()
    assert "1 note stays in another deck than in the pages" in site.run("push").output
    output = site.run("push", "--move", "--suspend-removed").output
    assert "moved: Losses::Basics → Losses::More" in output
    assert "1 note no longer in the pages: suspended" in output
    found = desktop.do(
        "result = [col.decks.name(col.get_card(c).did) for c in col.find_cards('loss')]"
    )
    assert "Losses::More" in found
    assert desktop.do("result = len(col.find_cards('is:suspended'))") == "1"
    site.write("loss.md", page("Losses", ("Basics", BASICS), ("More", MORE)))
    site.build()
    site.run("push")
    assert desktop.do("result = len(col.find_cards('is:suspended'))") == "0"
    desktop.do("col.remove_notes(col.find_notes('risk'))")
    assert "1 note deleted in Anki: not restored" in site.run("push").output


def test_a_deck_is_renamed_by_the_reader_or_its_cards_keep_the_preset(
    site: Project, desktop: DesktopAnki
) -> None:
    site.run("push")
    desktop.do(
        "d = col.decks.by_name('Losses::Basics')\n"
        "d['conf'] = col.decks.add_config_returning_id('Mine')\ncol.decks.save(d)"
    )
    new = card("What is new?", "This.")
    site.write("loss.md", page("Losses", ("Groundwork", BASICS + new), ("More", MORE)))
    site.build()
    output = site.run("push").output
    assert "rename the deck Losses::Basics to Losses::Groundwork in Anki" in output
    decks = desktop.do("result = sorted(d.name for d in col.decks.all_names_and_ids())")
    assert decks == "['Default', 'Losses', 'Losses::Basics', 'Losses::More']"
    assert desktop.do("result = len(col.find_cards('\"deck:Losses::Basics\"'))") == "3"
    assert "moved: Losses::Basics → Losses::Groundwork" in site.run("push", "--move").output
    preset = "result = col.decks.config_dict_for_deck_id(col.decks.id('{}'))['name']"
    assert desktop.do(preset.format("Losses::Groundwork")) == "Mine"
    assert desktop.do("result = len(col.find_cards('\"deck:Losses::Groundwork\"'))") == "3"
    desktop.do("col.decks.rename(col.decks.id('Losses::Groundwork'), 'Losses::Base')")
    site.write("loss.md", page("Losses", ("Base", BASICS + new), ("More", MORE)))
    site.build()
    output = site.run("push", "--move").output
    assert "moved:" not in output
    assert "rename" not in output


def test_what_both_changed_is_named_until_it_agrees(site: Project, desktop: DesktopAnki) -> None:
    """An edit is newer than the build, or two builds were made before the first push."""
    site.write("loss.md", page("Losses", ("Basics", BASICS + card("What is new?", "This."))))
    site.build()
    assert "3 new" in site.run("push").output
    desktop.do(
        f"n = col.get_note(col.find_notes('\"Text:{_LOSS}\"')[0])\n"
        "n['Answer'] = 'mine'\ncol.update_note(n)"
    )
    changed = BASICS.replace("A number.", "A score.") + card("What is new?", "That.")
    site.write("loss.md", page("Losses", ("Basics", changed)))
    site.build()
    for _ in range(2):
        output = site.run("push").output
        assert f"{_LOSS}: changed by both, the reader's text was kept" in output
        assert desktop.field(_LOSS, "Answer") == "mine"
    assert "That." in desktop.field("What is new?", "Answer")
    site.run("push", "--overwrite")
    assert "A score." in desktop.field(_LOSS, "Answer")
    assert "changed by both" not in site.run("push").output


def test_anki_syncs_first(site: Project, desktop: DesktopAnki, tmp_path: Path) -> None:
    """What the phone has sent is merged; an older add-on cannot say when a sync has ended."""
    site.run("push")
    with sync_server(tmp_path / "server") as url:
        desktop.do(
            f"auth = col.sync_login({USER!r}, {PASSWORD!r}, {url!r})\n"
            f"mw.pm.set_custom_sync_url({url!r})\nmw.pm.set_sync_key(auth.hkey)\n"
            "col.close_for_full_sync()\n"
            "col.full_upload_or_download(auth=auth, server_usn=None, upload=True)\n"
            "col.reopen(after_full_sync=True)"
        )
        phone = Reader(Device(tmp_path / "phone", url))
        phone.sync()
        phone.edit(_LOSS, "Question", "mine")
        phone.review(_LOSS)
        phone.sync()
        time.sleep(1.1)  # of two changes of a note in one second Anki sends the first only
        changed = BASICS.replace("A number.", "A score.")
        site.write("loss.md", page("Losses", ("Basics", changed), ("More", MORE)))
        site.build()
        output = site.run("push").output
        assert "sync every device before a push" in output
        is_modern = AnkiConnect(desktop.url).offers("getActiveProfile")
        assert desktop.field(_LOSS, "Question") == "mine" or not is_modern
        assert "A score." in desktop.field(_LOSS, "Answer")
        deadline = time.monotonic() + 30
        while "A score." not in phone.find(_LOSS)["Answer"]:
            assert time.monotonic() < deadline
            desktop.do("mw.onSync()")
            time.sleep(1)  # the server refuses two devices at once
            phone.sync()
        assert phone.reps(_LOSS) == {0: 1}
        assert phone.find(_LOSS)["Question"] == "mine" or not is_modern
        phone.device.close()
