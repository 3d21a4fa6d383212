"""Formulas of notes in cards on a phone of 360 px: nothing is wider than the screen."""

from pathlib import Path

import pytest

from benchmarks.math_corpus import draw_notes
from generator.math.conversion import convert
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


_LONG = (
    r"\mathcal{L}(\theta) = -\sum_{i=1}^{n} \log p_\theta(x_i) + \lambda \|\theta\|^2"
    r" \le \frac{1}{n}\sum_{i=1}^{n} \left(y_i - f_\theta(x_i)\right)^2 = R(\theta)",
    r"a_1 x_1 + a_2 x_2 + a_3 x_3 < b_1 y_1 + b_2 y_2 + b_3 y_3 \iff c \in \{0, 1, \dots, n\}",
)
_LINES = """
return [...document.querySelectorAll("iframe")].map(frame => {
  const pieces = [...frame.contentDocument.querySelectorAll(".math-display > math")];
  const boxes = pieces.map(piece => piece.getBoundingClientRect());
  return {
    lines: boxes.filter((box, i) => !i || box.left < boxes[i - 1].left).length,
    pieces: boxes.length,
    width: Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left)),
    beside: frame.contentDocument.documentElement.clientWidth
      - Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left)),
  };
});
"""


@pytest.mark.parametrize("tex", _LONG)
def test_a_long_display_breaks_after_relations_where_it_must(
    engine: Engine, tex: str, tmp_path: Path
) -> None:
    body = render(f"$$\n{tex}\n$$\n")[0].html
    whole = f'<div class="math-display">{convert(tex, display=True).html}</div>'
    shown = ((body, 360), (body, 1100), (whole, 1100))
    draw(engine, [Frame(str(width), answer_side(html), width) for html, width in shown], tmp_path)
    phone, desktop, unbroken = engine.measure(_LINES)
    assert phone["pieces"] >= phone["lines"] > 1
    assert phone["width"] < 340
    assert abs(phone["beside"]) < 8  # centred
    assert (desktop["lines"], unbroken["pieces"]) == (1, 1)
    assert abs(desktop["beside"]) < 8


_PIECES = """
return [...document.querySelectorAll("iframe")].map(frame => {
  const size = math => [...math.querySelectorAll("mi, mo, mn, mtext")].map(sign => {
    const box = sign.getBoundingClientRect(), whole = math.getBoundingClientRect();
    return [box.left - whole.left, box.top - whole.top];
  });
  return [...frame.contentDocument.querySelectorAll("math")].map(size);
});
"""
"""Where each sign is in its piece."""
_OUTSIDE = """
return [...document.querySelectorAll("iframe")].flatMap(frame => {
  const width = frame.contentDocument.documentElement.clientWidth;
  return [...frame.contentDocument.querySelectorAll("math")]
    .map(math => math.getBoundingClientRect())
    .filter(box => box.width < 180 && box.right > width)
    .map(box => [frame.title, box.right]);
});
"""
"""Pieces that a line break would have kept on the card."""


def test_a_piece_of_a_formula_is_never_broken(engine: Engine, tmp_path: Path, shared: Path) -> None:
    """At every width the signs of a piece are where they are on a wide line."""
    drawn = draw_notes(shared / "corpora" / "formulas.jsonl", count=600, seed=SEED)
    inline = [" ".join(tex.split()) for tex, display in drawn if not display][:40] + list(_LONG)
    body = render("So " + " and then ".join(f"${tex}$ holds," for tex in inline) + "\n")[0].html
    widths = [6000, *range(240, 420, 9)]
    draw(engine, [Frame(str(width), answer_side(body), width) for width in widths], tmp_path)
    assert engine.measure(_OUTSIDE) == []
    whole, *narrow = engine.measure(_PIECES)
    assert len(whole) >= len(inline)
    for width, pieces in zip(widths[1:], narrow, strict=True):
        for index, (one, other) in enumerate(zip(whole, pieces, strict=True)):
            steps = (
                abs(a - b)
                for x, y in zip(one, other, strict=True)
                for a, b in zip(x, y, strict=True)
            )
            assert max(steps, default=0) < 2, (width, index)
