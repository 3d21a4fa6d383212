"""Whatever the formula, setting, lock or package: no traceback, no hang, clear words."""

import random
from pathlib import Path

import pytest

from tests.fuzz.kinds import KINDS
from tests.fuzz.mutations import damaged_page, pieces
from tests.fuzz.trial import try_page

_SEEDS = Path(__file__).parent / "seeds"
_PAGES = Path(__file__).parent.parent / "data" / "valid"


@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_of_each_kind_break_no_promise(kind: str, tmp_path: Path) -> None:
    file = _SEEDS / f"{kind}.txt"
    failed = [int(line) for line in file.read_text().split()] if file.exists() else []
    for seed in (*failed, *range(100)):
        KINDS[kind](seed, tmp_path)


def test_damaged_pages_break_no_promise_and_give_cards(tmp_path: Path) -> None:
    known = pieces([_PAGES])
    outcomes = [try_page(damaged_page(random.Random(n), known), tmp_path) for n in range(100)]
    assert sum(outcome.notes for outcome in outcomes) > 20
    assert sum(outcome.package is not None for outcome in outcomes) > 10
