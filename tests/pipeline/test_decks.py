"""Where notes go."""

import pytest

from generator.config import Config, DeckDepth
from generator.pipeline.decks import deck_at, deck_name
from generator.pipeline.notes import deck_above


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


def test_no_name_of_a_deck_is_html() -> None:
    """Anki 23 shows the name above the cards as it is, with scripts."""
    assert deck_name("Root", "<img src=x onerror=a()>", ("List<T>",)) == (
        "Root::‹img src=x onerror=a()›::List‹T›"
    )


def test_decks_go_as_deep_as_wanted() -> None:
    above = ("Root", "Page")
    section = ("Section", "Part")
    decks = [deck_at(above, section, depth=depth) for depth in DeckDepth]
    assert decks == ["Root::Page::Section", "Root::Page", "Root"]
    assert deck_at(("", "Page"), (), depth=DeckDepth.FOLDER) == "Page"
    below = deck_at(above, section, depth=DeckDepth.PAGE, below="::Hard::Follow-ups")
    assert below == "Root::Page::Hard::Follow-ups"


def test_without_a_navigation_folders_are_called_as_mkdocs_calls_them() -> None:
    config = Config(deck_root="Site", deck_depth=DeckDepth.FOLDER)
    assert deck_above("machine-learning/basics.md", "Basics", config)[0] == "Site::Machine learning"
