"""The examples of docs/maintainers/markdown.md are read as it says."""

import re
from pathlib import Path

import pytest

from generator.config import Config
from generator.model import SourceFile
from generator.parser import parse
from tests.parser.outline import outline

PAGE = Path(__file__).parents[2] / "docs" / "maintainers" / "markdown.md"
_PAIR = re.compile(
    r"^````markdown\n(?P<page>.*?)^````\n\n```text title=\"read as\"\n(?P<read>.*?)^```\n",
    re.M | re.S,
)
PAIRS = list(_PAIR.finditer(PAGE.read_text(encoding="utf-8")))


def _without_places(text: str) -> str:
    text = re.sub(r" @\d+:\d+", "", text)
    return re.sub(r"(?m)^( *(?!directive|footnote)\w+) \d+(-\d+)?(?= |$)", r"\1", text)


def test_every_example_says_how_it_is_read() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(PAIRS) == len(re.findall(r"(?m)^````markdown$", text)) > 10


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["page"].split("\n")[0][:30])
def test_example_is_read_as_it_says(pair: re.Match[str]) -> None:
    document, _ = parse(SourceFile("page.md", "page.md", pair["page"]), config=Config())
    assert _without_places(outline(document)) == pair["read"]
