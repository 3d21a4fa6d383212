"""Authors with projects, a sync server, and readers' devices."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import anki.collection
from anki.cards import Card
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.dbproxy import DBProxy
from anki.notes import Note
from click.testing import CliRunner, Result

from generator.cli import main
from tests.sync.server import PASSWORD, USER, Device

START_S = 1_700_000_000
DAY_S = 86_400


def card(question: str, answer: str, kind: str = "", section: str = "") -> str:
    """A box."""
    classes = f" {kind}" if kind else ""
    return f'??? question{classes} "{question}"\n    {answer}\n\n'


def page(title: str, *sections: tuple[str, str]) -> str:
    """A page of sections."""
    return f"# {title}\n\n" + "".join(f"## {name}\n\n{text}" for name, text in sections)


class Project:
    """A site of notes, and its author."""

    def __init__(self, folder: Path, url: str = "", settings: str = "", *, clock: "Clock") -> None:
        self.folder = folder
        self.url = url
        self.clock = clock
        (folder / "docs").mkdir(parents=True)
        (folder / "admonki.toml").write_text(f'sources = ["docs"]\n{settings}')

    def write(self, name: str, text: str) -> None:
        """Write a page."""
        path = self.folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments: str, expected: int = 0) -> Result:
        """Run admonki in the project."""
        settings = {
            "SOURCE_DATE_EPOCH": str(self.clock.now_s),
            "ADMONKI_SYNC_USER": USER,
            "ADMONKI_SYNC_PASSWORD": PASSWORD,
            "ADMONKI_SYNC_URL": self.url,
        }
        with _inside(self.folder, settings):
            result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == expected, result.output
        return result

    def build(self, *options: str) -> Result:
        """Build a version; time goes on by a day."""
        self.clock.now_s += DAY_S
        return self.run("build", *options)

    def sync(self, *options: str, expected: int = 0, folder: str = "mirror") -> str:
        """Sync what was built."""
        return self.run("sync", "--folder", folder, *options, expected=expected).output

    def release(self, *options: str) -> str:
        """Build and sync with options of the sync."""
        self.build()
        return self.sync(*options)

    @property
    def package(self) -> Path:
        """What a reader would import."""
        return self.folder / "build/all.apkg"


class Clock:
    """The time of builds."""

    def __init__(self) -> None:
        self.now_s = START_S


class Reader:
    """Somebody who learns on a device."""

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def col(self) -> anki.collection.Collection:
        """The open collection."""
        return self.device.col

    @property
    def db(self) -> DBProxy:
        """Its database."""
        assert self.col.db is not None
        return self.col.db

    def sync(self) -> None:
        """Sync, and look whether the collection is sound."""
        self.device.sync()
        self.col.models._clear_cache()  # as Anki's window does after a sync
        problems, is_sound = self.col.fix_integrity()
        assert is_sound, problems

    def take(self, package: Path) -> None:
        """Import a package as Anki's window does by default."""
        options = ImportAnkiPackageOptions()
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        self.col.import_anki_package(request)
        self.col.models._clear_cache()

    def notes(self) -> list[Note]:
        """All notes."""
        return [self.col.get_note(number) for number in sorted(self.col.find_notes(""))]

    def find(self, question: str) -> Note:
        """The note that asks something."""
        found = [note for note in self.notes() if question in _asked(note)]
        assert len(found) == 1, (question, [_asked(note) for note in self.notes()])
        return found[0]

    def has(self, question: str) -> bool:
        """Whether there is such a note."""
        return any(question in _asked(note) for note in self.notes())

    def edit(self, question: str, field: str, text: str) -> None:
        """Edit a field."""
        note = self.find(question)
        note[field] = text
        self.col.update_note(note)

    def tag(self, question: str, tag: str) -> None:
        """Add a tag of one's own."""
        note = self.find(question)
        note.tags.append(tag)
        self.col.update_note(note)

    def cards(self, question: str) -> list[Card]:
        """The cards of a note."""
        return self.find(question).cards()

    def review(self, question: str, number: int = 0) -> None:
        """Answer a card."""
        asked = self.cards(question)[number]
        asked.start_timer()
        self.col.sched.answerCard(asked, 3)

    def reps(self, question: str) -> dict[int, int]:
        """Ordinal of each card → how often it was answered."""
        return {asked.ord: asked.reps for asked in self.cards(question)}

    def deck(self, question: str) -> str:
        """Where the first card is at home."""
        asked = self.cards(question)[0]
        return str(self.col.decks.name(asked.odid or asked.did))

    def decks(self) -> set[str]:
        """All decks but Anki's own."""
        return {deck.name for deck in self.col.decks.all_names_and_ids()} - {"Default"}

    def move(self, question: str, deck: str) -> None:
        """Move the cards of a note."""
        home = self.col.decks.id(deck)
        assert home is not None
        self.col.set_deck([asked.id for asked in self.cards(question)], home)

    def delete(self, question: str) -> None:
        """Delete a note."""
        self.col.remove_notes([self.find(question).id])

    def retype(self, question: str) -> None:
        """Change a note to the stock note type Basic."""
        note, basic = self.find(question), self.col.models.by_name("Basic")
        assert basic is not None
        request = self.col.models.change_notetype_info(
            old_notetype_id=note.mid, new_notetype_id=basic["id"]
        ).input
        request.note_ids.append(note.id)
        self.col.models.change_notetype_of_notes(request)

    def suspend(self, question: str) -> None:
        """Suspend the cards of a note."""
        self.col.sched.suspend_cards([asked.id for asked in self.cards(question)])

    def is_suspended(self, question: str) -> bool:
        """Whether they are."""
        return all(asked.queue == -1 for asked in self.cards(question))

    def note_type(self, question: str) -> dict[str, object]:
        """The note type of a note."""
        kind = self.find(question).note_type()
        assert kind is not None
        return dict(kind)


def _asked(note: Note) -> str:
    return str(note["Text"] if "Text" in note else note.fields[0])


@contextmanager
def _inside(folder: Path, settings: Mapping[str, str]) -> Iterator[None]:
    here, before = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    os.environ.update({name: value for name, value in settings.items() if value})
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
