"""What authors write comes out as they meant it."""

import re
from xml.etree import ElementTree

import pytest

from generator.math import convert


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
