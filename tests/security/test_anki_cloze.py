"""What Anki itself makes of deletions: an element for each, and nothing of the text in its tags."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.decks import DeckId

from generator.fields import FIELD_NAMES, QUESTION
from tests.fuzz.hostile import LEAVES
from tests.security.invariant import check_field
from tests.security.places import PLACES
from tests.security.vectors import notes_of

_QUESTION = FIELD_NAMES.index(QUESTION)
_SOUNDS = frozenset({"file-12.mp3", "file-12.png"})
_PAGE = '??? question cloze "a"\n    ==@== ==b **@== c** ==@=={ hint="@" } ==c <div>@</div>=='


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def _sides(collection: Collection, text: str) -> Iterator[str]:
    kind = collection.models.by_name("Cloze")
    assert kind is not None
    note = collection.new_note(kind)
    note["Text"] = text
    collection.add_note(note, DeckId(1))
    for card in note.cards():
        output = card.render_output()
        yield from (output.question_text, output.answer_text)


def test_anki_makes_attributes_of_a_shape(collection: Collection) -> None:
    """Else the test below would prove nothing."""
    shape = '{{c1::image-occlusion:rect:left=" onclick="canary()}}'
    sides = list(_sides(collection, shape))
    with pytest.raises(AssertionError):
        check_field(sides[0])


@pytest.mark.parametrize("page", [_PAGE, PLACES["cloze"], PLACES["codes in a hint"]])
def test_no_hostile_piece_acts_in_a_deletion(collection: Collection, page: str) -> None:
    sides = 0
    for leaf in (*LEAVES, "image-occlusion:", ' image-occlusion:rect:left=" onload="canary()'):
        for note in notes_of(page.replace("@", leaf) + "\n"):
            for html in _sides(collection, note.fields[_QUESTION]):
                check_field(html, sounds=_SOUNDS)
                sides += 1
    assert sides > len(LEAVES)
