"""Which pieces of the math font a card needs, and that no character falls between them."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.apkg.media import collect_media
from generator.math.conversion import convert
from generator.render.theme import fonts_for, theme_css, theme_files
from tests.apkg.conftest import a_note
from tests.render.rendering import render


def _pieces(tex: str) -> list[str]:
    names = fonts_for(convert(tex, display=True).html)
    return [re.sub(r"^_|-[0-9a-f]{8}\.woff2$", "", name) for name in names]


@pytest.mark.parametrize(
    ("tex", "pieces"),
    [
        (r"\sum_{i=1}^n \alpha_i x^2 \le \sqrt{y}", ["math"]),
        (r"\left( \frac{a}{b} \right] \xrightarrow{f} \underbrace{x + y}", ["math"]),
        (r"\mathbf{x} \in \mathbb{R}^d, \mathcal{L}, \ell", ["math", "math-letters"]),
        (r"\mathfrak{g}", ["math", "math-more"]),
        (r"\mathtt{x} \mathbf{y}", ["math", "math-letters", "math-more"]),
    ],
)
def test_a_formula_needs_the_pieces_of_its_characters(tex: str, pieces: list[str]) -> None:
    assert sorted(_pieces(tex)) == pieces


def test_text_needs_no_font() -> None:
    assert render("Plain words, ∑ and ℝ among them.")[0].fonts == ()
    assert len(render("A formula: $x$.")[0].fonts) == 1


def test_pieces_do_not_overlap_and_each_is_used() -> None:
    faces = re.findall(r'url\("(_[^"]+)"\)[^}]*unicode-range: ([^;]+);', theme_css())
    assert sorted(name for name, _ in faces) == sorted(file.name for file in theme_files())
    seen: set[int] = set()
    for _, ranges in faces:
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
            characters = set(range(int(first, 16), int(last or first, 16) + 1))
            assert not characters & seen
            seen |= characters
    assert {*map(ord, " (x𝑥𝛼∑√")} <= seen


def test_a_package_carries_the_fonts_that_its_formulas_need_and_no_others() -> None:
    note = a_note(1).note
    assert collect_media([note]) == []
    needed = fonts_for(convert("x", display=False).html)
    with_formula = replace(a_note(2).note, answer=render("$x$")[0])
    assert [name for name, _ in collect_media([note, with_formula])] == list(needed)


def test_formulas_together_need_what_each_of_them_needs() -> None:
    sources = ("x", r"\mathfrak{g}", r"\mathbb{R} \rightsquigarrow \&")
    formulas = [convert(tex, display=True).html for tex in sources]
    each = {name for html in formulas for name in fonts_for(html)}
    assert fonts_for("".join(formulas)) == tuple(sorted(each))
    assert fonts_for(formulas[0]) < tuple(sorted(each))


def test_what_stretches_is_in_the_piece_that_has_the_blank() -> None:
    """Blink takes sizes of fences from the font of the blank only."""
    pytest.importorskip(
        "fontTools", reason="fontTools reads the font (pip install fonttools brotli)"
    )
    from fontTools.ttLib import TTFont

    media = Path(__file__).parents[2] / "generator" / "render" / "theme" / "media"
    font = TTFont(media / "math.woff2")
    assert ord(" ") in font.getBestCmap()
    for name in ("math-letters", "math-more"):
        variants = TTFont(media / f"{name}.woff2")["MATH"].table.MathVariants
        assert variants is None or not variants.VertGlyphCount
