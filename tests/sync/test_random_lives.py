"""Random lives: two projects, two phones and our mirror, in any order; nothing is lost.

Each phone has cards of its own, so that what Anki itself does when two devices change one card
is not part of it. Everything else may happen in any order, and unsynced.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.sync.server import Device, sync_server
from tests.sync.world import Clock, Project, Reader, page

pytestmark = pytest.mark.slow
_LIVES = int(os.environ.get("ADMONKI_LIVES", "8"))
_STEPS = 14
_PHONES = ("a", "b")
_CARDS = st.integers(0, 2)
_SITES = st.integers(0, 1)
_OF = st.sampled_from(_PHONES)


class Lives(RuleBasedStateMachine):
    """Authors edit, build and sync; readers review, edit, tag, move, suspend, delete, and sync."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.count = 0

    @initialize()
    def begin(self) -> None:
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="lives-")))
        url = self.stack.enter_context(sync_server(folder / "server"))
        clock = Clock()
        self.sites = [Project(folder / f"site{n}", url, clock=clock) for n in (0, 1)]
        self.answers = {
            (site, phone, card): "first"
            for site in (0, 1)
            for phone in _PHONES
            for card in (0, 1, 2)
        }
        self.sections = dict.fromkeys(self.answers, "Basics")
        self.did: dict[str, dict[str, object]] = {}
        self.said = ""
        for number in (0, 1):
            self.release(number)
        self.phones = {name: Reader(Device(folder / name, url)) for name in _PHONES}
        for phone in self.phones.values():
            phone.sync()

    def question(self, site: int, phone: str, card: int) -> str:
        return f"What is {site}{phone}{card}?"

    def write(self, site: int) -> None:
        boxes: dict[str, str] = {}
        for key, section in self.sections.items():
            if key[0] == site:
                text = f'??? question "{self.question(*key)}"\n    {self.answers[key]}\n\n'
                boxes[section] = boxes.get(section, "") + text
        self.sites[site].write("p.md", page(f"Site {site}", *sorted(boxes.items())))

    @rule(site=_SITES)
    def release(self, site: int) -> None:
        self.write(site)
        self.said += self.sites[site].release()

    @rule(site=_SITES, phone=_OF, card=_CARDS)
    def author_edits(self, site: int, phone: str, card: int) -> None:
        self.count += 1
        self.answers[site, phone, card] = f"answer {self.count}"

    @rule(site=_SITES, phone=_OF, card=_CARDS, section=st.sampled_from(["Basics", "More", "New"]))
    def author_moves(self, site: int, phone: str, card: int, section: str) -> None:
        self.sections[site, phone, card] = section

    @rule(site=_SITES)
    def author_renames(self, site: int) -> None:
        self.count += 1
        for key, section in self.sections.items():
            if key[0] == site and section == "Basics":
                self.sections[key] = f"Section {self.count}"

    @rule(phone=_OF)
    def sync(self, phone: str) -> None:
        self.phones[phone].sync()

    def act(self, site: int, phone: str, card: int, act: Callable[[Reader, str], None]) -> bool:
        question = self.question(site, phone, card)
        if not self.phones[phone].has(question):
            return False
        act(self.phones[phone], question)
        return True

    def note(self, site: int, phone: str, card: int) -> dict[str, object]:
        return self.did.setdefault(self.question(site, phone, card), {"phone": phone})

    @rule(site=_SITES, phone=_OF, card=_CARDS)
    def reader_reviews(self, site: int, phone: str, card: int) -> None:
        if self.act(site, phone, card, _review):
            done = self.note(site, phone, card)
            done["reviews"] = int(str(done.get("reviews", 0))) + 1

    @rule(site=_SITES, phone=_OF, card=_CARDS, field=st.sampled_from(["Question", "Answer"]))
    def reader_edits(self, site: int, phone: str, card: int, field: str) -> None:
        self.count += 1
        text = f"mine {self.count}"
        if self.act(site, phone, card, lambda reader, q: reader.edit(q, field, text)):
            self.note(site, phone, card)[field] = text

    @rule(site=_SITES, phone=_OF, card=_CARDS)
    def reader_tags(self, site: int, phone: str, card: int) -> None:
        if self.act(site, phone, card, lambda reader, q: reader.tag(q, "mine")):
            self.note(site, phone, card)["tag"] = "mine"

    @rule(site=_SITES, phone=_OF, card=_CARDS)
    def reader_moves(self, site: int, phone: str, card: int) -> None:
        deck = f"My own {phone}"  # two decks of one name would get a second one from Anki's sync
        if self.act(site, phone, card, lambda reader, q: reader.move(q, deck)):
            self.note(site, phone, card)["deck"] = deck

    @rule(site=_SITES, phone=_OF, card=_CARDS)
    def reader_deletes(self, site: int, phone: str, card: int) -> None:
        if self.act(site, phone, card, lambda reader, q: reader.delete(q)):
            self.note(site, phone, card)["deleted"] = True

    def teardown(self) -> None:
        """Let everything come to rest, then look."""
        try:
            if hasattr(self, "phones"):
                self.settle()
        finally:
            for phone in getattr(self, "phones", {}).values():
                phone.device.close()
            self.stack.close()

    def settle(self) -> None:
        for _ in range(3):
            for phone in self.phones.values():
                phone.sync()
            for site in (0, 1):
                self.release(site)
        for phone in self.phones.values():
            phone.sync()
        for question, done in self.did.items():
            for phone in self.phones.values():
                self.check(phone, question, done)
        for key, answer in self.answers.items():
            done = self.did.get(self.question(*key), {})
            if not done.get("deleted") and "Answer" not in done:
                assert answer in self.phones["a"].find(self.question(*key))["Answer"]

    def check(self, phone: Reader, question: str, done: dict[str, object]) -> None:
        if done.get("deleted"):
            assert not phone.has(question), question
            return
        note = phone.find(question)
        for field in ("Question", "Answer"):
            if field in done:
                assert note[field] == done[field], (question, done)
        if "tag" in done:
            assert "mine" in note.tags, (question, done)
        if "deck" in done:
            assert phone.deck(question) == done["deck"], (question, done)
        if "reviews" in done:
            assert note.cards()[0].reps == done["reviews"], (question, done)


def _review(reader: Reader, question: str) -> None:
    asked = reader.cards(question)[0]
    asked.start_timer()
    reader.col.sched.answerCard(asked, 3)


def test_random_lives_lose_nothing() -> None:
    """ADMONKI_LIVES sets how many; docs/maintainers/testing.md says how many were run."""
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=_LIVES,
            stateful_step_count=_STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
