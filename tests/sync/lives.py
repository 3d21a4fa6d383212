"""What random lives are made of: a site that changes, and what its reader did."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from anki.notes import Note, NoteId

from generator.identity.lock_file import read_lock
from tests.sync.world import Project, Reader

FIELDS = ("Question", "Answer")
_WORDS = ("loss", "kernel", "gradient", "entropy", "margin", "dropout")
_KINDS = ("", "", "reversed", "", "cloze", "")


@dataclass
class Box:
    """A card as its author has it now."""

    word: str
    kind: str
    has_id: bool
    question: str = ""
    version: str = "v0"
    gaps: tuple[str, ...] = ("one", "two", "three")
    page: str = "p"
    section: str = "Basics"
    is_removed: bool = False
    changed: set[str] = field(default_factory=set)
    """Since the last build."""

    def text(self) -> str:
        """The box in the page."""
        name = f"    <!-- id: {self.word} -->\n" if self.has_id else ""
        return f'??? question {self.kind} "{self.question}"\n{name}    {self.answer()}\n\n'

    def answer(self) -> str:
        """What it answers."""
        if self.kind == "cloze":
            gaps = " and ".join(f"=={gap}==" for gap in self.gaps)
            return f"The {self.word} has {gaps}, {self.version} it is said."
        return f"The {self.word} is $x$, {self.version} it is said."

    def is_news_to(self, name: str, before: str) -> bool:
        """Whether its author has changed a field since it held something."""
        question, version = self.question not in before, f"{self.version} it" not in before
        if self.kind == "cloze":
            return name == "Question" and (question or version)
        return question if name == "Question" else version

    def may_change(self, part: str) -> bool:
        """Whether it would still be found again if this changed, too."""
        return self.has_id or self.changed <= {part}


class Site:
    """An author, the pages and the project."""

    def __init__(self, number: int, project: Project) -> None:
        self.number = number
        self.project = project
        self.boxes = [
            Box(f"{word}{number}", kind, index % 2 == 0, f"What is the {word} of site {number}?")
            for index, (word, kind) in enumerate(zip(_WORDS, _KINDS, strict=True))
        ]
        self.titles = {"p": f"Site {number}", "q": f"More of site {number}"}
        self.tags = "old"
        self.style = 0
        self.math = "mathml"
        self.guids: list[str] = []
        self.output = ""

    def write(self) -> None:
        """Write the pages and the settings."""
        settings = f'sources = ["docs"]\ncss = ["own.css"]\nmath = "{self.math}"\n'
        (self.project.folder / "admonki.toml").write_text(settings)
        (self.project.folder / "own.css").write_text(f".card {{ top: {self.style}px; }}\n")
        for name in self.titles:
            self.project.write(f"{name}.md", self._page(name))

    def _page(self, name: str) -> str:
        sections: dict[str, str] = {}
        for box in self.boxes:
            if box.page == name and not box.is_removed:
                sections[box.section] = sections.get(box.section, "") + box.text()
        text = "".join(f"## {section}\n\n{boxes}" for section, boxes in sections.items())
        return f"---\ntags: [{self.tags}]\n---\n# {self.titles[name]}\n\n{text}"

    def build(self) -> None:
        """Build a version, and see that no card became another."""
        self.write()
        self.project.build()
        entries = read_lock(self.project.folder / "admonki.lock")[0].entries
        if not self.guids:
            found = {entry.question: entry.guid for entry in entries}
            self.guids = [found[box.question] for box in self.boxes]
        assert {entry.guid for entry in entries} == set(self.guids)
        for box in self.boxes:
            box.changed.clear()

    def place(self, box: Box) -> str:
        """How a report names a card."""
        return f"{box.page}.md › {box.section}: {box.question}"

    def mods(self) -> dict[str, int]:
        """GUID → when its author last changed it."""
        entries = read_lock(self.project.folder / "admonki.lock")[0].entries
        return {entry.guid: entry.mod_s for entry in entries if not entry.is_gone}


@dataclass(frozen=True)
class Done:
    """What a reader did to a note, and may count on."""

    reviews: Mapping[int, int] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    """What the edited fields held."""
    tags: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    deck: str = ""
    flag: int = 0
    extra: str = ""
    is_suspended: bool = False
    is_deleted: bool = False
    is_retyped: bool = False

    def replaced(self) -> "Done":
        """After an import of the author's change, which can only replace a whole note."""
        return replace(self, fields={}, before={}, tags=frozenset(), dropped=frozenset())


def find(reader: Reader, guid: str) -> Note | None:
    """A note by its GUID."""
    found = reader.db.scalar("SELECT id FROM notes WHERE guid = ?", guid)
    return reader.col.get_note(NoteId(found)) if found else None


def set_clock(reader: Reader, now_s: int) -> None:
    """Let everything that has just changed be changed now: builds and readers have one clock."""
    for table in ("notes", "cards"):
        reader.db.execute(f"UPDATE {table} SET mod = ? WHERE mod > ?", now_s, now_s)
    wait_for_new_ids()


def wait_for_new_ids() -> None:
    """Let no two devices make a deck or a review in one millisecond: that would be its id."""
    time.sleep(0.002)


def check(reader: Reader, guid: str, done: Done) -> None:
    """See that a device has everything that the reader did."""
    note = find(reader, guid)
    if done.is_deleted:
        assert note is None, (guid, done)
        return
    assert note is not None, (guid, done)
    for name, text in done.fields.items():
        assert note[name] == text, (name, note[name], done)
    assert done.tags <= set(note.tags), (note.tags, done)
    assert not done.dropped & set(note.tags), (note.tags, done)
    assert not done.extra or done.extra in note.fields, (note.fields, done)
    cards = {card.ord: card for card in note.cards()}
    for number, count in done.reviews.items():
        logged = reader.db.scalar("SELECT count() FROM revlog WHERE cid = ?", cards[number].id)
        found = (cards[number].reps, logged)
        assert found == (count, count), (guid, number, found, done)
    first = cards[0] if 0 in cards else next(iter(cards.values()))
    if done.deck:
        deck = reader.col.decks.name(first.odid or first.did)
        assert deck == done.deck, (deck, done)
    assert not done.flag or first.flags & 7 == done.flag, done
    assert not done.is_suspended or first.queue == -1, done


def unnamed(site: Site, index: int, done: Done) -> list[str]:
    """What the last sync should have named of a note, and did not."""
    box = site.boxes[index]
    if box.is_removed:
        return []
    wanted = {f"  {site.place(box)}"} if done.is_deleted else set()
    if done.is_retyped:
        wanted.add(f"{site.place(box)}: its note type was changed in Anki")
    elif not done.is_deleted and any(
        box.is_news_to(name, done.before[name]) for name in done.fields
    ):
        wanted.add(f"{site.place(box)}: changed by both")
    return [text for text in wanted if text not in site.output]
