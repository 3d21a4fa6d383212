"""Where notes go."""

import re

import pytest

from generator.config import Config, DeckDepth
from generator.pipeline.decks import deck_at, deck_name, package_names
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


_INVALID = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    "title",
    [
        *("CON", "nul.", "Aux ", "PRN?", "com1", "COM¹", "LPT²", "lpt³.txt", "CONIN$", "dot."),
        *("a: b", "x/y", "a\\b", "*", " space ", '"q"', "<b>", "a|b", "\x01", "..", "~"),
        *("é" * 200, "日本" * 90),
    ],
)
def test_the_name_of_a_package_is_valid_on_windows(title: str) -> None:
    for name in package_names(f"{title.replace('/', '')}/{title.replace('/', '')}.md", title):
        for part in name.split("/"):
            assert not _INVALID.search(part)
            assert not _DEVICE.fullmatch(part)
            assert part == part.strip(" .") != ""
            assert len(part.encode()) < 130


def test_titles_that_differ_by_case_only_do_not_get_two_packages() -> None:
    """Windows and macOS would write both to one file; such titles are reported instead (E720)."""
    assert package_names("Heat.md", "Basics") == package_names("heat.md", "BASICS")
    assert package_names("a.md", "Straße") == package_names("a.md", "STRASSE")
