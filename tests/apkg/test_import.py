"""What real Anki makes of our packages."""

from pathlib import Path

from msgspec.structs import replace

from generator.apkg.card import render_cards
from generator.apkg.fingerprint import Counts
from generator.apkg.notetypes import NoteType
from generator.model import CardKind
from tests.apkg.conftest import Anki, MakeNote, identified, write_package

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


def test_suspended_cards_wait_and_what_the_learner_does_then_stays(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    waiting = make_note(1)
    waiting = replace(waiting, note=replace(waiting.note, is_suspended=True))
    path = tmp_path / "deck.apkg"
    write_package(path, (waiting, make_note(2)), note_types=types)
    anki.import_package(path, with_progress=True)
    suspended = anki.col.find_cards("is:suspended")
    assert len(suspended) == 1
    anki.col.sched.unsuspend_cards(suspended)
    anki.import_package(path, with_progress=True)
    assert not anki.col.find_cards("is:suspended")


def test_a_typed_answer_is_asked_for(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    typed = make_note(1)
    typed = identified(replace(typed.note, is_typed=True), 1)
    path = tmp_path / "deck.apkg"
    write_package(path, (typed, make_note(2)), note_types=types)
    anki.import_package(path)
    fronts = [anki.col.get_card(card).question() for card in anki.col.find_cards("")]
    assert ["[[type:Answer]]" in front for front in sorted(fronts)] == [True, False]
    mine = render_cards(typed, note_types=types)[0]
    assert "<input type=text id=typeans>" in mine.front
    assert "<code id=typeans>Because.</code>" in mine.back


def test_a_large_package_arrives(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    notes = [make_note(number) for number in range(1, 1102)]
    path = tmp_path / "deck.apkg"
    write_package(path, notes, note_types=types)
    assert anki.import_package(path) == (1101, 0, 0, 0)
    assert anki.check()
