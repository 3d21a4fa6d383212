"""Pages with a mistake and the exact messages that they get."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.parser import parse
from generator.reader.page import decode

FOLDER = Path(__file__).parent.parent / "data" / "invalid"
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name[1] in "12")


def test_there_are_pages() -> None:
    assert len(PAGES) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_messages(page: Path) -> None:
    source, found = decode(page.read_bytes(), page=page.name, display=page.name)
    if source:
        found = (*found, *parse(source, config=Config())[1])
    lines = [f"{d.location.line}:{d.location.column} {d.code} {d.message}\n" for d in sorted(found)]
    assert "".join(lines) == page.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_in_the_name_is_reported_and_documented(page: Path) -> None:
    code = page.name.split("-")[0]
    docs = (FOLDER.parents[2] / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    assert f" {code} " in page.with_suffix(".txt").read_text(encoding="utf-8")
    assert f"## {code}: " in docs
