"""What ages is in one file, dated and sourced, and not older than nine months."""

import datetime
import re
import tomllib
from pathlib import Path

import pytest

from tests.content.pages import SOURCE, cards, page_names, section

FACTS = (SOURCE / "facts.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"<!-- --8<-- \[start:([\w-]+)\] -->", FACTS)
_DATE = re.compile(r"^\*As of (\d{4}-\d{2}-\d{2})\*", re.MULTILINE)
LIFE_DAYS = 274  # nine months


def stale(text: str, today: datetime.date) -> list[str]:
    """Return the dates of a text that are more than nine months before a day."""
    return [
        day
        for day in _DATE.findall(text)
        if (today - datetime.date.fromisoformat(day)).days > LIFE_DAYS
    ]


def test_there_are_sections() -> None:
    """An empty list would let the other tests pass."""
    assert len(SECTIONS) >= 6


@pytest.mark.parametrize("name", SECTIONS)
def test_each_table_has_a_date_and_a_source(name: str) -> None:
    """One date, and links to where the table was read."""
    text = section("facts.md", name)
    assert len(_DATE.findall(text)) == 1
    assert re.search(r"\]\(https://\S+\)", text[_DATE.search(text).start() :])  # type: ignore[union-attr]


def test_no_table_is_older_than_nine_months() -> None:
    """Fails when it is time to read the sources again."""
    assert stale(FACTS, datetime.date.today()) == []


@pytest.mark.parametrize(("today", "is_stale"), [("2027-08-27", False), ("2027-08-28", True)])
def test_nine_months_are_counted_from_the_date(today: str, is_stale: bool) -> None:
    """The day comes in as an argument."""
    text = "*As of 2026-11-26*, somewhere."
    assert bool(stale(text, datetime.date.fromisoformat(today))) is is_stale


@pytest.mark.parametrize("name", SECTIONS)
def test_each_table_is_on_a_card_or_linked(name: str) -> None:
    """Nothing is kept fresh for nobody."""
    pages = "".join((SOURCE / page).read_text(encoding="utf-8") for page in page_names())
    assert f'--8<-- "facts.md:{name}"' in pages or f"facts.md#{name}" in pages


def test_cards_name_no_year_as_the_present() -> None:
    """`As of 2025` in a card is out of the file's control."""
    loose = [
        card.id
        for card in cards().values()
        if re.search(r"\b[Aa]s of (late )?20\d\d\b(?!-)", card.body)
    ]
    assert loose == []


def test_versions_are_those_that_the_programs_ask_for() -> None:
    """The lower bounds of the group `decks` are not above the versions that the table names."""
    root = Path(__file__).parents[2]
    group = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    bounds = dict(line.split(">=") for line in group["dependency-groups"]["decks"])
    named = dict(re.findall(r"^\| (\w+) \| ([\d.]+) \|", section("facts.md", "libraries"), re.M))
    for name in bounds.keys() & named.keys():
        assert version(bounds[name]) <= version(named[name]), name


def version(text: str) -> tuple[int, ...]:
    """Return a version as numbers."""
    return tuple(int(part) for part in text.split("."))
