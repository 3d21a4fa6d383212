"""A deck that changes while its owner studies it: real Anki, release after release."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from anki.cards import CardId
from msgspec.structs import replace

from generator.apkg.notetypes import NoteType, note_types
from generator.model import CardKind, IdentifiedNote, Media
from tests.apkg.conftest import MOD_S, Anki, MakeNote, dated, identified, write_package

Types = tuple[NoteType, ...]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deck.apkg"


def _release(
    anki: Anki, path: Path, notes: Sequence[IdentifiedNote], types: Types
) -> tuple[int, int, int, int]:
    write_package(path, notes, note_types=types)
    return anki.import_package(path)


def _review(anki: Anki) -> CardId:
    """Answer the first card that is due; return its id."""
    deck = anki.col.decks.id("Physics")
    assert deck is not None
    anki.col.decks.select(deck)
    card = anki.col.sched.getCard()
    assert card is not None
    anki.col.sched.answerCard(card, 3)
    return card.id


def test_a_changed_note_arrives_and_keeps_its_reviews(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1),), types)
    reviewed = _review(anki)
    changed = make_note(1, answer="<p>Rayleigh.</p>", mod_s=MOD_S + 1)
    assert _release(anki, path, (changed,), types) == (0, 1, 0, 0)
    assert anki.field("guid-1", "Answer") == "<p>Rayleigh.</p>"
    card = anki.col.get_card(reviewed)
    assert (card.reps, anki.col.card_count(), anki.check()) == (1, 1, True)


def test_an_unchanged_note_keeps_what_its_owner_wrote(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1), make_note(2)), types)
    (note_id,) = anki.col.find_notes("ID:sky-1")
    mine = anki.col.get_note(note_id)
    mine["Answer"] = "my own words"
    anki.col.update_note(mine)
    later = (make_note(1), make_note(2, answer="<p>New.</p>", mod_s=MOD_S + 1))
    assert _release(anki, path, later, types) == (0, 1, 1, 0)
    assert anki.field("guid-1", "Answer") == "my own words"


def test_new_css_alone_arrives_with_reviews_kept(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1),), types)
    reviewed = _review(anki)
    restyled = dated(note_types(".card { color: rebeccapurple }"), MOD_S + 1)
    assert _release(anki, path, (make_note(1),), restyled) == (0, 0, 1, 0)
    model = anki.col.models.get(restyled[0].id)  # type: ignore[arg-type]
    assert model is not None
    assert "rebeccapurple" in model["css"]
    assert anki.col.get_card(reviewed).reps == 1
    assert len([m for m in anki.col.models.all_names_and_ids() if "Admonki" in m.name]) == 1


def test_a_new_question_joins_the_deck_and_a_missing_one_stays(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1), make_note(2)), types)
    assert _release(anki, path, (make_note(2), make_note(3)), types) == (1, 0, 1, 0)
    assert anki.col.note_count() == 3


def test_a_note_made_reversible_gains_its_second_card(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1),), types)
    reviewed = _review(anki)
    both_ways = make_note(1, kind=CardKind.REVERSED, mod_s=MOD_S + 1)
    assert _release(anki, path, (both_ways,), types) == (0, 1, 0, 0)
    assert anki.col.card_count() == 2
    assert anki.col.get_card(reviewed).reps == 1


def test_new_cards_come_in_reading_order(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, [make_note(number) for number in (3, 1, 2)], types)
    asked = [anki.col.get_card(id_).note()["ID"] for id_ in anki.col.find_cards("", order="c.due")]
    assert asked == ["sky-1", "sky-2", "sky-3"]


def test_section_packages_and_the_whole_overlap_without_harm(
    anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    notes = [make_note(number, deck=f"Physics::{number % 2}") for number in range(1, 5)]
    _release(anki, tmp_path / "even.apkg", notes[1::2], types)
    _release(anki, tmp_path / "odd.apkg", notes[::2], types)
    assert _release(anki, tmp_path / "all.apkg", notes, types) == (0, 0, 4, 0)
    assert anki.check()


def test_media_arrives_once_and_again_under_its_new_name(
    anki: Anki, types: Types, make_note: MakeNote, path: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "sky.png"
    for version, name in ((b"one", "sky-00000001.png"), (b"two", "sky-00000002.png")):
        picture.write_bytes(version)
        media = (Media(name, str(picture)),)
        note = make_note(1, answer=f'<img src="{name}">', media=media, mod_s=MOD_S + version[0])
        _release(anki, path, (note,), types)
        assert (Path(anki.col.media.dir()) / name).read_bytes() == version
    assert not anki.col.media.check().missing


@pytest.mark.parametrize(
    "text",
    [
        "a \x1f b",
        "{{c1::not a cloze}} {{Question}}",
        "</section></div> <b>unclosed",
        "\u202etxt.exe \ufeff \u2028",
        "日本語 العربية 👩‍🔬 ﬁ",
    ],
)
def test_odd_text_neither_breaks_the_import_nor_gets_lost(
    text: str, anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    note = make_note(1, question=text)
    assert _release(anki, path, (note,), types) == (1, 0, 0, 0)
    assert anki.check()
    kept = anki.field("guid-1", "Question")
    assert kept.split() == text.replace("\x1f", " ").split()


def test_nothing_in_the_plain_question_acts(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    active = "[sound:x.mp3] [latex]x[/latex] [$]y[/$] [anki:tts] <b>"
    note = make_note(1).note
    note = replace(note, question=replace(note.question, text=active))
    _release(anki, path, (identified(note, 1),), types)
    assert not anki.col.media.check().missing
    assert anki.col.find_notes('"Text:*&#91;sound:x.mp3]*"')


@pytest.mark.parametrize("deck", ['Ωmega::ÄÖÜ::1 < 2 & "3"', "a:b::c/d", "x" * 300, "A::b::a::B"])
def test_odd_deck_names_arrive(
    deck: str, anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1, deck=deck),), types)
    (card_id,) = anki.col.find_cards("")
    assert anki.col.decks.name(anki.col.get_card(card_id).did) == deck
    assert anki.check()


def test_tags_are_sorted_and_hold_no_blanks(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    _release(anki, path, (make_note(1, tags=("z", "two words", "a", "a", " ")),), types)
    (note_id,) = anki.col.find_notes("")
    assert anki.col.get_note(note_id).tags == ["a", "two_words", "z"]


def test_a_question_without_words_still_has_a_first_field(
    anki: Anki, types: Types, make_note: MakeNote, path: Path
) -> None:
    bare = make_note(1, question="<img>").note
    silent = replace(bare, question=replace(bare.question, text=""))
    silent = replace(silent, answer=replace(silent.answer, text=""))
    assert _release(anki, path, (identified(silent, 1),), types) == (1, 0, 0, 0)
    assert anki.field("guid-1", "Text") == "sky-1"
    assert anki.col.card_count() == 1
