"""Constructs by example: `fixtures/*.txt` hold Markdown and the HTML of the card."""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from tests.render.rendering import render

_FILES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))
_CASES = [
    pytest.param(text, html, id=f"{file.stem}:{title.strip()}")
    for file in _FILES
    for _line, title, text, html in read_fixture_file(file)
]
assert len(_FILES) > 0
# How formulas look is a matter of `tests/math`.
_MATH = re.compile(r'<math [^>]*?data-tex="([^"]*)".*?</math>', re.DOTALL)


@pytest.mark.parametrize(("text", "html"), _CASES)
def test_fixture(text: str, html: str) -> None:
    fragment, _ = render(text)
    assert _MATH.sub(r"<math>\1</math>", fragment.html) == html.rstrip("\n")
