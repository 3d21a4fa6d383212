"""What authors write comes out as they meant it."""

import re
from xml.etree import ElementTree

import pytest

from generator.math.conversion import convert


def mathml(tex: str, *, display: bool = False) -> str:
    formula = convert(tex, display=display)
    assert formula.how == "mathml", formula
    return re.sub(r' (data-tex|alttext)="[^"]*"', "", formula.html)


def text(tex: str, *, display: bool = False) -> str:
    root = ElementTree.fromstring(mathml(tex, display=display))
    return "".join(root.itertext()).replace("\u2061", "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\text{a\_b \#n \{c\} d~e}", "a_b #n {c} d e"),
        (r"\text{if $x$ ok}", "if x ok"),
        (r"\text{<b>x</b> & y}", "<b>x</b> & y"),
        (r"\begin{align} a &= b \\ c &= d \end{align}", "a=bc=d"),
        (r"a = b \tag{1}", "a=b(1)"),
        (r"\begin{aligned} a \\[8pt] b \end{aligned}", "ab"),
        (r"\Big\{ x \bigl\}", "{x}"),
        (r"\operatorname{arg\,max} x", "arg\u2009maxx"),
        (r"\not= \not\in", "≠∉"),
        (r"a_1+\dots+a_n", "a1+⋯+an"),
        (r"a_1,\dots,a_n", "a1,…,an"),
        (r"\href{javascript:alert(1)}{x}", "x"),
        (r"\verb|a_b|", "a_b"),
        (r"\verb\a_b\ ", "a_b"),
        ("\\verb\\a_b\\", "a_b"),
        (r"3in", "3in"),
        (r"\LaTeX", "LaTeX"),
        (r"\unicode{x3b1}", "α"),
        (r"\cramped[\scriptstyle]{x^2}", "x2"),
        (r"\begin{multlined}[c][7cm] a \\ b \end{multlined}", "ab"),
        (r"\mathtoolsset{showonlyrefs} x", "x"),
        (r"\Braket{a||b|c}", "⟨a‖b|c⟩"),
        (r"\Set{x | y}", "{x|y}"),
        (r"\begin{cases*} 1 & if $x>0$ \\ 0 & a_b\end{cases*}", "{1if x>00a_b\u2063"),
        (r"\sideset{^a}{_b^c}{X}", "XaXbc"),
        ("ℝ^n 𝐱 𝔼[X]", "ℝn𝐱𝔼[X]"),
    ],
)
def test_visible_text(tex: str, shown: str) -> None:
    assert text(tex, display=True).replace("...", "…") == shown


@pytest.mark.parametrize(
    ("tex", "piece"),
    [
        (r"\boxed{x}", '<mrow class="m-box">'),
        (r"\cancel{x}", '<mrow class="m-cancel">'),
        (r"\overline{AB}", '<mrow class="m-overline">'),
        (r"\boldsymbol{x}_0", "<mi>𝒙</mi>"),
        (r"\boldsymbol{0}", "𝟎"),
        (r"\boldsymbol{\mathcal{L}}", "<mi>𝓛</mi>"),
        (r"\bm{\mathfrak{a}}", "<mi>𝖆</mi>"),
        (r"\mathbf{x}", "<mi>𝐱</mi>"),
        (r"\mathcal{L}", "<mi>ℒ"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi>'),
        (r"\textbf{x}", '<mtext class="m-bf">x</mtext>'),
        (r"\color{red} x", 'mathcolor="#ff0000"'),
        (r"a\!b", 'class="m-neg3"'),
        (r"\smash[b]{y}", '<mpadded depth="0">'),
        (r"\Large x", '<mstyle mathsize="1.44em">'),
        (r"\mathop{\mathrm{argmin}}_x", "<munder>"),
        (r"\operatorname*{argmax}_x", "<munder>"),
        (r"\mathop{A + B}_x", "<munder>"),
        (r"\sum_{i}^{n}", "<munderover>"),
        (r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}", 'class="m-br"'),
        (r"\begin{array}{c} a \\ \hline \end{array}", '<mtd class="m-bb">'),
    ],
)
def test_markup(tex: str, piece: str) -> None:
    assert piece in mathml(tex, display=True)


def test_inline_limits_stand_beside() -> None:
    assert "<msub>" in mathml(r"\max_x f")


def test_the_tex_stays_with_the_formula() -> None:
    html = convert(r"a < b % comment", display=False).html
    assert 'data-tex="a &lt; b"' in html
    assert 'alttext="a &lt; b"' in html


def test_nothing_closes_a_cloze_or_plays_a_sound() -> None:
    for tex in ("{{a}}::{b}", r"\text{[sound:x.mp3] {{c1::a}}}", r"\frac{a}{\frac{b}{c}}"):
        html = convert(tex, display=False).html
        assert "{{" not in html
        assert "}}" not in html
        assert "::" not in html
        assert "[sound" not in html


def test_a_stroke_does_not_eat_a_tag_under_nfc() -> None:
    for tex in ("\\text{\u0338x}", "\u0338x", "\\mathbf{\u0338x}"):
        html = mathml(tex)
        assert "≯" not in html
        assert "\u200b\u0338" in html


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize(
    "tex", [r"\operatorname{argmax}\limits_x", r"\operatorname*{argmax}\limits_x", r"\max\limits_x"]
)
def test_limits_are_below_wherever_they_are_asked_for(tex: str, *, display: bool) -> None:
    assert "<munder>" in convert(tex, display=display).html


def test_a_tag_belongs_to_its_own_row() -> None:
    html = mathml(r"\tag{1} \begin{pmatrix} a & b \\ c & d \end{pmatrix}", display=True)
    assert html.index("</mtable>") < html.index("(1)")


def test_tags_line_up_in_a_column_of_their_own() -> None:
    root = ElementTree.fromstring(
        mathml(r"\begin{align} a &= b \tag{1} \\ c &= d \\ e \tag{22} \end{align}", display=True)
    )
    rows = [[cell.get("class") for cell in row] for row in root.iter("mtr")]
    assert [len(row) for row in rows] == [3, 3, 3]
    assert [row[-1] for row in rows] == ["m-tag"] * 3
