"""Other authors' pages: every place that a token names is where its text is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.config import Config
from generator.model import Document
from generator.parser import parse
from generator.reader.page import decode
from generator.render.formula import place_in_tex


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[tuple[Document, list[str]]]:
    root = shared / "corpora" / "pages"
    if not root.is_dir():
        pytest.skip(f"no pages at {root}")
    found = []
    for path in sorted(root.rglob("*.md")):
        source, _ = decode(path.read_bytes(), page=path.name, display=path.name)
        assert source is not None
        page, _ = parse(source, config=Config())
        text = path.read_text(encoding="utf-8-sig")
        found.append((page, text.replace("\r\n", "\n").split("\n")))
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.expandtabs(4))


@pytest.mark.slow
def test_text_of_every_block_stands_on_its_lines(
    documents: list[tuple[Document, list[str]]],
) -> None:
    count = 0
    for page, lines in documents:
        for token in page.tokens:
            if token.map and token.content and token.type in ("inline", "fence", "code_block"):
                first, after = token.map
                source = "\n".join(re.sub(r"(?m)^[ >]+", "", line) for line in lines[first:after])
                if token.type == "inline":
                    source = re.sub(r"<!--.*?(-->|$)", "", source)
                start = next(line for line in token.content.split("\n") if line.strip())
                start = re.sub(r"(?m)^[ >]+", "", start)
                source = source.replace('\\"', '"')  # the string of a macro call
                start = start.replace('\\"', '"')
                assert _squeezed(start) in _squeezed(source), (page.source.path, token)
                count += 1
    assert count > 20_000


@pytest.mark.slow
def test_every_block_lies_within_the_one_around_it(
    documents: list[tuple[Document, list[str]]],
) -> None:
    for page, lines in documents:
        around = [(0, len(lines))]
        for token in page.tokens:
            if token.nesting < 0:
                around.pop()
            elif token.map:
                first, after = token.map
                assert around[-1][0] <= first < after <= around[-1][1], (page.source.path, token)
            if token.nesting > 0:
                around.append((token.map[0], token.map[1]) if token.map else around[-1])


def _formulas(page: Document) -> Iterator[tuple[str, int, int]]:
    """Yield the first word of each line of each formula with its line and column."""
    for token in page.tokens:
        for part in (token, *(token.children or ())):
            if part.type in ("math_inline", "math_block"):
                for match in re.finditer(r"(?m)^\s*(\S+)", part.content):
                    place = place_in_tex(part, part.meta["location"], match.start(1))
                    yield match[1], place.line, place.column


@pytest.mark.slow
def test_every_line_of_every_formula_stands_where_it_says(
    documents: list[tuple[Document, list[str]]],
) -> None:
    wrong, count = [], 0
    for page, lines in documents:
        for word, line, column in _formulas(page):
            count += 1
            if not lines[line - 1].startswith(word, column - 1):
                wrong.append((page.source.path, line, column, word))
    assert count > 10_000
    assert not wrong


@pytest.mark.slow
def test_every_link_and_image_stands_where_it_says(
    documents: list[tuple[Document, list[str]]],
) -> None:
    count = 0
    for page, lines in documents:
        for token in page.tokens:
            for child in token.children or ():
                place = child.meta.get("location")
                if child.type in ("image", "link_open") and place and child.markup != "autolink":
                    mark = "!" if child.type == "image" else "["
                    assert lines[place.line - 1][place.column - 1] == mark, (place, child)
                    count += 1
    assert count > 2_000
