"""What browsers cannot know about widths is said by classes and sizes."""

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from generator.math.conversion import convert


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
    ("inside", "size"),  # as KaTeX takes them
    [
        (r"\frac{a}{b}", "1.8em"),
        (r"\frac{a}{q}", "2.4em"),
        (r"\frac{a}{1 + \frac bc}", "3em"),
        (r"\sum_i x", "3em"),
        (r"\boxed{x}", "1.2em"),
        (r"\sqrt{x}", "1.2em"),
        ("x^{y^z}", "1.8em"),
        (r"\begin{smallmatrix} a \\ b \end{smallmatrix}", None),
        (r"\begin{matrix} a \\ b \end{matrix}", "2.4em"),
        (r"\begin{matrix} a \\ \frac ab \\ c \end{matrix}", "3.6em"),
        (r"\left( \sum_i x \right)^2", "3.6em"),
    ],
)
def test_a_fence_around_tall_things_has_the_size_of_tex(inside: str, size: str | None) -> None:
    assert _fences(rf"\left( {inside} \right)")[0].get("minsize") == size


def test_a_fence_around_something_unknown_stretches() -> None:
    assert all(not mo.attrib for mo in _fences(r"\left( \rule{1em}{2em} \right)"))


def test_a_bar_covers_its_content_in_steps() -> None:
    root = fromstring(convert(r"\left| \frac{a}{q} \middle| x \right\|", display=True).html)
    sizes = [mo.get("minsize") for mo in root.iter("mo") if mo.text in ("|", "‖")]
    assert sizes == ["2.4em"] * 3


def test_the_fence_of_a_binomial_follows_from_the_style() -> None:
    assert _fences(r"\binom{n}{k}")[0].get("minsize") == "2.4em"
    assert _fences(r"\binom{n}{k}", display=False)[0].get("minsize") == "1.2em"


def test_a_superscript_below_a_line_is_lower() -> None:
    assert _fences(r"\frac{x}{\left( x^2 \right)}")[0].get("stretchy") == "false"
    assert _fences(r"\frac{\left( x^2 \right)}{x}")[0].get("minsize") == "1.2em"


def test_a_root_that_is_tall_makes_room() -> None:
    assert "<msqrt>" in convert(r"\sqrt{x}", display=True).html
    assert '<msqrt class="m-root">' in convert(r"\sqrt{x^2 + y^2}", display=True).html
    tall = r"\sqrt{\begin{matrix} a \\ b \\ c \end{matrix}}"
    assert '<msqrt class="m-roott">' in convert(tall, display=True).html


def test_operators_keep_their_spaces_in_fractions_and_lose_them_in_scripts() -> None:
    html = convert(r"\begin{aligned} \frac{a + b}{c} \end{aligned}", display=True).html
    assert "<mo>+</mo>" in html
    html = convert("T^*", display=False).html
    assert '<mo lspace="0" rspace="0">∗</mo>' in html


def test_fractions_in_text_are_marked_for_engines_that_do_not_know_their_size() -> None:
    assert '<mfrac class="m-ft">' in convert(r"\frac ab", display=False).html
    assert '<mfrac class="m-fs">' in convert(r"x^{\frac ab}", display=True).html
    assert "m-f" not in convert(r"\frac ab", display=True).html
    nested = convert(r"\frac{\frac ab}{c}", display=True).html
    assert nested.count("m-ft") == 1


def test_each_row_of_a_table_has_a_strut() -> None:
    root = fromstring(convert(r"\begin{cases} a & b \\ c \end{cases}", display=True).html)
    assert [row[0][0].tag for row in root.iter("mtr")] == ["mspace", "mspace"]


def test_a_fence_put_together_from_pieces_makes_room() -> None:
    opening, closing = _fences(r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}")
    assert (opening.get("class"), closing.get("class")) == ("m-built m-oo", "m-built m-cc")


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
    space = '<mspace width="0.1667em">'
    assert space in convert(r"\log {n}", display=False).html
    assert space not in convert(r"\log (n)", display=False).html


def test_a_sign_that_opens_a_cell_stands_between() -> None:
    html = convert(r"\begin{aligned} a &+ b \\ + c &= d \end{aligned}", display=True).html
    assert html.count('<mi></mi><mo form="infix">+</mo>') == 1


def test_the_degree_of_a_root_begins_with_its_space() -> None:
    assert (
        '<mspace width="0.5556em"></mspace><mn>3</mn>'
        in convert(r"\sqrt[3]{x}", display=False).html
    )


def test_a_wide_tilde_is_the_one_that_stretches() -> None:
    assert '<mo stretchy="true">\u02dc</mo>' in convert(r"\widetilde{xyz}", display=False).html


def test_rows_have_the_height_of_tex() -> None:
    root = fromstring(
        convert(r"\begin{aligned} a &= \frac bc \\ &= d \end{aligned}", display=True).html
    )
    (box,) = root.iter("mpadded")
    assert (box.get("height"), box.get("depth")) == ("1.37em", "0.686em")
    assert [space.get("height") for space in root.iter("mspace")] == ["0.84em", "0.84em"]


