"""What is called certainly right is right: the automaton is never less strict than the checker."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.math.certain import DEEPEST, is_certain
from generator.math.syntax import _RULES, _Checker
from generator.math.tokens import Tokens, tokenize

PIECES = (
    *("{", "}", "^", "_", "&", "\\\\", "\\cr", "$", "#", "'", " ", "x", "1", "[", "]", "*", "."),
    *("{a}", "{b}", "\x07", "\\", "(", "\\sum", "\\frac", "\\sqrt", "\\mathbf", "\\text", "\\big"),
    *("\\left", "\\right", "\\middle", "\\limits", "\\hline", "\\over", "\\color", "\\textcolor"),
    *("\\begin", "\\end", "\\begin{cases}", "\\end{cases}", "\\begin{array}{c}", "\\end{array}"),
    *("\\tag", "\\colorbox", "\\substack", "\\verb|x|", "\\raisebox", "\\$", "\\text{"),
    "\\end{\\left}",
)


def problems(tokens: Tokens) -> list[str]:
    checker = _Checker(tokens)
    checker.check()
    too_deep = ["too deep"] if checker.depth > DEEPEST else []
    return [problem.code for problem in checker.problems] + too_deep


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_certain_has_no_problem(tex: str) -> None:
    tokens = tokenize(tex)
    if is_certain(tokens.texts):
        assert problems(tokens) == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(_RULES)), st.lists(st.sampled_from(PIECES), max_size=6))
def test_every_rule_of_the_checker_is_known(text: str, pieces: list[str]) -> None:
    tokens = tokenize(f"a{text}{''.join(pieces)}")
    if is_certain(tokens.texts):
        assert problems(tokens) == []


@pytest.mark.parametrize(
    "tex",
    [
        "",
        "a_1^2 b'^{x_i} + x^\\frac12",
        r"\frac{a}{\sqrt b} \operatorname*{argmax}_x f",
        r"\left( \frac12 \middle| x \right)^2 \bigl\{ x \bigr\} \big{(}",
        r"\begin{aligned} a &= \text{if } b \\ \hline c &= \textcolor{red}{d} \end{aligned}",
        r"\begin{array} {c|c} a & b \\ c \end{array}",
        r"\text{if $x$ {or} \textbf{not}}",
        r"\sum\limits_i \int \limits_a {x}\limits_b",
    ],
)
def test_usual_formulas_are_certain(tex: str) -> None:
    assert is_certain(tokenize(tex).texts)


@pytest.mark.parametrize(
    "tex",
    [
        *(
            "x^",
            "x^}",
            "x^a^b",
            "x^2'",
            "x_\\left",
            r"\frac{a}",
            r"{\sqrt}",
            r"\sqrt[3]{x}",
            "a\x01",
        ),
        *("{", "}", r"\left(", r"\right)", r"\left x", r"\left{", r"\big x", r"\big\text{a}", "&"),
        *(r"\middle|", r"\begin{foo}", r"\begin x", r"\end{cases}", r"\frac\left(x\right)"),
        *(r"\left( x \end{\left}", "\\text{\x01}", "\\left\x01 x \\right)", "\\\x01"),
        *(
            r"\begin{array}a\end{array}",
            r"\text{a $x}",
            r"\text{\$x$}",
            r"\text x",
            r"\text{",
            r"\limits",
        ),
        *(r"{\hline}", r"x^\begin{cases}\end{array}", r"\frac\begin{cases}\end{cases}{}"),
    ],
)
def test_doubts_are_left_to_the_checker(tex: str) -> None:
    assert not is_certain(tokenize(tex).texts)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("{" * 40 + "}" * 40, True),
        ("{" * 99 + "}" * 99, True),
        ("{" * 100 + "}" * 100, False),
        ("{x}" * 300, True),
        ("{x}" * 100 + "{" * 100 + "}" * 100, False),
        (r"\text{\right}" * 99 + r"\left(" * 100 + r"\right)" * 100, False),
        ("x" * 150, True),
        (r"\sqrt" * 50 + "1", False),
    ],
)
def test_depth_is_bounded(tex: str, *, expected: bool) -> None:
    assert is_certain(tokenize(tex).texts) is expected
