"""Vectors by class, at many places: no field of any card holds what acts."""

import pytest

from tests.security.classes import class_vectors, classes
from tests.security.invariant import check_field, check_note
from tests.security.places import PLACES
from tests.security.vectors import notes_of, render_vector

_FILES = frozenset({"file-12.png", "file-12.mp3"})
_AT_ONCE = 2
"""Places that each vector is tried at in the quick tests; another vector has others."""


def _cards(vector: str, places: list[str]) -> int:
    cards = 0
    for place in places:
        for note in notes_of(place.replace("@", vector) + "\n"):
            check_note(note)
            cards += 1
    return cards


def test_there_are_enough() -> None:
    assert all(len(vectors) >= 100 for vectors in classes().values())
    assert len(class_vectors()) >= 2_500


@pytest.mark.parametrize("name", classes())
def test_no_vector_of_a_class_acts(name: str) -> None:
    places, cards = list(PLACES.values()), 0
    for number, vector in enumerate(classes()[name]):
        check_field(render_vector(vector).html, sounds=_FILES)
        turn = number * _AT_ONCE % len(places)
        cards += _cards(vector, (places + places)[turn : turn + _AT_ONCE])
    assert cards > len(classes()[name])


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(PLACES)), ids=list(PLACES))
def test_every_fifth_vector_at(number: int) -> None:
    place = list(PLACES.values())[number]
    assert sum(_cards(vector, [place]) for vector in class_vectors()[number % 5 :: 5]) > 0
