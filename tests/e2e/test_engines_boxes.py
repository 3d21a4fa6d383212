"""Where parts of formulas are, and how large, in three engines; each fault was seen in one."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.math_pictures import our_head
from generator.math.conversion import convert
from tests.e2e.engines import Engine, engine

pytestmark = pytest.mark.e2e
__all__ = ["engine"]  # the fixture

_BOXES = """
const math = document.querySelector("math"), em = parseFloat(getComputedStyle(math).fontSize);
const origin = math.getBoundingClientRect();
return [...math.querySelectorAll("*")].map(element => {
  const box = element.getBoundingClientRect();
  return {tag: element.localName, text: element.children.length ? "" : element.textContent,
    left: (box.left - origin.left) / em, top: (box.top - origin.top) / em,
    width: box.width / em, height: box.height / em};
});
"""


class Boxes:
    """The boxes of a formula's elements, in em of the formula, from its corner."""

    def __init__(self, boxes: list[dict[str, Any]]) -> None:
        self._boxes = boxes

    def of(self, text: str) -> dict[str, Any]:
        """Return the box of the first leaf with a text."""
        return next(box for box in self._boxes if box["text"] == text)

    def all(self, tag: str) -> list[dict[str, Any]]:
        """Return the boxes of all elements of a kind."""
        return [box for box in self._boxes if box["tag"] == tag]


def draw(engine: Engine, folder: Path, tex: str, *, display: bool = True) -> Boxes:
    """Draw a formula as on a card."""
    page = folder / "page.html"
    html = convert(tex, display=display).html
    page.write_text(f'<!doctype html><meta charset="utf-8">{our_head(folder)}{html}', "utf-8")
    engine.open(page.as_uri())
    return Boxes(engine.measure(_BOXES))


@pytest.mark.parametrize(("tex", "letter"), [(r"\hat y", "y"), (r"\bar x", "x"), (r"\dot x", "x")])
def test_an_accent_is_right_above_its_letter(
    engine: Engine, tmp_path: Path, tex: str, letter: str
) -> None:
    boxes = draw(engine, tmp_path, tex)
    assert boxes.all("mover")[0]["height"] < 1.2
    assert boxes.of(letter)["top"] - boxes.all("mpadded")[0]["top"] < 0.5


def test_rows_do_not_touch(engine: Engine, tmp_path: Path) -> None:
    first, second = draw(engine, tmp_path, r"\begin{matrix} a & b \\ c & d \end{matrix}").all("mtr")
    assert 1.1 < second["top"] - first["top"] < 1.3


def test_rows_of_cases_are_wider_apart(engine: Engine, tmp_path: Path) -> None:
    first, second = draw(engine, tmp_path, r"\begin{cases} a & b \\ c & d \end{cases}").all("mtr")
    assert 1.35 < second["top"] - first["top"] < 1.55


def test_operators_in_scripts_have_no_spaces(engine: Engine, tmp_path: Path) -> None:
    assert draw(engine, tmp_path, "T^*").all("msup")[0]["width"] < 1.2


def test_fractions_in_text_are_small(engine: Engine, tmp_path: Path) -> None:
    inline = draw(engine, tmp_path, r"\frac{a}{b}", display=False).of("a")["width"]
    displayed = draw(engine, tmp_path, r"\frac{a}{b}").of("a")["width"]
    assert 0.65 < inline / displayed < 0.8


def test_a_sum_has_a_space_after_its_limits(engine: Engine, tmp_path: Path) -> None:
    boxes = draw(engine, tmp_path, r"\sum_i^n x", display=False)
    end = max(boxes.of(text)["left"] + boxes.of(text)["width"] for text in ("i", "n"))
    assert 0.1 < boxes.of("x")["left"] - end < 0.3
    assert boxes.of("n")["left"] - boxes.of("∑")["left"] - boxes.of("∑")["width"] < 0.1


@pytest.mark.parametrize("size", ["big", "Bigg"])
def test_a_sized_delimiter_is_level_with_its_content(
    engine: Engine, tmp_path: Path, size: str
) -> None:
    boxes = draw(engine, tmp_path, rf"\{size}\{{ x \{size}\}}_y")
    axis = boxes.of("x")["top"] + boxes.of("x")["height"] / 2
    for delimiter in (boxes.of("{"), boxes.of("}")):
        assert abs(delimiter["top"] + delimiter["height"] / 2 - axis) < 0.2
        assert abs(delimiter["height"] - boxes.of("{")["height"]) < 0.01


def test_an_arrow_is_over_its_letter(engine: Engine, tmp_path: Path) -> None:
    boxes = draw(engine, tmp_path, r"\vec v")
    letter, arrow = boxes.of("v"), boxes.of("\u20d7")
    middle = letter["left"] + letter["width"] / 2
    assert abs(arrow["left"] + arrow["width"] / 2 - middle) < 0.3


def test_an_arrow_over_a_letter_adds_nothing_to_its_width(engine: Engine, tmp_path: Path) -> None:
    boxes = draw(engine, tmp_path, r"\overrightarrow{H}_t")
    letter = boxes.of("H")
    assert abs(boxes.all("mover")[0]["width"] - letter["width"]) < 0.4
    assert boxes.of("t")["left"] - letter["left"] - letter["width"] < 0.2


def test_space_between_rows(engine: Engine, tmp_path: Path) -> None:
    def apart(tex: str) -> float:
        first, second = draw(engine, tmp_path, tex).all("mtr")
        return float(second["top"] - first["top"])

    tex = r"\begin{aligned} a \\%s b \end{aligned}"
    assert 0.5 < apart(tex % "[6pt]") - apart(tex % "") < 0.7