def test_rows_with_something_unknown_are_left_to_the_engine() -> None:
    assert (
        "<mpadded"
        not in convert(r"\begin{matrix} \text{漢} & \frac ab \end{matrix}", display=True).html
    )


@pytest.mark.parametrize(
    ("tex", "made"),
    [
        (r"\begin{cases} a &= b \end{cases}", '<mo lspace="0">=</mo>'),
        (r"\begin{array}{rcl} a &=& b \end{array}", '<mo rspace="0" lspace="0">=</mo>'),
        (r"\begin{array}{rcl} a &\times& b \end{array}", '<mo lspace="0" rspace="0">×</mo>'),
        (r"\begin{aligned} a &= b \end{aligned}", "<mo>=</mo>"),
    ],
)
def test_a_relation_that_begins_a_cell_has_no_space_before_it(tex: str, made: str) -> None:
    assert made in convert(tex, display=True).html


def test_what_firefox_would_set_apart_is_in_a_box() -> None:
    box = '<mpadded><mi mathvariant="normal">d</mi></mpadded><mi>x</mi>'
    assert box in convert(r"\mathrm{d}x", display=False).html
    assert "mpadded" not in convert(r"\mathrm{d} + x", display=False).html
    assert "<mpadded><mfrac" in convert(r"\frac ab c", display=False).html
    assert "mpadded" not in convert(r"\frac ab + c", display=False).html


def test_a_blank_is_as_wide_as_that_of_tex_engines() -> None:
    assert convert("a~b", display=False).html.count('<mspace width="0.25em">') == 1


@pytest.mark.parametrize(
    ("tex", "gap"),
    [
        (r",\ \sin x", ""),
        (r"=~\max", ""),
        (r"(\hspace{1em}\log", ""),
        (r"a\ \sin x", '<mspace width="0.1667em"></mspace>'),
    ],
)
def test_a_space_does_not_part_a_sign_from_an_operator(tex: str, gap: str) -> None:
    html = convert(tex, display=True).html
    between = html.partition('em"></mspace>')[2].partition("<mrow>")[0].partition("<mi>")[0]
    assert between.replace(_EMPTY, "") == gap


_EMPTY = '<mo lspace="0" rspace="0">\u2063</mo>'


@pytest.mark.parametrize("tex", [r"\left(a\right)\bmod n", r"a \bmod \left(n\right)"])
def test_beside_bmod_is_its_own_space_only(tex: str) -> None:
    assert "0.1667em" not in convert(tex, display=True).html


@pytest.mark.parametrize("tex", [r"p(a >_u)", "a >_u = b", r"\frac{a >_u}{b}", r"a\overset{x}{=}"])
def test_a_relation_with_scripts_has_no_space_where_nothing_follows(tex: str) -> None:
    assert re.search(r'<m(?:sub|over)><mo rspace="0">', convert(tex, display=True).html)


def test_a_relation_with_scripts_has_its_space_before_a_letter() -> None:
    assert "rspace" not in convert("a >_u b", display=True).html


def test_a_question_mark_follows_a_delimiter_without_space() -> None:
    assert (
        "mspace" not in convert(r"x \left(a\right)?", display=False).html.partition("stretchy")[2]
    )


def test_the_bar_of_a_root_is_as_high_as_in_tex() -> None:
    assert (
        '<msqrt><mpadded height="0.622em" depth="0em"><mi>x</mi>'
        in convert(r"\sqrt{x}", display=True).html
    )


def test_a_frame_is_around_the_height_of_tex() -> None:
    framed = '<mrow class="m-box"><mpadded height="0.431em" depth="0em"><mi>x</mi></mpadded></mrow>'
    assert framed in convert(r"\boxed{x}", display=True).html


def test_large_operators_have_the_spaces_of_tex() -> None:
    assert (
        '<mo lspace="0.1667em" rspace="0.1667em">∫</mo>' in convert(r"a \int b", display=True).html
    )
    spaced = convert(r"a \sum_i b", display=True).html
    assert spaced.count('<mspace width="0.1667em">') == 2
    assert '<mo lspace="0" rspace="0">∑</mo>' in spaced


def test_signs_have_no_size_or_space_of_an_engine() -> None:
    assert '<mo largeop="false">⊕</mo>' in convert(r"a \oplus b", display=True).html
    assert '<mo stretchy="false">↗</mo>' in convert(r"a \nearrow b", display=True).html
    assert '<mo lspace="0" rspace="0">¬</mo>' in convert(r"\neg b", display=True).html


def test_a_brace_is_wide_and_spaced_as_an_operator() -> None:
    html = convert(r"x \underbrace{y}_a z", display=True).html
    assert html.count('<mspace width="0.1667em">') == 2
    assert html.count('<mspace width="0.54em">') == 2
    html = convert(r"= \underbrace{x + y + z}_a +", display=True).html
    assert "mspace" not in html
