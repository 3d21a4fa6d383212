"""Macros of packages that Anki's MathJax does not have become plain TeX."""

import re

import pytest

from generator.math.conversion import convert


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        (r"\dv{f}{x}", r"\frac{\mathrm{d}f}{\mathrm{d} x}"),
        (r"\dv{x}", r"\frac{\mathrm{d}}{\mathrm{d} x}"),
        (r"\dv[2]{f}{x}", r"\frac{\mathrm{d}^{2}f}{\mathrm{d} x^{2}}"),
        (r"\pdv{f}{x}{y}", r"\frac{\partial^{2}f}{\partial x\partial y}"),
        (r"\qty(\frac{(a)}{b})", r"\left(\frac{(a)}{b}\right)"),
        (r"\abs{x} + \norm*{y}", r"\left|x\right| + \left\|y\right\|"),
        (r"\ev{A}{\psi}", r"\left\langle \psi\middle|A\middle|\psi\right\rangle "),
        (r"\comm{A}{B}", r"\left[A,B\right]"),
        (r"\mqty[a & b \\ c & d]", r"\begin{bmatrix}a & b \\ c & d\end{bmatrix}"),
        (r"\vb*{a} \cross \vu{b}", r"\boldsymbol{a} \times \hat{\mathbf{b}}"),
        (r"\qty{10}{\meter\per\second\squared}", r"10\,\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\SI{1.5e-3}{kg.m^2}", r"{1.5\times 10^{-3}\,\mathrm{kg}\,\mathrm{m}^{2}}"),
        (r"\num{1234567.891}", r"{1\,234\,567.891}"),
        (r"\ang{10;20;30}", r"10^{\circ}20'30''"),
        (r"\si{\kilo\gram\square\meter}", r"{\mathrm{kg}\,\mathrm{m}^{2}}"),
        (r"\unit{\joule\per\mole}", r"{\mathrm{J}\,\mathrm{mol}^{-1}}"),
        (r"\SIrange{1}{2}{\m}", r"1\,\mathrm{m}\text{ to }2\,\mathrm{m}"),
        (r"\numlist{1;2;3}", r"1,\ 2\text{ and }3"),
        (r"\numrange{1}{2}", r"1\text{ to }2"),
        (r"\SIlist{1;2}{\m}", r"1\,\mathrm{m}\text{ and }2\,\mathrm{m}"),
        (r"\num{3(1)e4}", r"{3(1)\times 10^{4}}"),
        (r"\num{5 +- 0.1 e3}", r"{(5\pm 0.1)\times 10^{3}}"),
        (r"\num{+-2}", r"{\pm 2}"),
        (r"\si{\m\tothe{4}}", r"{\mathrm{m}^{4}}"),
        (r"\si{\raiseto{3}\m}", r"{\mathrm{m}^{3}}"),
        (r"\si{\m\per\s\cubed}", r"{\mathrm{m}\,\mathrm{s}^{-3}}"),
        (r"\dd[3]{x}", r"\,\mathrm{d}^{3}x "),
        (r"\ev{A}", r"\left\langle A\right\rangle "),
        (r"\eval{x^2}_0^1", r"\left.x^2\right|_0^1"),
        (r"\mqty{a & b}", r"\begin{matrix}a & b\end{matrix}"),
        (r"\qty{a}", r"\left\{a\right\}"),
    ],
)
def test_a_macro_is_what_its_package_makes_of_it(tex: str, same: str) -> None:
    assert convert(tex, display=True) == convert(same, display=True)


@pytest.mark.parametrize("tex", [r"\dv", r"\qty(a", r"\SI{1}", r"\frac{\abs}{2}"])
def test_a_macro_without_its_argument_is_an_error(tex: str) -> None:
    formula = convert(tex, display=True)
    assert [problem.code for problem in formula.problems] == ["E409"]


def test_a_unit_that_siunitx_does_not_know_is_an_error() -> None:
    (problem,) = convert(r"\qty{3}{\foo}", display=True).problems
    assert (problem.code, problem.message) == ("E411", r"unknown command \foo")


def test_macros_of_the_author_come_first() -> None:
    formula = convert(r"\abs{x}", display=True, macros={r"\abs": r"\lfloor #1 \rfloor"})
    assert "⌊" in formula.html


def test_old_engines_get_plain_tex() -> None:
    html = convert(r"\dv{f}{x}", display=True).html
    assert re.search(r'data-tex="\\frac', html)
