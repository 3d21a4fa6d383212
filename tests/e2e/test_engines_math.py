"""Formulas in three engines, each beside KaTeX's in the same engine."""

from pathlib import Path
from statistics import mean, median

import pytest

from benchmarks.math_corpus import draw_notes
from benchmarks.math_gallery import GALLERY
from benchmarks.math_pictures import Pair
from tests.conftest import ROOT
from tests.e2e.engines import Engine, engine
from tests.e2e.formula_pictures import likeness

pytestmark = pytest.mark.e2e
__all__ = ["engine"]  # the fixture

NOTES, WITH_ROWS, SEED = 80, 40, 19
LEAST = {"chromium": 0.965, "webkit": 0.96, "firefox": 0.96}
"""Mean likeness."""
MOST_UNLIKE = {"chromium": 0.05, "webkit": 0.08, "firefox": 0.08}
"""Share of formulas whose likeness is under 0.9."""


@pytest.fixture(autouse=True, scope="module")
def _katex() -> None:
    if not (ROOT / "tests" / "e2e" / "node_modules" / "katex").is_dir():
        pytest.skip("KaTeX is missing: npm ci in tests/e2e")


def of_notes(corpus: Path) -> list[tuple[str, bool]]:
    """Formulas of notes, and such with rows."""
    drawn = draw_notes(corpus, count=4000, seed=SEED)
    rows = [formula for formula in drawn if r"\\" in formula[0]]
    return [formula for formula in drawn if formula not in rows][:NOTES] + rows[:WITH_ROWS]


def _report(name: str, pairs: list[Pair]) -> tuple[float, float]:
    likenesses = [pair.correlation for pair in pairs]
    unlike = sum(figure < 0.9 for figure in likenesses) / len(pairs)
    heights = median(pair.height_ratio for pair in pairs)
    print(f"\n{name}: mean {mean(likenesses):.3f}, {unlike:.0%} under 0.9, height {heights:.2f}")
    for pair in sorted(pairs, key=lambda pair: pair.correlation)[:5]:
        print(f"  {pair.correlation:.3f} {pair.tex!r}")
    return mean(likenesses), unlike


@pytest.mark.parametrize("kind", ["gallery", "notes"])
def test_formulas_look_like_katex(
    engine: Engine, kind: str, request: pytest.FixtureRequest
) -> None:
    formulas = list(GALLERY)
    if kind == "notes":
        formulas = of_notes(request.getfixturevalue("shared") / "corpora" / "formulas.jsonl")
    folder = ROOT / "build" / "e2e" / f"math-{kind}-{engine.name}"
    pairs = likeness(engine, formulas, folder)
    average, unlike = _report(f"{kind} in {engine.name}", pairs)
    assert average >= LEAST[engine.name]
    assert unlike <= MOST_UNLIKE[engine.name]
    assert 0.97 <= median(pair.height_ratio for pair in pairs) <= 1.03
