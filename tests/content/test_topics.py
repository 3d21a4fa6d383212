"""The interview bank is covered: every item has a card."""

import os
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.content.pages import cards

ROOT = Path(__file__).parents[2]
LISTS = sorted((Path(__file__).parent / "topics").glob("*.toml"))
BANK = (
    Path(os.environ.get("ADMONKI_SHARED", ROOT.parent / "shared"))
    / "seeds"
    / "llm-interview-questions.md"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the bank and the cards of its items."""

    at: str
    topic: str
    items: int
    cards: dict[str, list[str]]


def headings(path: Path) -> tuple[Heading, ...]:
    """Read one topic list."""
    return tuple(Heading(**entry) for entry in tomllib.loads(path.read_text("utf-8"))["heading"])


ALL = [
    pytest.param(head, id=f"{head.at}-{head.topic}") for path in LISTS for head in headings(path)
]


@pytest.mark.parametrize("head", ALL)
def test_every_item_of_a_heading_has_a_card(head: Heading) -> None:
    """As many keys as the heading has items, and each leads to cards that exist."""
    assert len(head.cards) == head.items
    for key, ids in head.cards.items():
        assert ids, key
        assert [name for name in ids if name not in cards()] == [], key


def test_headings_are_listed_once() -> None:
    """No two lists claim the same heading, so the counts add up."""
    places = [head.at for path in LISTS for head in headings(path)]
    assert places
    assert sorted(places) == sorted(set(places))


def test_no_card_is_the_answer_of_two_items() -> None:
    """Near-duplicates in the bank become distinct questions."""
    uses = Counter(
        name
        for path in LISTS
        for head in headings(path)
        for ids in head.cards.values()
        for name in ids
    )
    assert [name for name, count in uses.items() if count > 1] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_lists_agree_with_the_real_bank(path: Path) -> None:
    """Places, order and counts are those of the document that set the subject."""
    if not BANK.is_file():
        pytest.skip(f"the bank is not here: {BANK}")
    real = bank_counts(BANK.read_text(encoding="utf-8"))
    ours = {head.at: head.items for head in headings(path)}
    assert ours == {at: count for at, count in real.items() if at in ours}
    assert list(ours) == [at for at in real if at in ours]


def test_the_real_bank_is_covered_completely() -> None:
    """No heading of the bank is missing from our lists, and the sums agree."""
    if not BANK.is_file():
        pytest.skip(f"the bank is not here: {BANK}")
    real = bank_counts(BANK.read_text(encoding="utf-8"))
    ours = {head.at: head.items for path in LISTS for head in headings(path)}
    assert sorted(real.items() ^ ours.items()) == []
    assert sum(real.values()) == sum(ours.values())


def bank_counts(text: str) -> dict[str, int]:
    """Count the answered boxes ("0") and the bullets under each heading of the outline."""
    counts: Counter[str] = Counter({"0": len(re.findall(r"^\?\?\? question", text, re.MULTILINE))})
    path = ["", "", ""]
    for line in text.partition("Question Bank")[2].split("\n"):
        if level := re.match(r"\s+(?:([IVX]+)\.|(\d+)\.|\(([a-z])\)) ", line):
            depth = next(at for at, name in enumerate(level.groups()) if name)
            path[depth:] = [str(level[depth + 1]), "", ""][: 3 - depth]
        elif re.match(r"\s+•", line):
            counts[".".join(filter(None, path))] += 1
    return dict(counts)


def test_bank_counts_read_an_outline() -> None:
    """Roman, number and letter make a place; only bullets count."""
    page = '??? question "A"\n    x\n\n??? "Question Bank"\n\n' + "\n".join(
        (
            "    I. First",
            "    1. One",
            "        •\tq",
            "    2. Two",
            "    (a) Part",
            "        •\tq",
            "        •\tq",
            "    II. Second",
            "        •\tq",
        )
    )
    assert bank_counts(page) == {"0": 1, "I.1": 1, "I.2.a": 2, "II": 1}
