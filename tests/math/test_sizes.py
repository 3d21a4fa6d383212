"""What browsers cannot know about widths is said by classes and sizes."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from generator.math import convert


def _fences(tex: str, *, display: bool = True) -> list[Element]:
    root = fromstring(convert(tex, display=display).html)
    return [mo for mo in root.iter("mo") if mo.text in ("(", ")")]


@pytest.mark.parametrize("inside", ["x", "x_i", "x^n - y_2", r"\bar{x}", r"f(x), \text{if}"])
def test_a_fence_around_low_things_does_not_stretch(inside: str) -> None:
    assert all(mo.get("stretchy") == "false" for mo in _fences(rf"\left( {inside} \right)"))


def test_a_fence_around_a_power_is_the_first_larger_one() -> None:
    opening, closing = _fences(r"\left( x^2 \right)")
    assert opening.attrib == {"minsize": "1.2em", "maxsize": "1.2em", "class": "m-o4"}
    assert closing.get("class") == "m-c4"


@pytest.mark.parametrize(
    "inside", [r"\frac{a}{b}", r"\sum_i x", r"\boxed{x}", r"\sqrt{x}", "x^{y^z}"]
)
def test_a_fence_around_tall_things_stretches(inside: str) -> None:
    assert all(not mo.attrib for mo in _fences(rf"\left( {inside} \right)"))


def test_a_fence_around_three_rows_makes_room() -> None:
    opening, closing = _fences(r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}")
    assert (opening.get("class"), closing.get("class")) == ("m-o", "m-c")


def test_big_sizes_are_those_of_tex() -> None:
    sizes = [mo.get("minsize") for mo in _fences(r"\big( \Big( \bigg( \Bigg(")]
    assert sizes == ["1.2em", "1.8em", "2.4em", "3em"]


def test_a_subscript_stands_under_the_slant() -> None:
    assert '<mi class="m-k4">i</mi>' in convert("V_i", display=False).html
    assert '<mi class="m-slant">C</mi>' in convert(r"\int_C f", display=True).html
    assert "class" not in convert("x_i", display=False).html


def test_a_group_behind_an_operator_keeps_the_thin_space() -> None:
    assert convert(r"\sum {x}", display=False).html == convert(
        r"\sum x", display=False
    ).html.replace(r"\sum x", r"\sum {x}")
    assert '<mo lspace="0.1667em">' in convert(r"\log {n}", display=False).html
    assert '<mo lspace="0.1667em">' not in convert(r"\log (n)", display=False).html


def test_a_sign_that_opens_a_cell_stands_between() -> None:
    html = convert(r"\begin{aligned} a &+ b \\ + c &= d \end{aligned}", display=True).html
    assert html.count('<mrow></mrow><mo form="infix">+</mo>') == 1


def test_the_degree_of_a_root_begins_with_its_space() -> None:
    assert (
        '<mspace width="0.5556em"></mspace><mn>3</mn>'
        in convert(r"\sqrt[3]{x}", display=False).html
    )


def test_a_wide_tilde_is_the_one_that_stretches() -> None:
    assert '<mo stretchy="true">\u02dc</mo>' in convert(r"\widetilde{xyz}", display=False).html
