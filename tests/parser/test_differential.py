"""Our reading against Python-Markdown's with pymdown-extensions."""

import re
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from hypothesis import given, settings

from generator.config import Config
from generator.model import Media
from generator.parser import parse
from generator.reader.page import read_text
from generator.render.context import RenderContext
from generator.render.html import render_fragment
from tests.parser.documents import boxes

_EXTENSIONS = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "abbr"]
_PYMDOWN = ["details", "superfences", "arithmatex", "tabbed", "tasklist", "betterem", "highlight"]
_OPTIONS: dict[str, dict[str, object]] = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.highlight": {"use_pygments": False},
}
_STRUCTURE = ("ul", "ol", "li", "blockquote", "td", "th", "pre", "h1", "h2", "details", "summary")

Leaf = tuple[str, str]


def site(text: str) -> list[Leaf]:
    names = [*_EXTENSIONS, *(f"pymdownx.{name}" for name in _PYMDOWN)]
    page = markdown.Markdown(extensions=names, extension_configs=_OPTIONS)
    return leaves(page.convert(text))


def card(text: str) -> list[Leaf]:
    source, _ = read_text(text, page="p.md", display="p.md")
    document, _ = parse(source, config=Config())
    context = RenderContext(document, Config(), lambda _, target: Media("x.png", target))
    return leaves(render_fragment(document.tokens, context=context)[0].html)


def leaves(html: str) -> list[Leaf]:
    """Runs of text with the lists, cells, quotes, code and boxes that they stand in."""
    found: list[Leaf] = []
    for path, text in _walk(BeautifulSoup(html, "lxml"), ""):
        if found and found[-1][0] == path and not path.endswith("/li"):
            found[-1] = (path, found[-1][1] + text)
        elif text.strip():
            found.append((path, text))
    return [(path, "".join(text.split())) for path, text in found]


def _walk(node: Tag, path: str) -> Iterator[Leaf]:
    for child in node.children:
        if isinstance(child, NavigableString):
            yield path, str(child)
        elif isinstance(child, Tag) and (tex := _tex(child)) is not None:
            yield path, f" ${tex}$ "
        elif isinstance(child, Tag):
            name = _name(child)
            numbered = f"{name}{child.get('start', '')}"
            yield from _walk(child, f"{path}/{numbered}" if name in _STRUCTURE else path)


def _tex(tag: Tag) -> str | None:
    if tag.name == "math":
        return str(tag.get("data-tex"))
    if "arithmatex" in (tag.get("class") or []):
        return re.sub(r"^\\[\[(]|\\[\])]$", "", tag.get_text().strip())
    return None


def _name(tag: Tag) -> str:
    classes = list(tag.get("class") or ())
    if "admonition-title" in classes:
        return "summary"
    return "details" if "admonition" in classes else tag.name


@settings(max_examples=80, deadline=None)
@given(boxes())
def test_a_page_in_order_is_read_as_the_site_reads_it(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert card(text) == site(text)


PAGE = Path(__file__).parents[2] / "docs" / "dialect-differences.md"
_EXAMPLE = re.compile(r"^## (?P<name>[^\n]+)\n|^````markdown\n(?P<text>.*?)^````$", re.M | re.S)


def _examples() -> Iterator[tuple[str, str]]:
    name = ""
    for match in _EXAMPLE.finditer(PAGE.read_text(encoding="utf-8")):
        if match["name"]:
            name = match["name"]
        else:
            yield name, match["text"]


EXAMPLES = list(_examples())


def test_the_list_of_differences_has_examples() -> None:
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_a_difference_on_the_list_is_one(name: str, text: str) -> None:
    inside = '!!! note "Box"\n\n' + "".join(f"    {line}\n" for line in text.splitlines())
    assert card(text) != site(text) or card(inside) != site(inside), name
