"""What Markdown becomes on a card."""

import pytest

from tests.render.rendering import render


def test_nested_box_is_a_div_and_a_collapsible_one_details() -> None:
    fragment, _ = render('!!! tip "Do"\n    this\n\n??? note "Then"\n    that\n')
    assert fragment.html == (
        '<div class="admonition tip"><p class="admonition-title">Do</p><p>this</p></div>'
        '<details class="note"><summary>Then</summary><p>that</p></details>'
    )
    assert fragment.text == "Do this Then that"


def test_box_without_title_is_titled_by_its_type() -> None:
    assert '<p class="admonition-title">Warning</p>' in render("!!! warning\n    x\n")[0].html
    assert "admonition-title" not in render('!!! warning ""\n    x\n')[0].html


def test_every_tab_is_shown_under_its_label() -> None:
    fragment, _ = render('=== "A"\n    one\n=== "B"\n    two\n')
    assert fragment.text == "A one B two"
    assert fragment.html.index("A</label>") < fragment.html.index("one")
    assert fragment.html.index("one") < fragment.html.index("B</label>")


def test_missing_image_says_what_was_there() -> None:
    fragment, diagnostics = render("![a cell](img/cell.png)\n")
    assert 'alt="a cell (cell.png)"' in fragment.html
    assert "src=" not in fragment.html
    assert [d.code for d in diagnostics] == ["W501"]


def test_image_travels_under_its_media_name() -> None:
    fragment, diagnostics = render("![a](my%20cell.png)\n", media={"my cell.png": "c-12.png"})
    assert '<img src="c-12.png" alt="a">' in fragment.html
    assert [m.path for m in fragment.media] == ["/docs/my cell.png"]
    assert not diagnostics


def test_codes_of_anki_in_text_are_inert() -> None:
    fragment, _ = render("[sound:x.mp3] [anki:tts] [latex]x[/latex] [$]y[/$] \\\\(z\\\\)\n")
    for code in ("[sound:", "[anki:", "[latex]", "[/latex]", "[$]", "[/$]", "\\("):
        assert code not in fragment.html
    assert fragment.text.startswith("[sound:x.mp3]")


def test_a_formula_in_a_tight_item_stands_in_a_box_that_can_scroll() -> None:
    fragment, _ = render("- so $x$ holds\n- and *this*\n  | a |\n  |---|\n  | $y$ |\n")
    assert '<li><div class="tight">so <math' in fragment.html
    assert "<td><math" in fragment.html
    assert fragment.html.count('class="tight"') == 1


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("> $$\n> a\n>\\foo\n> $$\n", 3, 2),
        ("$$a\n\\foo$$\n", 2, 1),
        ("- x $a\n      \\foo$\n", 2, 7),
    ],
)
def test_an_error_in_a_later_line_of_tex_is_at_its_column(
    text: str, line: int, column: int
) -> None:
    places = [d.location for d in render(text)[1] if d.code == "E411"]
    assert [(place.line, place.column) for place in places] == [(line, column)]
