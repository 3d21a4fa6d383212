"""Formulas of notes in cards on a phone of 360 px: nothing is wider than the screen."""

from pathlib import Path

import pytest

from benchmarks.math_corpus import draw_notes
from tests.e2e.cards import Frame, answer_side, draw, measure, question_side
from tests.e2e.engines import Engine, engine
from tests.render.rendering import render

pytestmark = pytest.mark.e2e
__all__ = ["engine"]  # the fixture

COUNT, SEED = 120, 360
_STRAY = """
return [...document.querySelectorAll("iframe")].flatMap(frame => {
  const page = frame.contentDocument, width = page.documentElement.clientWidth;
  const scrolls = (e) => e && (frame.contentWindow.getComputedStyle(e).overflowX !== "visible"
      || scrolls(e.parentElement.closest("body *")));
  return [...page.querySelectorAll("math")]
    .filter(math => math.getBoundingClientRect().right > width + 1 && !scrolls(math.parentElement))
    .map(math => frame.title);
});
"""
_APART = """
return [...document.querySelectorAll("iframe")].flatMap(frame =>
  [...frame.contentDocument.querySelectorAll(".nobr")].filter(pair => {
    const range = frame.contentDocument.createRange();
    const text = [...pair.childNodes].reverse().find(node => node.nodeType === 3);
    if (!text || !text.data.trim()) return false;
    range.selectNodeContents(text);
    const sign = range.getClientRects()[0], math = [...pair.querySelectorAll("math")].pop();
    const box = math.getBoundingClientRect();
    return sign && Math.abs(sign.left - box.right) > 8;
  }).map(() => frame.title));
"""


def _sentence(tex: str, *, display: bool) -> str:
    tex = " ".join(tex.split())
    return f"Text\n\n$$\n{tex}\n$$\n\nmore" if display else f"From this it follows that ${tex}$."


@pytest.fixture(scope="module")
def frames(request: pytest.FixtureRequest) -> list[Frame]:
    """Formulas in an answer, in a question, in a list and in a table."""
    corpus: Path = request.getfixturevalue("shared") / "corpora" / "formulas.jsonl"
    shown = []
    for index, (tex, display) in enumerate(draw_notes(corpus, count=COUNT, seed=SEED)):
        text = _sentence(tex, display=display)
        if index % 4 == 1 and not display:
            text = f"- one\n- {text}\n"
        body = render(f"{text}\n")[0].html
        make = question_side if index % 4 == 2 else answer_side
        shown.append(Frame(tex, make(body), 360))
    return shown


def test_no_card_is_wider_than_the_screen(
    engine: Engine, frames: list[Frame], tmp_path: Path
) -> None:
    found = measure(engine, frames, tmp_path)
    assert {entry["name"]: entry["overflow"] for entry in found if entry["overflow"]} == {}
    assert engine.measure(_STRAY) == []


def test_a_full_stop_stays_with_its_formula(
    engine: Engine, frames: list[Frame], tmp_path: Path
) -> None:
    draw(engine, frames, tmp_path)
    count = "f.contentDocument.querySelectorAll('.nobr').length"
    pairs = f"return [...document.querySelectorAll('iframe')].reduce((n, f) => n + {count}, 0)"
    assert engine.measure(pairs) > COUNT / 4
    assert engine.measure(_APART) == []
