"""Pages and what they are read as; `python -m tests.parser.test_valid` rewrites it."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.parser import parse
from generator.reader.page import decode
from tests.parser.outline import outline

FOLDER = Path(__file__).parent.parent / "data" / "valid"
PAGES = sorted(FOLDER.glob("*.md"))


def _outline(page: Path) -> str:
    source, found = decode(page.read_bytes(), page=page.name, display=page.name)
    assert source is not None
    assert not found
    return outline(parse(source, config=Config())[0])


def test_there_are_pages() -> None:
    assert len(PAGES) > 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_read_as_expected(page: Path) -> None:
    assert _outline(page) == page.with_suffix(".txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for written in PAGES:
        written.with_suffix(".txt").write_text(_outline(written), encoding="utf-8")
