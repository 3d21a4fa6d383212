"""Random pages with random options are read as the reference stack reads them, nearly always."""

import random

import pytest

from benchmarks.dialect_fuzz import options, page
from tests.parser.reference import card, site


@pytest.mark.slow
def test_random_pages_are_read_as_the_site_reads_them() -> None:
    chance = random.Random(1)
    different = 0
    for _ in range(300):
        used = options(chance)
        text = page(chance, used)
        different += card(text, used) != site(text, used)
    assert different <= 15
