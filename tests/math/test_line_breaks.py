"""A long formula in a line is written in pieces, between which lines may break."""

import re
from time import process_time
from xml.etree.ElementTree import fromstring

import pytest

from generator.html_text import plain_text
from generator.math.conversion import convert
from generator.math.formula import joined
from generator.pull.leaves import leaves_of
from tests.render.rendering import render


def pieces(tex: str) -> list[str]:
    """Return what each piece shows."""
    return ["".join(fromstring(piece).itertext()) for piece in convert(tex, display=False).pieces]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a_1x_1 + a_2x_2 = b_1c_1d_1 - e", ["a1x1+", "a2x2=", "b1c1d1−e"]),
        ("f(a + b + c + d, x) = g(y, z)", ["f(a+b+c+d,x)=", "g(y,z)"]),
        ("abcdefg < -hijklmn", ["abcdefg<", "−hijklmn"]),
        ("a = b", []),
        (r"\frac{abcdefgh + ijk}{lmnopqrst}", []),
        (r"\text{a long text in a formula}", []),
    ],
)
def test_pieces(tex: str, expected: list[str]) -> None:
    assert pieces(tex) == expected


def test_the_first_piece_has_the_tex_of_the_whole() -> None:
    formula = convert("abcdefg < hijklmn", display=False)
    assert [('data-tex="abcdefg &lt; hijklmn"' in piece) for piece in formula.pieces] == [
        True,
        False,
    ]
    assert '<mo form="infix">&lt;</mo></math>' in formula.pieces[0]
    assert formula.html.count("<math") == 1
    assert "infix" not in formula.html


def test_a_displayed_formula_breaks_after_relations_if_it_is_wider_than_a_phone() -> None:
    assert convert("abcdefg < hijklmn", display=True).pieces == ()
    long = convert("abcdefg + hijklm < nopqrstu + vwxyz = abc", display=True).pieces
    assert ["".join(fromstring(piece).itertext()) for piece in long] == [
        "abcdefg+hijklm<",
        "nopqrstu+vwxyz=",
        "abc",
    ]
    assert ['display="block"' in piece for piece in long] == [True] * 3
    html = render("$$\nabcdefg + hijklm < nopqrstu + vwxyz = abc\n$$")[0].html
    assert html.count("<math") == 3
    assert plain_text(html) == "$abcdefg + hijklm < nopqrstu + vwxyz = abc$"
    (leaf,) = leaves_of(html)
    assert [(piece.kind, piece.text) for piece in leaf.pieces] == [
        ("display", "abcdefg + hijklm < nopqrstu + vwxyz = abc")
    ]


def test_a_card_gets_the_pieces_and_the_full_stop_stays_with_the_last() -> None:
    html = render("$abcdefg < hijklmn$.")[0].html
    assert html.count("<math") == 2
    assert re.search(r'<span class="nobr"><math class="m-next">.*</math>\.</span>', html)


def test_a_formula_of_any_length_takes_linear_time() -> None:
    start = process_time()
    convert("x" * 3900, display=False)
    convert("x+" * 1900 + "x", display=False)
    assert process_time() - start < 3


def test_whoever_reads_a_card_sees_one_formula() -> None:
    html = render("A $abcdefg < hijklmn$.")[0].html
    assert plain_text(html) == "A $abcdefg < hijklmn$."
    (leaf,) = leaves_of(html)
    assert [piece.text for piece in leaf.pieces if piece.kind == "math"] == ["abcdefg < hijklmn"]


@pytest.mark.parametrize("tex", ["abcdefg < hijklmn", "a + bcd = efg + hij < klm + nop > qrstuvw"])
@pytest.mark.parametrize("text", ["A ${}$.", "A ${}$, b", "${}$ b", "$$\n{}\n$$"])
def test_other_programs_get_each_formula_as_one(tex: str, text: str) -> None:
    html = joined(render(text.format(tex))[0].html)
    fromstring(f"<div>{html}</div>")
    assert html.count("<math") == html.count("data-tex") == 1
    assert "".join(fromstring(f"<div>{html}</div>").itertext()) == "".join(
        fromstring(f"<div>{render(text.format(tex))[0].html}</div>").itertext()
    )
