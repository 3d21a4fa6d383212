"""Notes to pack, and the official Anki to import them into."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from msgspec.structs import replace

from generator.apkg.commit import StagedPackage, commit
from generator.apkg.notetypes import NoteType, note_types
from generator.apkg.temporary import none_left
from generator.apkg.writer import Plan, stage
from generator.errors import Location
from generator.fields import fields_of, note_tags, with_key
from generator.identity.content import content_of
from generator.markup.text import clean
from generator.model import CardKind, Fragment, IdentifiedNote, Media, Note

EPOCH_S = 1_700_000_000
MOD_S = 1_700_000_100


class Anki:
    """A collection of its own, spoken to as the desktop would."""

    def __init__(self, folder: Path) -> None:
        self.col = Collection(str(folder / "collection.anki2"))

    def import_package(
        self, path: Path, *, with_progress: bool = False
    ) -> tuple[int, int, int, int]:
        """Import with Anki's default options; count new, updated, duplicate, conflicting.

        Args:
            path: The package.
            with_progress: Whether "Import any learning progress" is ticked.
        """
        options = ImportAnkiPackageOptions(with_scheduling=with_progress)
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.col.import_anki_package(request).log
        return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)

    def field(self, guid: str, name: str) -> str:
        """A field of the note with a GUID."""
        assert self.col.db is not None
        (note_id,) = self.col.db.list("select id from notes where guid = ?", guid)
        return str(self.col.get_note(note_id)[name])

    def check(self) -> bool:
        """What 'Check Database' says."""
        return bool(self.col.fix_integrity()[1])


def write_package(
    path: Path, notes: Sequence[IdentifiedNote], *, note_types: Sequence[NoteType]
) -> StagedPackage:
    """Stage and commit one package."""
    with none_left(path.parent):
        staged = stage((Plan(path, notes),), note_types=note_types)
        commit(staged)
    return staged[0]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    folder = tmp_path / "anki"
    folder.mkdir()
    opened = Anki(folder)
    yield opened
    opened.col.close()


@pytest.fixture
def types() -> tuple[NoteType, ...]:
    return dated(note_types())


def dated(types: tuple[NoteType, ...], mod_s: int = MOD_S) -> tuple[NoteType, ...]:
    """Note types as the lock would date them."""
    return tuple(replace(kind, mod_s=mod_s) for kind in types)


MakeNote = Callable[..., IdentifiedNote]


@pytest.fixture
def make_note() -> MakeNote:
    return a_note


def a_note(
    number: int = 1,
    *,
    question: str = "",
    answer: str = "<p>Because.</p>",
    kind: CardKind = CardKind.BASIC,
    deck: str = "Physics::Light",
    mod_s: int = MOD_S,
    media: tuple[Media, ...] = (),
    guid: str = "",
    tags: tuple[str, ...] = ("optics",),
) -> IdentifiedNote:
    """A note as the stages before would hand it over."""
    title = question or f"Why is sky number {number} blue?"
    note = Note(
        location=Location("physics.md", number),
        page="physics.md",
        page_title="Physics",
        section=("Light",),
        anchor="light",
        kind=kind,
        deck=deck,
        question=Fragment(clean(title), clean(title)),
        answer=Fragment(clean(answer), "Because.", media),
        sketch="",
        source="physics.md#light",
        tags=tags,
        is_unanswered=not answer,
    )
    return identified(note, number, mod_s=mod_s, guid=guid)


def identified(note: Note, number: int, *, mod_s: int = MOD_S, guid: str = "") -> IdentifiedNote:
    """A note with an identity that follows from its number."""
    key, guid = f"sky-{number}", guid or f"guid-{number}"
    content = content_of(note, note.question, note.answer, note.source)
    fields = with_key(fields_of(note), key)
    row_id = EPOCH_S * 1000 + 4 * number
    return IdentifiedNote(
        note, key, guid, mod_s, number, fields, note_tags(note.tags), content.hash, row_id
    )
