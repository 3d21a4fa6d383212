"""The public entry of the math package."""

from generator.config import MathMode
from generator.math.conversion import convert


def test_mathml_is_the_default() -> None:
    formula = convert("x^2", display=False)
    assert formula.how == "mathml"
    assert formula.html.startswith("<math ")
    assert 'data-tex="x^2"' in formula.html


def test_mathjax_on_request() -> None:
    formula = convert("a < b", display=True, mode=MathMode.MATHJAX)
    assert formula.html == r"\[a &lt; b\]"
    assert formula.how == "mathjax"


def test_no_delimiter_of_anki_is_left_inside() -> None:
    tex = r"\text{if \(x\)} \ce{H2O} \\(a) \\ b"
    formula = convert(tex, display=True, mode=MathMode.MATHJAX)
    assert formula.html == r"\[\text{if $x$} \ce{H2O} \\ (a) \\ b\]"
