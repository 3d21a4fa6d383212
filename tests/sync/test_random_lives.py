"""Random lives: two projects and three devices in any order; nothing of the reader's is lost.

Each device has cards of its own, so that what Anki itself does when two devices change one card
is not part of it. Everything else may happen in any order, and unsynced.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from unittest.mock import patch

import pytest

pytest.importorskip("anki", reason="the official anki library is not installed")

from anki.notes import Note
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from generator.commands.sync.apply import MANY
from generator.identity.shipped import read_shipped
from tests.sync.lives import Box, Done, Site, check, find, set_clock, unnamed, wait_for_new_ids
from tests.sync.server import Device, sync_server
from tests.sync.stand_in import StandIn, listening
from tests.sync.world import Clock, Project, Reader

pytestmark = pytest.mark.slow
_LIVES = int(os.environ.get("ADMONKI_LIVES", "5"))
_STEPS = 20
_DEVICES = ("phone", "tablet", "desktop")
_BOXES = st.integers(0, 5)
_SITES = st.integers(0, 1)
_OPTIONS = st.sampled_from(["", "", "", "--suspend-removed", "--delete-removed"])
_GAPS = st.permutations(["one", "two", "three", "four"]).flatmap(
    lambda gaps: st.integers(1, 4).map(lambda count: tuple(gaps[:count]))
)


class Lives(RuleBasedStateMachine):
    """Authors edit, build, sync, import and push; readers do what readers do."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.count = 0
        self.done: dict[tuple[int, int], Done] = {}
        self.pushed: set[str] = set()
        self.restyled: set[int] = set()

    @initialize()
    def begin(self) -> None:
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="lives-")))
        self.stack.enter_context(patch.dict(os.environ, {"HOME": str(self.folder / "home")}))
        url = self.stack.enter_context(sync_server(self.folder / "server"))
        self.clock = Clock()
        self.sites = [
            Site(n, Project(self.folder / f"site{n}", url, clock=self.clock)) for n in (0, 1)
        ]
        self.devices: dict[str, Reader] = {}
        for number in (0, 1):
            self.release(number, "")
        for name in _DEVICES:
            self.devices[name] = Reader(Device(self.folder / name, url))
            self.sync(name)

    # The author

    @rule(site=_SITES, options=_OPTIONS)
    def release(self, site: int, options: str) -> None:
        self.build(site)
        self.sites[site].output = self.sites[site].project.sync(*options.split())
        wait_for_new_ids()
        if options == "--delete-removed":
            self.forget(site)

    @rule(site=_SITES)
    def build(self, site: int) -> None:
        self.sites[site].build()

    @rule(site=_SITES, box=_BOXES)
    def author_edits(self, site: int, box: int) -> None:
        found = self.sites[site].boxes[box]
        if found.may_change("answer"):
            found.version = f"v{self.next()}"
            found.changed.add("answer")

    @rule(site=_SITES, box=_BOXES)
    def author_rewords(self, site: int, box: int) -> None:
        found = self.sites[site].boxes[box]
        if found.may_change("question"):
            found.question = (
                f"What is the {found.word[:-1]} of site {site}, in {self.next()} words?"
            )
            found.changed.add("question")

    @rule(site=_SITES, box=_BOXES, page=st.sampled_from("pq"), section=st.sampled_from("AB"))
    def author_moves(self, site: int, box: int, page: str, section: str) -> None:
        found = self.sites[site].boxes[box]
        if found.may_change("place"):
            found.page, found.section = page, section
            found.changed.add("place")

    @rule(site=_SITES, capitals=st.booleans())
    def author_renames_a_section(self, site: int, capitals: bool) -> None:
        name = self.sites[site].boxes[0].section
        new = name.swapcase() if capitals else f"Section {self.next()}"
        for box in self.sites[site].boxes:
            box.section = new if box.section == name else box.section

    @rule(site=_SITES, page=st.sampled_from("pq"), capitals=st.booleans())
    def author_renames_a_page(self, site: int, page: str, capitals: bool) -> None:
        titles = self.sites[site].titles
        titles[page] = titles[page].swapcase() if capitals else f"Page {site}{self.next()}"

    @rule(site=_SITES, box=_BOXES)
    def author_removes_or_returns(self, site: int, box: int) -> None:
        found = self.sites[site].boxes[box]
        is_more = not found.is_removed and sum(b.is_removed for b in self.sites[site].boxes) < MANY
        if found.may_change("there") and (found.is_removed or is_more):
            found.is_removed = not found.is_removed
            found.changed.add("there")

    @rule(site=_SITES, box=_BOXES)
    def author_asks_both_ways(self, site: int, box: int) -> None:
        found = self.sites[site].boxes[box]
        if found.kind != "cloze":
            found.kind = "" if found.kind else "reversed"

    @rule(site=_SITES, gaps=_GAPS)
    def author_changes_gaps(self, site: int, gaps: tuple[str, ...]) -> None:
        found = self.sites[site].boxes[4]
        if found.has_id:
            found.gaps, found.version = gaps, f"v{self.next()}"

    @rule(site=_SITES, what=st.sampled_from(["tags", "style", "math"]))
    def author_changes_the_look(self, site: int, what: str) -> None:
        found = self.sites[site]
        if what == "tags":
            found.tags = f"tag{self.next()}"
        elif what == "style":
            found.style = self.next()
        else:
            found.math = "mathjax" if found.math == "mathml" else "mathml"

    @rule(site=_SITES)
    def author_clones(self, site: int) -> None:
        """Another machine: the repository, without the copy of the collection."""
        project = self.sites[site].project
        clone = self.folder / f"clone{self.next()}"
        copytree(project.folder, clone, ignore=ignore_patterns("mirror", "build", ".admonki*"))
        project.folder = clone
        project.run("build")

    # The ways into Anki, apart from sync

    @rule(site=_SITES)
    def desktop_imports(self, site: int) -> None:
        """It replaces what its author changed, and brings back what is missing."""
        found, desktop = self.sites[site], self.devices["desktop"]
        mods = found.mods()
        for index, guid in enumerate(found.guids):
            done = self.done.get((site, index))
            note = find(desktop, guid)
            if done and guid in mods and (note is None or _sent(note) < mods[guid]):
                self.done[site, index] = replace(done.replaced(), is_deleted=False)
        desktop.take(found.project.package)
        set_clock(desktop, self.now())

    @rule(site=_SITES, options=_OPTIONS, move=st.booleans())
    def desktop_pushes(self, site: int, options: str, move: bool) -> None:
        """After all devices have synced, as its documentation asks for."""
        for name in (*_DEVICES, *_DEVICES):
            self.sync(name)
        desktop = self.devices["desktop"]
        arguments = [*options.split(), *["--move"] * move]
        with (
            listening(StandIn(desktop.col)) as url,
            patch.dict(os.environ, {"ADMONKI_ANKICONNECT_URL": url}),
        ):
            self.sites[site].project.run("push", *arguments)
        self.remember_push(site)
        set_clock(desktop, self.now())
        for name in (*_DEVICES, *_DEVICES):
            self.sync(name)
        if options == "--delete-removed":
            self.forget(site)

    def remember_push(self, site: int) -> None:
        """A push knows of a deletion only if an earlier one saw the note."""
        for index, guid in enumerate(self.sites[site].guids):
            done = self.done.get((site, index), Done())
            is_there = find(self.devices["desktop"], guid) is not None
            if is_there and done.is_deleted and guid not in self.pushed:
                self.done[site, index] = Done()
            if is_there:
                self.pushed.add(guid)

    # The reader

    @rule(device=st.sampled_from(_DEVICES))
    def sync(self, device: str) -> None:
        """Anki's own merge may leave a card without its note, until our next sync."""
        self.devices[device].device.sync()
        self.devices[device].col.models._clear_cache()

    @rule(site=_SITES, box=_BOXES, data=st.data())
    def reader_reviews(self, site: int, box: int, data: st.DataObject) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            cards = [card for card in note.cards() if card.queue != -1]
            if not cards:
                return done
            card = data.draw(st.sampled_from(cards))
            card.start_timer()
            reader.col.sched.answerCard(card, 3)
            return replace(done, reviews={**done.reviews, card.ord: card.reps})

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES, field=st.sampled_from(["Question", "Answer"]))
    def reader_edits(self, site: int, box: int, field: str) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            if field not in note:
                return done
            before = {field: note[field], **done.before}
            cloze = " {{c1::mine}}" if "{{c" in note[field] else ""
            note[field] = f"mine {self.next()}{cloze}"
            reader.col.update_note(note)
            return replace(done, fields={**done.fields, field: note[field]}, before=before)

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES)
    def reader_tags(self, site: int, box: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            note.tags.append("mine")
            reader.col.update_note(note)
            return replace(done, tags=frozenset({"mine"}))

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES)
    def reader_drops_tags(self, site: int, box: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            dropped = frozenset(note.tags) - {"mine"}
            note.tags = [tag for tag in note.tags if tag == "mine"]
            reader.col.update_note(note)
            return replace(done, dropped=done.dropped | dropped)

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES)
    def reader_moves(self, site: int, box: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            deck = f"Own deck {_owner(box)}"  # two of one name would get a second one from Anki
            home = reader.col.decks.id(deck)
            assert home is not None
            reader.col.set_deck([card.id for card in note.cards()], home)
            return replace(done, deck=deck)

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES)
    def reader_suspends(self, site: int, box: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            reader.col.sched.suspend_cards([card.id for card in note.cards()])
            return replace(done, is_suspended=True)

        if not self.sites[site].boxes[box].is_removed:  # else it may be ours, too
            self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES)
    def reader_flags(self, site: int, box: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            reader.col.set_user_flag_for_cards(3, [card.id for card in note.cards()])
            return replace(done, flag=3)

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES)
    def reader_deletes(self, site: int, box: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            reader.col.remove_notes([note.id])
            return Done(is_deleted=True)

        self.act(site, box, act)

    @rule(site=_SITES, box=_BOXES, is_back=st.booleans())
    def reader_crams(self, site: int, box: int, is_back: bool) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            name = f"Cram {_owner(box)}"
            deck = reader.col.decks.id_for_name(name) or reader.col.decks.new_filtered(name)
            config = reader.col.decks.get_legacy(deck)
            assert config is not None
            config["terms"] = [[f"nid:{note.id}", 10, 0]]
            reader.col.decks.save(config)
            (reader.col.sched.empty_filtered_deck if is_back else _rebuild(reader))(deck)
            return done

        self.act(site, box, act)

    @rule(site=_SITES)
    def reader_restyles(self, site: int) -> None:
        def act(reader: Reader, note: Note, done: Done) -> Done:
            kind = note.note_type()
            if kind is not None and "hotpink" not in kind["css"]:
                kind["css"] += "\n.card { color: hotpink; }"
                reader.col.models.update_dict(kind)
                self.restyled.add(site)
            return done

        if (site, 0) not in self.done or not self.done[site, 0].is_retyped:
            self.act(site, 0, act)

    @rule(site=_SITES, box=_BOXES, is_field=st.booleans())
    def reader_changes_a_type(self, site: int, box: int, is_field: bool) -> None:
        """Anki then wants a full sync, in which other devices would lose what they hold."""
        for name in (*_DEVICES, *_DEVICES):
            self.sync(name)

        def act(reader: Reader, note: Note, done: Done) -> Done:
            return (self.add_field if is_field else self.retype)(reader, note, done)

        if self.act(site, box, act):
            self.devices[_owner(box)].device.upload()
            for name in _DEVICES:
                if name != _owner(box):
                    self.devices[name].device.download()

    def retype(self, reader: Reader, note: Note, done: Done) -> Done:
        basic = reader.col.models.by_name("Basic")
        assert basic is not None
        if note.mid == basic["id"]:
            return done
        info = reader.col.models.change_notetype_info
        request = info(old_notetype_id=note.mid, new_notetype_id=basic["id"]).input
        request.note_ids.append(note.id)
        reader.col.models.change_notetype_of_notes(request)
        first = {number: count for number, count in done.reviews.items() if number == 0}
        return replace(done, is_retyped=True, fields={}, before={}, extra="", reviews=first)

    def add_field(self, reader: Reader, note: Note, done: Done) -> Done:
        kind = note.note_type()
        if kind is None or "Mine" in note or "Question" not in note:
            return done
        reader.col.models.add_field(kind, reader.col.models.new_field("Mine"))
        reader.col.models.update_dict(kind)
        added = reader.col.get_note(note.id)
        added["Mine"] = "remember"
        reader.col.update_note(added)
        return replace(done, extra="remember")

    # What they share

    def next(self) -> int:
        self.count += 1
        return self.count

    def now(self) -> int:
        """The time of what happens now: between two builds."""
        return self.clock.now_s + self.next()

    def act(self, site: int, box: int, act: Callable[[Reader, Note, Done], Done]) -> bool:
        """Let the reader do something on the device that these cards belong to."""
        reader = self.devices[_owner(box)]
        note = find(reader, self.sites[site].guids[box])
        if note is None:
            return False
        self.done[site, box] = act(reader, note, self.done.get((site, box), Done()))
        set_clock(reader, self.now())
        return True

    def forget(self, site: int) -> None:
        """What was deleted because it had left the pages."""
        for index, box in enumerate(self.sites[site].boxes):
            if box.is_removed:
                self.done.pop((site, index), None)
                self.pushed.discard(self.sites[site].guids[index])

    def teardown(self) -> None:
        """Let everything come to rest, then look."""
        try:
            if len(getattr(self, "devices", ())) == len(_DEVICES):
                self.settle()
        finally:
            for reader in getattr(self, "devices", {}).values():
                reader.device.close()
            self.stack.close()

    def settle(self) -> None:
        for _ in range(3):
            for name in _DEVICES:
                self.sync(name)
            for site in (0, 1):
                self.release(site, "")
        for name in _DEVICES:
            self.devices[name].sync()
            for (site, index), done in self.done.items():
                check(self.devices[name], self.sites[site].guids[index], done)
        for one in self.sites:
            self.look(one)

    def look(self, site: Site) -> None:
        """See that everything of the author's has arrived, or is named."""
        for index, guid in enumerate(site.guids):
            done = self.done.get((site.number, index), Done())
            assert not unnamed(site, index, done), (unnamed(site, index, done), site.output)
            note = find(self.devices["phone"], guid)
            if note is not None and "Answer" in note and not site.boxes[index].is_removed:
                _has_arrived(note, site.boxes[index], done)
        styles = [kind["css"] for kind in self.devices["phone"].col.models.all()]
        assert site.number not in self.restyled or any("hotpink" in css for css in styles)


def _has_arrived(note: Note, box: Box, done: Done) -> None:
    field = "Question" if box.kind == "cloze" else "Answer"
    assert field in done.fields or not box.is_news_to(field, note[field]), (note[field], box)


def _owner(box: int) -> str:
    return _DEVICES[box % 3]


def _sent(note: Note) -> int:
    shipped = read_shipped(note["Shipped"]) if "Shipped" in note else None
    return shipped.mod_s if shipped else 0


def _rebuild(reader: Reader) -> Callable[..., object]:
    return reader.col.sched.rebuild_filtered_deck


def test_random_lives_lose_nothing() -> None:
    """ADMONKI_LIVES sets how many; docs/maintainers/testing.md says how many were run."""
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=_LIVES,
            stateful_step_count=_STEPS,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
