"""Macros from the configuration and from the formula."""

import pytest

from generator.math.conversion import convert


@pytest.mark.parametrize(
    ("macros", "tex", "same"),
    [
        ({r"\R": r"\mathbb{R}"}, r"x \in \R^n", r"x \in \mathbb{R}^n"),
        ({"R": r"\mathbb{R}"}, r"\R", r"\mathbb{R}"),
        ({r"\norm": r"\lVert #1 \rVert_{#2}"}, r"\norm{x}2", r"\lVert x \rVert_{2}"),
        ({r"\a": r"\b", r"\b": "x"}, r"\a", "x"),
        ({}, r"\newcommand{\f}[2][y]{#1+#2}\f{x}", "y+x"),
        ({}, r"\newcommand\f[1]{#1^2}\f{x}", "x^2"),
        ({}, r"\def\f#1{#1^2}\f x", "x^2"),
        ({}, r"\let\f=\alpha \f", r"\alpha"),
        ({}, r"\let\a=\alpha\def\alpha{x}\a", r"\alpha"),
        ({}, r"\def\a{x}\let\b\a\def\a{y}\b", "x"),
        ({}, r"\let\lb( \lb x", "(x"),
        ({}, r"\def\x#1\end{#1}\x ab\end", "ab"),
        ({}, r"\def\x#1,#2;{#1+#2}\x {a,b},c;", "{a,b}+c"),
        ({}, r"\global\long\def\a{x}\a", "x"),
        ({}, r"\newcommand{\a}{x}\providecommand{\a}{y}\a", "x"),
        (
            {},
            r"\newenvironment{foo}[1]{\left(#1}{\right)}\begin{foo}{y} x \end{foo}",
            r"{\left(y x \right)}",
        ),
        ({}, r"\DeclarePairedDelimiter\abs{|}{|}\abs*{\frac12}", r"\left|\frac12\right|"),
        ({}, r"\DeclarePairedDelimiter\abs{|}{|}\abs[\big]{x}", r"\bigl|x\bigr|"),
        (
            {},
            r"\DeclarePairedDelimiterX\inner[2]{(}{)}{#1\delimsize|#2}\inner{a}{b}",
            r"\mathopen{(}a|b\mathclose{)}",
        ),
        ({}, r"\DeclareMathOperator*{\am}{argmax}\am_x", r"\operatorname*{argmax}_x"),
        ({}, r"\def\a{x}\def\b{\def\a{y}}\expandafter\b\a", "x"),
        ({}, r"\noexpand\frac xy", r"\frac xy"),
        ({}, r"\def\a{x}\noexpand\a y", "y"),
        ({}, r"\def\a{x}\edef\b{\a\noexpand\a}\def\a{y}\b", "xy"),
        ({}, r"\def\a{x}\xdef\b{\def\noexpand\a{}}\a\b\a", "x"),
        ({}, r"\let\a=x\edef\b{\a}\def\a{y}\b", "y"),
        ({}, r"\futurelet\a\frac1{2+\a}", r"\frac1{2+1}"),
        ({}, r"\TextOrMath{a}{x}\text{\TextOrMath{a}{x}$\TextOrMath{a}{x}$}", r"x\text{a$x$}"),
        ({}, r"\gdef\a#1#{#1+}\a xy{23}", "xy+{23}"),
        ({}, r"\def\a{hi}\text\a", r"\text{hi}"),
        ({}, r"\def\a{1}\sqrt[\def\a{2}\a]{\a}\a", r"\sqrt[2]{1}1"),
        ({}, r"\begingroup x+\endgroup y", "x+y"),
        ({}, r"x^\begingroup ab\endgroup", "x^{ab}"),
        ({}, r"\begingroup\bf x\endgroup y", r"{\bf x}y"),
        ({}, r"\def\a{x}\begingroup\def\a{y}\a\endgroup\a", "yx"),
        ({}, r"x\let\a", "x"),
        ({}, r"\def x{y}x", "y"),
    ],
)
def test_a_macro_is_its_body(macros: dict[str, str], tex: str, same: str) -> None:
    def shown(formula: str) -> str:
        html = convert(formula, display=True, macros=macros).html
        return html[html.index(">") :]

    assert shown(tex) == shown(same)


def test_the_old_engine_gets_the_macro_expanded() -> None:
    html = convert(r"\R", display=False, macros={r"\R": r"\mathbb{R}"}).html
    assert r'data-tex="\mathbb{R}"' in html


@pytest.mark.parametrize(
    "macros",
    [{r"\x": r"\x"}, {r"\x": r"\x\x"}, {r"\x": r"\y", r"\y": r"\x"}, {r"\x": "x" * 30000}],
)
def test_a_macro_without_end_is_an_error(macros: dict[str, str]) -> None:
    formula = convert(r"1+\x", display=False, macros=macros)
    assert [(p.code, p.offset) for p in formula.problems] == [("E413", 2)]


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        (r"\def\x{1}\x{\def\x{2}\x{\def\x{3}\x}\x}\x", "1{2{3}2}1"),
        (r"\def\x{1}{\gdef\x{2}}\x", "{}2"),
        (r"\def\x{1}\left(\global\def\x{2}\right)\x", r"\left(\right)2"),
        (
            r"\def\x{1}\begin{matrix}\def\x{2}\x & \x\end{matrix}",
            r"\begin{matrix}2 & 1\end{matrix}",
        ),
        (r"\def\a{1}\edef\x{\a}\def\a{2}\x", "1"),
        (r"\def\a{12}\def\b#1{(#1)}\edef\x{\expandafter\b\a}\x", "(1)2"),
        (r"{\newcommand\mine{z}}\mine", "{}z"),
        (r"{\renewcommand\alpha{z}\alpha}\alpha", r"{z}\alpha"),
    ],
)
def test_a_definition_holds_for_its_group(tex: str, same: str) -> None:
    def inside(formula: str) -> str:
        return convert(formula, display=True).html.partition("block")[2]

    assert inside(tex) == inside(same)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begingroup x",
        r"x\endgroup",
        r"{\begingroup x}\endgroup",
        r"\def\a{\begingroup\a\endgroup}\a",
        r"\def\a{\expandafter\a\a}\a",
        r"\def\a{\a\a}\edef\b{\a}\b",
    ],
)
def test_groups_without_end_and_expansions_without_end_are_errors(tex: str) -> None:
    assert convert(tex, display=False).how == "error"
