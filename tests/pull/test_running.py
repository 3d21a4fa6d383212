"""Notes, media and reviews of a running Anki, by AnkiConnect's protocol over a real collection."""

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.decks import DeckId

from generator.pull.reader_side import read_running, running_media


class _Protocol:
    """Answers as AnkiConnect's documentation describes, from a collection."""

    def __init__(self, col: Collection) -> None:
        self.col = col

    def __call__(self, action: str, params: Mapping[str, object]) -> object:
        answer = getattr(self, action)(**params)
        assert action != "findNotes" or isinstance(answer, list)
        return answer

    def findNotes(self, query: str) -> list[int]:  # noqa: N802 - the protocol's name
        return list(self.col.find_notes(query))

    def notesInfo(self, notes: list[int]) -> list[dict[str, object]]:  # noqa: N802
        return [self._info(note) for note in notes]

    def _info(self, number: int) -> dict[str, object]:
        note = self.col.get_note(number)  # type: ignore[arg-type]
        kind = note.note_type()
        assert kind
        fields = {
            name: {"value": value, "order": order}
            for order, (name, value) in enumerate(note.items())
        }
        return {
            "noteId": number,
            "modelName": kind["name"],
            "tags": note.tags,
            "fields": fields,
            "mod": note.mod,
            "cards": list(note.card_ids()),
        }

    def cardsInfo(self, cards: list[int]) -> list[dict[str, object]]:  # noqa: N802
        found = [self.col.get_card(card) for card in cards]  # type: ignore[arg-type]
        return [
            {
                "cardId": card.id,
                "ord": card.ord,
                "queue": card.queue,
                "flags": card.flags,
                "lapses": card.lapses,
                "deckName": self.col.decks.name(card.did),
            }
            for card in found
        ]

    def getReviewsOfCards(self, cards: list[int]) -> dict[str, list[dict[str, int]]]:  # noqa: N802
        names = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
        assert self.col.db
        query = "select id, usn, ease, ivl, lastIvl, factor, time, type from revlog where cid = ?"
        return {
            str(card): [dict(zip(names, row, strict=True)) for row in self.col.db.all(query, card)]
            for card in cards
        }

    def retrieveMediaFile(self, filename: str) -> str | bool:  # noqa: N802
        path = Path(self.col.media.dir()) / filename
        return base64.b64encode(path.read_bytes()).decode() if path.exists() else False


@pytest.fixture
def protocol(tmp_path: Path) -> Iterator[_Protocol]:
    col = Collection(str(tmp_path / "c.anki2"))
    basic = col.models.by_name("Basic")
    assert basic
    for front, back in (("one & two", "A"), ("three", "B")):
        note = col.new_note(basic)
        note["Front"], note["Back"] = front, back
        col.add_note(note, DeckId(1))
    yield _Protocol(col)
    col.close()


def test_notes_come_with_fields_tags_and_cards(protocol: _Protocol) -> None:
    note = protocol.col.get_note(protocol.col.find_notes("three")[0])
    note.tags.append("mine")
    protocol.col.update_note(note)
    protocol.col.sched.suspend_notes([note.id])
    found = {n.fields["Front"]: n for n in read_running(protocol, ["Basic"], {})}
    assert found["three"].tags == ("mine",)
    assert [card.is_suspended for card in found["three"].cards] == [True]
    assert [card.deck for card in found["one & two"].cards] == ["Default"]
    assert found["three"].note_type == "Basic"


def test_a_copy_that_the_reader_made_does_not_take_the_place_of_its_original(
    protocol: _Protocol,
) -> None:
    """AnkiConnect returns no GUID, and a copy has the field `ID` of its original."""
    basic = protocol.col.models.by_name("Basic")
    assert basic
    protocol.col.models.add_field(basic, protocol.col.models.new_field("ID"))
    protocol.col.models.update_dict(basic)
    for number in protocol.col.find_notes("three"):
        note = protocol.col.get_note(number)
        note["ID"] = "k"
        protocol.col.update_note(note)
        copy = protocol.col.new_note(basic)
        copy.fields = [*note.fields]
        protocol.col.add_note(copy, DeckId(1))
    found = read_running(protocol, ["Basic"], {"k": "the-guid"})
    assert [note.guid for note in found if note.fields["Front"] == "three"] == ["the-guid", ""]


def test_reviews_come_when_asked_for(protocol: _Protocol) -> None:
    card = protocol.col.sched.getCard()
    assert card
    protocol.col.sched.answerCard(card, 1)
    found = read_running(protocol, ["Basic"], {}, with_reviews=True)
    assert [review.ease for note in found for c in note.cards for review in c.reviews] == [1]


def test_media_are_read_by_name_and_never_by_path(protocol: _Protocol) -> None:
    name = protocol.col.media.write_data("a.png", b"png")
    read = running_media(protocol)
    assert (read(name), read("no.png"), read("../c.anki2")) == (b"png", None, None)
