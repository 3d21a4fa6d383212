"""Our reading of Anki's template language, held against Anki itself."""

import re
from html import unescape
from pathlib import Path

import pytest

from generator.apkg.card import card_html, render_cards
from generator.apkg.notetypes import NoteType
from generator.model import CardKind, IdentifiedNote
from tests.apkg.conftest import Anki, MakeNote, write_package

Types = tuple[NoteType, ...]

CLOZES = (
    "{{c1::Red}} and {{c2::blue}}",
    "{{c1::one}} {{c1::two::a hint}}",
    "{{c1::outer {{c2::inner}} end}}",
    "<b>{{c1::x &lt; y}}</b> }} and {{ stay",
    'an {{c1::"attribute"}} with {{c11::a big number}}',
)


@pytest.mark.parametrize("cloze", CLOZES)
def test_cloze_cards_look_as_anki_draws_them(
    cloze: str, anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    _compare(anki, types, make_note(kind=CardKind.CLOZE, question=cloze), tmp_path)


@pytest.mark.parametrize("kind", [CardKind.BASIC, CardKind.REVERSED])
@pytest.mark.parametrize("answer", ["<p>Rayleigh & {{braces}}</p>", ""])
def test_basic_cards_look_as_anki_draws_them(
    kind: CardKind, answer: str, anki: Anki, types: Types, make_note: MakeNote, tmp_path: Path
) -> None:
    _compare(anki, types, make_note(kind=kind, answer=answer), tmp_path)


def _compare(anki: Anki, types: Types, note: IdentifiedNote, tmp_path: Path) -> None:
    write_package(tmp_path / "deck.apkg", (note,), note_types=types)
    anki.import_package(tmp_path / "deck.apkg")
    cards = [anki.col.get_card(id_) for id_ in anki.col.find_cards("")]
    theirs = {(card.ord, _plain(card.question()), _plain(card.answer())) for card in cards}
    style = f"<style>{types[note.note.kind is CardKind.CLOZE].css}</style>"
    rendered = render_cards(note, note_types=types)
    ours = {(c.ordinal, _plain(style + c.front), _plain(style + c.back)) for c in rendered}
    assert ours == theirs


def _plain(html: str) -> str:
    """Undo the escapes inside `data-cloze`: Anki writes more of them than need be."""
    return re.sub(r'(?<=data-cloze=")[^"]*', lambda match: unescape(match[0]), html)


def test_sections_hide_and_show() -> None:
    template = "{{#A}}a{{^B}}b{{/B}}{{/A}}{{^A}}none{{/A}}"
    assert card_html(template, {"A": "x", "B": "<br>"}) == "ab"
    assert card_html(template, {"A": " <div></div> ", "B": ""}) == "none"


def test_filters_and_front_side() -> None:
    assert card_html("{{text:A}}|{{FrontSide}}", {"A": "<b>x</b>", "FrontSide": "f"}) == "x|f"
    assert "unknown field Nope" in card_html("{{Nope}}", {})
