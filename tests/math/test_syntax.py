"""Invalid TeX is an error at its place."""

from time import process_time

import pytest

from generator.math.conversion import convert
from generator.math.tex.syntax import DEEPEST


@pytest.mark.parametrize(
    ("tex", "code", "offset"),
    [
        (r"\frac{a}{b", "E401", 8),
        ("x^{2}}", "E402", 5),
        (r"a + \left( b", "E403", 4),
        (r"a \right)", "E404", 2),
        (r"a \middle| b", "E404", 2),
        (r"x \begin{aligned} a", "E405", 2),
        (r"a \end{aligned}", "E405", 2),
        (r"\left( x \end{\left} \right)", "E405", 9),
        (r"\begin{alignd} a \end{alignd}", "E406", 0),
        ("x^a^b", "E407", 3),
        ("x_a_b", "E407", 3),
        ("x^2'", "E407", 3),
        ("a & b", "E408", 2),
        (r"\frac{a}", "E409", 0),
        (r"1 + \sqrt", "E409", 4),
        ("x^", "E409", 1),
        ("a $ b", "E410", 2),
        ("a # b", "E410", 2),
        (r"1 + \alhpa", "E411", 4),
        ("a\x01b", "E412", 1),
        ("x\\", "E412", 1),
        ("\\text{a\x01}", "E412", 7),
        ("\\verb|a\x01|", "E412", 5),
        ("\\left\x01 x \\right)", "E412", 5),
        ("a\\\x01", "E412", 1),
        (r"\def\a{\a}\a", "E413", 10),
        (r"\newcommand{x}{y}", "E414", 0),
        (r"\newcommand{\a}[²]{y}", "E414", 0),
        (r"\def\a#²{y}", "E414", 0),
        (r"\newcommand{\a}[1]{#²}\a x", "E410", 22),
        (r"x\limits_a", "E409", 1),
        (r"a \bigl x", "E409", 2),
        (r"\left x \right)", "E409", 0),
        (r"a \hline b", "E408", 2),
        (r"1 + \sqrt[3", "E409", 4),
        (r"a \over b \over c", "E407", 10),
        (r"\text{a $x}", "E410", 8),
        (r"\text{\$ $x}", "E410", 9),
        (r"\tag{1}\tag{2} x", "E407", 7),
        (r"\begin{align} a \tag{1} \tag{3} \\ b \tag{2} \end{align}", "E407", 24),
        (r"a\\[abc] b", "E409", 3),
        ("x'^'", "E409", 2),
        ("x^'", "E409", 1),
        (r"\verb", "E409", 0),
        (r"\shoveleft{x}", "E408", 0),
        (r"\begin{gather} \shoveright a \\ b \end{gather}", "E408", 15),
        (r"\begin{aligned} a \hline b\end{aligned}", "E408", 18),
        (r"a\cr b", "E408", 1),
        (r"x \hspace{y}", "E409", 2),
        (r"x \kern a", "E409", 2),
        (r"\rule{a}{b}", "E409", 0),
        (r"\raise x", "E409", 0),
        (r"\genfrac(){1pt}", "E409", 0),
        (r"\begin{cases*} 1 & if $x \\ 2 & else \end{cases*}", "E410", 22),
        (r"\def\x#1;{#1}\x a", "E409", 13),
    ],
)
def test_place(tex: str, code: str, offset: int) -> None:
    formula = convert(tex, display=True)
    assert formula.how == "error"
    assert (formula.problems[0].code, formula.problems[0].offset) == (code, offset)
    assert formula.html.startswith('<code class="math-error">')
    assert "<mark>" in formula.html


@pytest.mark.parametrize(
    "tex",
    [
        "x'^2",
        "x''_a",
        "{x^a}^b",
        r"x^\frac12",
        r"\begin{array}{c}a\\b\end{array}",
        r"\pmatrix{a & b \cr c & d}",
        r"\text{50\% & more_}",
        "\\text{می\u200cخواهم}",
        "\\verb|a\tb|",
        r"\left. x \right|",
        r"\sqrt[3]{x}",
        r"\sqrt[{[x]}]{a}",
        r"\xrightarrow[{]}]{a}",
        r"\color{#ff0000} x",
        r"\{ x \}",
        "a_1^2 b_2",
    ],
)
def test_valid_tex_is_no_error(tex: str) -> None:
    formula = convert(tex, display=True)
    assert [problem.code for problem in formula.problems] == []
    assert formula.how == "mathml"


