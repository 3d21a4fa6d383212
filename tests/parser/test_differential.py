"""Our reading against Python-Markdown's with pymdown-extensions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.parser import reference
from tests.parser.documents import boxes
from tests.parser.reference import Leaf, Options

_EXTENSIONS = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "abbr"]
_PYMDOWN = ["details", "superfences", "arithmatex", "tabbed", "tasklist", "betterem", "highlight"]
_OPTIONS: Options = {name: {} for name in (*_EXTENSIONS, *(f"pymdownx.{n}" for n in _PYMDOWN))}


def site(text: str) -> list[Leaf]:
    return reference.site(text, _OPTIONS)


def card(text: str) -> list[Leaf]:
    return reference.card(text, _OPTIONS)


@settings(max_examples=80, deadline=None)
@given(boxes())
def test_a_page_in_order_is_read_as_the_site_reads_it(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert card(text) == site(text)


PAGE = Path(__file__).parents[2] / "docs" / "maintainers" / "dialect-differences.md"
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
