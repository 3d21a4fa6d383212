"""The examples of docs/maintainers/on-the-card.md come out as it says."""

import re
from pathlib import Path

import pytest

from tests.render.rendering import render

_PAGE = Path(__file__).parents[2] / "docs" / "maintainers" / "on-the-card.md"
_EXAMPLE = re.compile(
    r"^````markdown\n(.*?)^````\n\n^```html\n(.*?)^```\n", re.DOTALL | re.MULTILINE
)
_EXAMPLES = _EXAMPLE.findall(_PAGE.read_text(encoding="utf-8"))
_MATH = re.compile(r'<math [^>]*?data-tex="([^"]*)".*?</math>', re.DOTALL)


def test_page_has_examples() -> None:
    assert len(_EXAMPLES) >= 10


@pytest.mark.parametrize(("text", "html"), _EXAMPLES)
def test_example(text: str, html: str) -> None:
    assert _MATH.sub(r"<math>\1</math>", render(text)[0].html) == html.rstrip("\n")
