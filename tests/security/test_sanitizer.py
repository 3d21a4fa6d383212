"""The sanitizer leaves what is ours as it is."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from generator.render.sanitize import sanitize
from tests.render.rendering import render

_FIXTURES = Path(__file__).parent.parent / "render" / "fixtures"
_PAGES = [
    pytest.param(text, id=f"{file.stem}:{title.strip()}")
    for file in sorted(_FIXTURES.glob("*.txt"))
    for _line, title, text, _html in read_fixture_file(file)
]


@pytest.mark.parametrize("text", _PAGES)
def test_our_own_html_passes_byte_for_byte(text: str) -> None:
    html = render(text)[0].html
    if "<math" not in html and "tex2jax_ignore" not in html:
        assert sanitize(html) == html


def test_formula_beside_raw_html_is_the_same_as_without() -> None:
    plain = render("$\\sqrt{x} < 1$ a\n")[0].html
    beside = render("$\\sqrt{x} < 1$ <u>a</u>\n")[0].html
    assert beside.replace("<u>", "").replace("</u>", "") == plain


def test_open_tag_of_the_author_ends_with_its_block() -> None:
    html = render("a <b>b\n\nc\n")[0].html
    assert html == "<p>a <b>b</b></p><p>c</p>"


def test_end_tag_of_the_author_does_not_end_a_box_of_ours() -> None:
    html = render("!!! note\n    a</div></p></details>b\n\n    c\n")[0].html
    assert html.endswith("<p>ab</p><p>c</p></div>")


def test_stand_in_in_an_attribute_stays_text() -> None:
    html = render('<b title="\ufdd40\ufdd4">$x$</b>\n')[0].html
    assert html.count("<math") == 1
    assert 'title="\ufdd40\ufdd4"' in html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<img src="a.png">', '<img src="a.png">'),
        *(
            (f'<img src="{src}">', "<img>")
            for src in ("a/b.png", "//e.org/a.png", "https://e.org/a.png", "%2e%2e", "..\\a.png")
        ),
        *((f'<a href="{to}">a</a>', "<a>a</a>") for to in ("a.html", "//e.org", "javascript:a()")),
        ('<sup id="fnref-1">a</sup>', '<sup id="fnref-1">a</sup>'),
        ('<sup id="q">a</sup>', "<sup>a</sup>"),
        ('<p id="fnref-1" onclick="a()">a</p>', "<p>a</p>"),
        ('<b style="position:fixed;color:red">a</b>', '<b style="color:red">a</b>'),
    ],
)
def test_the_second_wall_stands_alone(html: str, left: str) -> None:
    assert sanitize(html) == left
