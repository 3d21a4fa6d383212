"""Whatever the TeX: no exception, no hang, and markup that parses."""

import unicodedata
from time import process_time
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.math.conversion import convert

PIECES = (
    *("{", "}", "^", "_", "&", "\\\\", "$", "#", "%", "'", " ", "x", "1", "<", '"', "[", "]", "é"),
    *(r"\frac", r"\sqrt", r"\left(", r"\right)", r"\text{", r"\begin{cases}", r"\end{cases}"),
    *(r"\mathbf", r"\color{red}", r"\not", r"\mathop", r"\limits", r"\hline", r"\tag{1}", "\\"),
    *(r"\def\a{", r"\a", r"\verb|", r"\operatorname{", r"\substack{", r"\kern", "\u0338", "\ue000"),
    *(r"\boxed{", r"\Large", r"\sum", r"\dots", r"\hspace{", r"\rule", r"\overbrace", "}}", "::"),
    *(r"\newcommand{\a}[", "#1", "²", "٣", r"\left", r"\end{"),
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans())
def test_pieces_of_tex(tex: str, display: bool) -> None:
    check(tex, display=display)


@settings(max_examples=100)
@given(st.text(max_size=30), st.booleans())
def test_any_text(tex: str, display: bool) -> None:
    check(tex, display=display)


def check(tex: str, *, display: bool) -> None:
    formula = convert(tex, display=display)
    html = formula.html
    assert "{{" not in html
    assert "}}" not in html
    assert "::" not in html
    assert (formula.how == "error") == any(p.code.startswith("E") for p in formula.problems)
    assert all(0 <= problem.offset <= len(tex) for problem in formula.problems)
    if formula.how == "mathml":
        assert unicodedata.is_normalized("NFC", html)
        root = fromstring(html)
        assert root.tag == "math"
        assert all("\ue000" > letter or letter > "\uf8ff" for letter in "".join(root.itertext()))


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        r"\sqrt",
        r"\sqrt{",
        r"\frac{",
        r"\frac1",
        r"\left(",
        "x^{",
        r"\text{",
        r"\mathbf{",
        "[",
        r"\sqrt[",
        r"\begin{matrix}",
        "&",
        "^",
        "'",
        "$",
        r"\smash{",
        r"\mathop{",
        r"\not{",
    ],
)
@pytest.mark.parametrize("tail", ["", "x" + "}" * 10_000])
def test_ten_thousand_of_anything(piece: str, tail: str) -> None:
    assert convert(piece * 10_000 + tail, display=True).how in ("mathjax", "error")


@pytest.mark.parametrize(
    "opening", ["(", "[", r"\sin(", r"\{", r"\langle ", r"\lvert ", r"\bigl(", "{(("]
)
@pytest.mark.parametrize("count", [30, 600])
def test_brackets_that_nobody_closes_take_no_time(opening: str, count: int) -> None:
    """math-core's time doubles with each of them."""
    tex = opening * count + "}" * (count if "{(" in opening else 0)
    start = process_time()
    convert(tex, display=True)
    assert process_time() - start < 2
