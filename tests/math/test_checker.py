"""The checker refuses what a converter got wrong, and lets the rest pass."""

from xml.etree.ElementTree import fromstring

import pytest

from generator.math.checking import find_difference, keys_due
from generator.math.converters.math_core_adapter import convert_with_math_core
from generator.math.rewriting.normalise import normalise
from generator.math.tex.tokens import tokenize


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        ("x+y", "<math><mi>x</mi><mo>+</mo></math>"),
        (r"\mathbf{x}", "<math><mi>x</mi></math>"),
        (r"\mathrm{d}", "<math><mi>d</mi></math>"),
        ("d", '<math><mi mathvariant="normal">d</mi></math>'),
        (r"\mathcal{L}", "<math><mi>L</mi></math>"),
        (r"\alpha", "<math><mi>\\alpha</mi></math>"),
        (r"\frac{a}{b}", "<math><mi>a</mi><mi>b</mi></math>"),
        (r"\sqrt{a}", "<math><mi>a</mi></math>"),
        ("x_a", "<math><msub><mi>x</mi><mi>a</mi><mi/></msub></math>"),
        (r"a \leq b", "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>"),
    ],
)
def test_wrong_results_are_refused(tex: str, mathml: str) -> None:
    assert find_difference(keys_due(normalise(tokenize(tex)).pieces), fromstring(mathml)) != ""


@pytest.mark.parametrize(
    "tex",
    [
        r"\hat{x} \leq \lim_{n} \frac{1}{n} - |a|",
        r"\mathbf{A}\mathrm{ab}\mathbb{R}\boldsymbol{\mu}\Gamma",
        r"\begin{pmatrix} a \\ b \end{pmatrix} \pmod{n}",
        r"f'' \cdots \ldots \iint \ell",
        r"\mathbf\log n + \mathrm{a\mathbf b c}",
    ],
)
def test_right_results_pass(tex: str) -> None:
    canonical = normalise(tokenize(tex))
    tree = convert_with_math_core(canonical.tex, display=True)
    assert find_difference(keys_due(canonical.pieces), tree) == ""


def test_a_difference_is_named() -> None:
    root = fromstring("<math><mi>y</mi></math>")
    assert find_difference(keys_due(["\\mathbf", "{", "x", "}"]), root) == "lost x (bf), gained y"
