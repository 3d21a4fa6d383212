"""What the documentation promises of reworded cards, on simulated edits of our own decks."""

import random

import pytest

from benchmarks.edit_histories import Step, evolve
from benchmarks.rename_detection import Tally, history, judge, read_notes, report
from generator.identity.content import content
from generator.identity.sketch import sketch_of
from generator.model import Note
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def notes() -> list[Note]:
    return read_notes([ROOT / "source"])


@pytest.mark.slow
def test_reworded_cards_are_recognized_as_promised(notes: list[Note]) -> None:
    tally = Tally()
    for seed in range(3):
        judge(history(notes, seed=seed, days=5), tally)
    precision, recall = report(tally)
    assert precision >= 0.995
    assert recall >= 0.95
    assert tally.wrong["keep"] == 0


def test_an_edit_leaves_nothing_of_the_old_text(notes: list[Note]) -> None:
    """Else the lock would compare texts that nobody edited."""
    deck = tuple(notes[:40])
    first = Step(deck, tuple(range(len(deck))), ("first",) * len(deck))
    for note in evolve(first, [], random.Random(1)).notes:
        assert content(note).question == " ".join(note.question.text.split())
        assert note.sketch == sketch_of(note.answer.text)