def test_a_near_command_is_suggested() -> None:
    assert r"\alpha" in convert(r"\alhpa", display=False).problems[0].hint


def test_what_only_mathjax_knows_is_left_to_it_with_a_warning() -> None:
    formula = convert(r"\begin{CD} A @>>> B \end{CD}", display=True)
    assert formula.how == "mathjax"
    assert [problem.code for problem in formula.problems] == ["W401"]
    assert formula.html.startswith(r"\[")


@pytest.mark.parametrize(
    "tex",
    [
        r"\int_2\limits^2",
        r"\sum\limits_i",
        r"\mathop{x}\nolimits_i",
        r"\bigl\{ x \bigr\}",
        r"{a \over b} \over c",
        r"\begin{matrix} a \over b & c \over d \end{matrix}",
        r"\fcolorbox{blue}{#197}{a}",
        r"\root n+1 \of x",
        r"\begin{cases*} 1 & if $x>0$ \\ 0 & a_b \end{cases*}",
        r"\begin{numcases}{f=} 1 & $\begin{matrix}a\\b\end{matrix}$ \\ 0 & else \end{numcases}",
        r"\fcolorbox{red}{yellow}{a $x$ b}",
        r"\begin{align} \Aboxed{a &= b} \\ c &= d \end{align}",
        r"\raisebox{2pt}{a \raisebox{2pt}{$b$}}",
        r"\left\arrowvert x \right\bracevert",
        r"\begin{multlined}[c][7cm] a \\ b \end{multlined}",
        r"\begin{aligned} a \\ [b] c \end{aligned}",
        r"a\hskip1em plus 1fil b",
        r"\genfrac [ {} {0.8pt}{}{a}{b+c}",
        r"\bigg{|}_0^1",
        r"x^\begingroup ab\endgroup",
        r"\bbox[5px,yellow,border:2px solid red]{x}",
        r"\buildrel a \over =",
    ],
)
def test_what_looks_wrong_but_is_not(tex: str) -> None:
    assert convert(tex, display=True).how == "mathml"


@pytest.mark.parametrize(
    ("opening", "closing"), [("{", "}"), (r"\left(", r"\right)"), (r"\sqrt", "1"), ("x^{", "}")]
)
def test_the_depth_of_formulas_is_limited(opening: str, closing: str) -> None:
    """Converters recurse: nothing deeper than the limit may reach them."""

    def nested(depth: int) -> str:
        return opening * depth + (closing if closing == "1" else "x" + closing * depth)

    assert convert(nested(DEEPEST - 2), display=True).how == "mathml"
    formula = convert(nested(DEEPEST + 1), display=True)
    assert formula.how == "mathjax"
    assert [problem.code for problem in formula.problems] == ["W402"]


def test_the_cause_is_named_where_no_converter_is_right() -> None:
    formula = convert(r"\mathchoice{D}{T}{S}{SS}", display=True)
    assert [problem.code for problem in formula.problems] == ["W403"]
    assert "math-core" in formula.problems[0].message
    assert "latex2mathml" in formula.problems[0].message


@pytest.mark.parametrize(
    ("tex", "offset"), [("a\u200bb", 1), ("\\alpha\ufeff", 6), ("\\text{a\u2060b}", 7)]
)
def test_invisible_characters_are_left_out_with_a_warning(tex: str, offset: int) -> None:
    formula = convert(tex, display=False)
    assert formula.how == "mathml"
    assert tex[offset] not in formula.html
    assert [(problem.code, problem.offset) for problem in formula.problems] == [("W404", offset)]


def test_commands_of_other_packages_name_their_package() -> None:
    problem = convert(r"\imat{3}", display=True).problems[0]
    assert problem.code == "E411"
    assert "physics" in problem.hint


def test_many_unknown_commands_take_no_time() -> None:
    names = [
        f"\\{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}qz{'x' * (i // 676)}" for i in range(3000)
    ]
    start = process_time()
    for name in names:
        convert(name, display=False)
    assert len(convert("".join(names[:500]), display=False).problems) == 10
    assert process_time() - start < 4


@pytest.mark.parametrize(
    "tex",
    [
        r"x \tag*{$*$}",
        r"\cfrac[l]{1}{2}",
        r"\"o + \v{c} + \^a",
        r"\sqrt[\leftroot{2}\uproot{2}3]{x}",
        r"\set{x | |x| > 1}",
    ],
)
def test_what_an_engine_accepts_is_mathml(tex: str) -> None:
    formula = convert(tex, display=True)
    assert (formula.how, formula.problems) == ("mathml", ())
