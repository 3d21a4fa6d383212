"""What real Anki makes of our packages."""

from pathlib import Path

from generator.apkg.fingerprint import Counts
from generator.apkg.notetypes import NoteType
from generator.apkg.writer import write_package
from generator.model import CardKind
from tests.apkg.conftest import Anki, MakeNote

Types = tuple[NoteType, ...]


def test_every_kind_of_note_arrives_with_its_cards(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    notes = (
        make_note(1),
        make_note(2, kind=CardKind.REVERSED, deck="Physics::Sound"),
        make_note(3, kind=CardKind.CLOZE, question="{{c1::Red}} is not {{c2::blue}}", answer=""),
        make_note(4, answer=""),
    )
    path = tmp_path / "deck.apkg"
    written = write_package(path, notes, note_types=types)
    assert written.counts == Counts(notes=4, cards=6, decks=2, media=0)
    assert anki.import_package(path) == (4, 0, 0, 0)
    assert anki.col.card_count() == 6
    assert len(anki.col.find_cards("deck:Physics::Sound")) == 2
    assert anki.check()
    assert anki.import_package(path) == (0, 0, 4, 0)


def test_a_large_package_arrives(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    notes = [make_note(number) for number in range(1, 1102)]
    path = tmp_path / "deck.apkg"
    write_package(path, notes, note_types=types)
    assert anki.import_package(path) == (1101, 0, 0, 0)
    assert anki.check()
