"""Where notes go."""

import pytest

from generator.pipeline.decks import deck_name


@pytest.mark.parametrize(
    ("title", "deck"),
    [
        ("std::vector", "Root::Page::std: vector"),
        ("a :: b", "Root::Page::a : b"),
        ("a::::b", "Root::Page::a: : b"),
    ],
)
def test_colons_in_a_heading_open_no_deck_level(title: str, deck: str) -> None:
    assert deck_name("Root", "Page", (title,)) == deck
    assert len(deck_name("Root", title, (title,)).split("::")) == 3
