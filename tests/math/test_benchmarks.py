"""What the comparison with other engines counts, and what of their tests it reads."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from benchmarks.math_score import fonts, limits
from benchmarks.math_suites import find_formulas, is_formula

_GRID = r"""
+-------------+--------------+
| Source      | Temml        |
+=============+==============+
| \frac a b \ | $\frac a     |
| + 1         |  b + 1$      |
+-------------+--------------+

| `x` | $x|y$ |
"""


@pytest.mark.parametrize(
    ("name", "text", "formulas"),
    [
        ("a.ts", r"expect`\frac12`; tex2mml('\\sqrt x')", [r"\frac12", r"\sqrt x"]),
        ("a.cjs", r"new Expect(r`x^2`)", ["x^2"]),
        ("a.rs", 'r"\\frac12", r#"\\text{"}"#', [r"\frac12", r'\text{"}']),
        ("a.md", _GRID, ["\\frac a     \n  b + 1", "x|y"]),
    ],
)
def test_formulas_are_found_in_tests(
    tmp_path: Path, name: str, text: str, formulas: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert list(find_formulas(path)) == formulas


def test_what_no_author_writes_is_left_out() -> None:
    texts = [r"\frac12", "<mrow><mi>x</mi></mrow>", 'width="5em"', r"\@ifnextchar!{a}{b}", "x"]
    assert [text for text in texts if is_formula(text)] == [r"\frac12"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<mphantom><mi>A</mi></mphantom>", ""),  # mhchem measures by it
        ("<mi>x̸</mi>", "<mi>x</mi>"),
        ('<mi mathvariant="bold">Α</mi>', "<mi>𝐀</mi>"),  # Greek and Latin are drawn alike
        ("<mi>lim</mi>", "<mtext>lim</mtext>"),
        ('<mtext mathvariant="bold">a</mtext>', '<mtext class="m-bf">a</mtext>'),
    ],
)
def test_the_same_letters_in_other_words_are_no_difference(one: str, other: str) -> None:
    assert fonts(fromstring(f"<math>{one}</math>")) == fonts(fromstring(f"<math>{other}</math>"))


@pytest.mark.parametrize("base", ["<mo>→</mo>", "<mrow><mover><mo>⇀</mo><mspace/></mover></mrow>"])
def test_what_is_above_an_arrow_is_not_a_limit(base: str) -> None:
    math = fromstring(f'<math display="block"><mover>{base}<mi>x</mi></mover></math>')
    assert limits(math) == 0
