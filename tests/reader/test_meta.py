"""Metadata without `---`, as MkDocs reads it."""

import pytest
from mkdocs.utils.meta import get_data

from generator.reader.page import read_text

PAGES = [
    "Title: Limits\nTags: a\n\n# A\n",
    "Title: Limits\n# A\n",
    "title:   Limits of\n    functions\n\ttoo\n\n\ntext\n",
    "title: a\ntitle: b\n\ntext\n",
    "   date: 2025-01-02\n\ntext\n",
    "# A\nTitle: b\n",
    "\nTitle: b\n",
    "Two words: b\n",
    "    code: a\n",
    "Title: a",
]


@pytest.mark.parametrize("text", PAGES)
def test_it_is_what_mkdocs_takes(text: str) -> None:
    source, _ = read_text(text, page="p.md", display="p.md", reads_meta=True)
    body, data = get_data(text)
    assert source.text.lstrip("\n") == body
    assert source.front_matter.title == data.get("title")
    assert "".join(text.splitlines(keepends=True)[source.body_line :]) == source.text


def test_it_is_text_where_the_site_does_not_read_it() -> None:
    text = "Title: Limits\n\na\n"
    assert read_text(text, page="p.md", display="p.md")[0].text == text


@pytest.mark.parametrize(
    ("text", "found"),
    [("Title: a\nNote: all of it\n", ["p.md:2:1 L232"]), ("Tags: a\nDate: b\n", [])],
)
def test_a_line_that_may_be_meant_as_text_is_reported(text: str, found: list[str]) -> None:
    _, problems = read_text(f"{text}\n# A\n", page="p.md", display="p.md", reads_meta=True)
    assert [f"{item.location} {item.code}" for item in problems] == found