def test_a_sign_between_empty_groups_has_its_spaces(engine: Engine, tmp_path: Path) -> None:
    boxes = draw(engine, tmp_path, r"\begin{alignedat}{2} x &+{}& y \end{alignedat}")
    assert boxes.of("y")["left"] - boxes.of("x")["left"] - boxes.of("x")["width"] > 1.1


def test_fences_are_as_high_as_a_sum(engine: Engine, tmp_path: Path) -> None:
    boxes = draw(engine, tmp_path, r"\left[ \sum_k x \right]")
    assert boxes.of("[")["height"] > 2.2


def test_a_name_is_no_more_than_a_thin_space_from_its_argument(
    engine: Engine, tmp_path: Path
) -> None:
    boxes = draw(engine, tmp_path, r"\log p")
    gap = boxes.of("p")["left"] - boxes.of("log")["left"] - boxes.of("log")["width"]
    assert 0.1 < gap < 0.25


@pytest.mark.parametrize(
    ("tex", "left", "right"),
    [
        (r"\mathrm{d}x", "d", "x"),
        (r"\Delta x", "Δ", "x"),
        (r"x\mathrm{d}", "x", "d"),
        (r"\tfrac{a}{a} x", "a", "x"),
        (r"\min(x)", "min", "("),
        ("n!", "n", "!"),
    ],
)
def test_neighbours_have_no_space_between_them(
    engine: Engine, tmp_path: Path, tex: str, left: str, right: str
) -> None:
    boxes = draw(engine, tmp_path, tex)
    before = boxes.of(left)
    assert boxes.of(right)["left"] - before["left"] - before["width"] < 0.15


def test_rows_are_as_far_apart_as_tex_sets_them(engine: Engine, tmp_path: Path) -> None:
    tex = r"\begin{aligned} a &= \frac{x^2}{y} \\ c &= \sum_{i=1}^n b \\ e &= d \end{aligned}"
    boxes = draw(engine, tmp_path, tex)
    first, second, third = (boxes.of(text)["top"] for text in "ace")
    assert abs(second - first - 2.83) < 0.05  # of KaTeX
    assert abs(third - second - 2.42) < 0.05


@pytest.mark.parametrize("inside", [r"\sum_{i=1}^n x", r"\frac{a}{q}", r"\sqrt{x}"])
def test_a_fence_has_the_size_of_tex(engine: Engine, tmp_path: Path, inside: str) -> None:
    sizes = {r"\sum_{i=1}^n x": 3.0, r"\frac{a}{q}": 2.4, r"\sqrt{x}": 1.2}
    boxes = draw(engine, tmp_path, rf"\left( {inside} \right)")
    assert abs(boxes.of("(")["height"] - sizes[inside]) < 0.15


def test_tags_end_at_one_edge(engine: Engine, tmp_path: Path) -> None:
    tex = r"\begin{align} a &= b + c \tag{1} \\ d &= e \tag{22} \end{align}"
    boxes = draw(engine, tmp_path, tex)
    ends = [boxes.of(text)["left"] + boxes.of(text)["width"] for text in ("(1)", "(22)")]
    assert abs(ends[0] - ends[1]) < 0.05


def test_a_long_formula_in_a_line_breaks_after_its_signs(engine: Engine, tmp_path: Path) -> None:
    formula = convert("a_1 x_1 + a_2 x_2 + a_3 x_3 = b + f(a + b + c) - 1", display=False)
    page = tmp_path / "page.html"
    line = f'<p style="width:13em;margin:0">{"".join(formula.pieces)}</p>'
    page.write_text(f'<!doctype html><meta charset="utf-8">{our_head(tmp_path)}{line}', "utf-8")
    engine.open(page.as_uri())
    measured = engine.measure(
        """const line = document.querySelector("p"), lefts = new Set([...line.children].map(
             piece => Math.round(piece.getBoundingClientRect().left)));
           return [line.scrollWidth <= line.clientWidth, lefts.size < line.children.length];"""
    )
    assert measured == [True, True]


def test_a_display_that_is_too_wide_stays_in_one_line(engine: Engine, tmp_path: Path) -> None:
    html = convert(r"A(Q, K, V) = s\left(\frac{QK^\top}{\sqrt{d_k}}\right) V", display=True).html
    page = tmp_path / "page.html"
    box = f'<div class="math-display" style="width:10em;overflow:auto hidden">{html}</div>'
    page.write_text(f'<!doctype html><meta charset="utf-8">{our_head(tmp_path)}{box}', "utf-8")
    engine.open(page.as_uri())
    first, last = engine.measure(
        """const letters = [...document.querySelectorAll("mi")];
           return [letters[0], letters.at(-1)].map(mi => mi.getBoundingClientRect().bottom);"""
    )
    assert abs(first - last) < 3


def test_pieces_of_a_formula_are_as_wide_as_the_whole(engine: Engine, tmp_path: Path) -> None:
    formula = convert("a_1 x_1 + a_2 x_2 + a_3 x_3 = b + f(a + b + c) - 1", display=False)
    page = tmp_path / "page.html"
    body = "".join(
        f'<p style="white-space:nowrap"><span>{html}</span></p>'
        for html in (formula.html, "".join(formula.pieces))
    )
    page.write_text(f'<!doctype html><meta charset="utf-8">{our_head(tmp_path)}{body}', "utf-8")
    engine.open(page.as_uri())
    whole, pieces = engine.measure(
        "return [...document.querySelectorAll('span')].map(s => s.getBoundingClientRect().width)"
    )
    assert abs(whole - pieces) < 1.5
