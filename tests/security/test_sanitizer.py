"""The sanitizer leaves what is ours as it is."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from generator.config import Config
from generator.markup.writer import end, start, write
from generator.model import SourceFile
from generator.parser import parse
from generator.render.context import MediaProblem, RenderContext
from generator.render.html import render_nodes
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
    document, _ = parse(SourceFile("page.md", "page.md", text), config=Config())
    context = RenderContext(document, Config(), lambda _page, _target: MediaProblem.MISSING)
    nodes = render_nodes(document.tokens, context=context).nodes
    assert write(sanitize(nodes)) == write(nodes)


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


@pytest.mark.parametrize("place", ['data-node="0"', "data-node='0'", "DATA-NODE=0"])
def test_an_author_cannot_name_the_place_of_a_formula(place: str) -> None:
    html = render(
        f"<span {place}>a</span> &lt;span {place}&gt; $x$ <b title='<span {place}>'>b</b>"
    )
    assert html[0].html.count("<math") == 1
    assert "<math" not in html[0].html.split("&gt;")[0]


@pytest.mark.parametrize(
    ("name", "attributes", "left"),
    [
        ("img", {"src": "a.png"}, '<img src="a.png">'),
        *(
            ("img", {"src": src}, "<img>")
            for src in ("a/b.png", "//e.org/a.png", "https://e.org/a.png", "%2e%2e", "..\\a.png")
        ),
        *(("a", {"href": to}, "<a></a>") for to in ("a.html", "//e.org", "javascript:a()", "")),
        ("a", {"href": "https://e.org/"}, '<a href="https://e.org/"></a>'),
        ("sup", {"id": "fnref-1"}, '<sup id="fnref-1"></sup>'),
        ("sup", {"id": "q"}, "<sup></sup>"),
        ("p", {"id": "fnref-1", "onclick": "a()"}, "<p></p>"),
        ("b", {"style": "position:fixed;color:red"}, '<b style="color:red"></b>'),
    ],
)
def test_the_writer_keeps_what_is_on_its_list(
    name: str, attributes: dict[str, str], left: str
) -> None:
    nodes = [start(name, attributes)] if name == "img" else [start(name, attributes), end(name)]
    assert write(nodes) == left
    assert write(sanitize(nodes)) == left
