"""Whatever a page holds: no traceback, no hang, a sound package or a clear word."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.grammar import page
from tests.fuzz.trial import try_page, try_seed

_SEEDS = sorted(
    {int(line) for line in (Path(__file__).parent / "seeds" / "pages.txt").read_text().split()}
)


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_page_that_once_failed_does_not_fail_again(seed: int, tmp_path: Path) -> None:
    try_seed(seed, tmp_path)


def test_some_pages_give_cards_and_packages(tmp_path: Path) -> None:
    """The generator makes pages that are worth trying."""
    outcomes = [try_seed(seed, tmp_path) for seed in range(60)]
    assert sum(outcome.notes for outcome in outcomes) > 30
    assert sum(outcome.package is not None for outcome in outcomes) > 10


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_generated_page_breaks_no_promise(
    tmp_path_factory: pytest.TempPathFactory, rng: random.Random
) -> None:
    try_page(page(rng), tmp_path_factory.getbasetemp())


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_breaks_no_promise(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try_page(f'??? question "{text}"\n    {text}\n', tmp_path_factory.getbasetemp())
    try_page(text, tmp_path_factory.getbasetemp())
