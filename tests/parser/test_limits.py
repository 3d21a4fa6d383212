"""Hostile pages: read in seconds, never too deep."""

import gc
import time

import pytest

from generator.cards.sections import Sections
from generator.config import Config
from generator.model import SourceFile
from generator.parser import parse

_N = 10_000
PAGES = {
    "quotes in quotes": ">" * _N + " a",
    "lists in lists": "".join("  " * depth + "- a\n" for depth in range(1000)),
    "boxes in boxes": "".join("    " * depth + "!!! note\n" for depth in range(1000)),
    "elements in elements": "<div markdown>\n" * _N + "</div>\n" * _N,
    "brackets": "[" * _N,
    "links in links": "[a" * _N + "]" * _N,
    "images": "![" * _N,
    "stars": "*a **b " * _N,
    "dollars": "$a $$b " * _N,
    "formulas without an end": "\\(\\[" * _N,
    "environments without an end": "\\begin{a}\n" * _N,
    "fences without an end": "```a\n" * _N,
    "indented fences without an end": "    ```py\n    a\n" * _N,
    "comments": "<!-- a --> `x` " * _N,
    "comments in code spans": "`<!--` " * _N,
    "comments without an end": "<!-- " * _N,
    "elements without an end": "<div>\n" * _N,
    "attributes": "a{.a " * _N,
    "Jinja": "{{ a( " * _N,
    "equal headings": "# a\n" * _N,
    "directives": '??? question "a"\n    <!-- admonki: skip -->\n    b\n\n' * 3000,
    "references": "[a]: b\n[^a]: c\n*[a]: d\n" * _N,
    "definitions": "a\n: b\n" * _N,
    "captions of captions": "/// caption\n///\n" * _N,
    "table heads": "|a|b|\n|-|-|\n" * _N,
    "spans in a line with a tab": "x\t" + "$a `b` *c* " * _N,
    "a line of a megabyte": "word " * 200_000,
    "two megabytes": "Some *text* with $x$.\n\n- item\n\n" * 65_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_hostile_page_takes_seconds_at_most(name: str) -> None:
    source = SourceFile("p", "p", PAGES[name])
    begun = time.process_time()
    document, _ = parse(source, config=Config())
    taken = time.process_time() - begun
    assert document.source is source
    assert taken < (60 if len(source.text) > 1_000_000 else 30)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["- a\n", "> a\n\n", "# a\n", "a *b* `c`\n", "[a](b) ", "|a|\n", "[^"]
)
def test_eight_times_the_text_takes_about_eight_times_the_time(piece: str) -> None:
    def seconds(count: int) -> float:
        source = SourceFile("p", "p", piece * count)
        gc.disable()  # it walks over all tokens again and again; a build lets it rest, too
        try:
            begun = time.process_time()
            parse(source, config=Config())
            return time.process_time() - begun
        finally:
            gc.enable()

    seconds(100)
    # Of a busy machine's figures the smallest is the truest. The square would be 64 times as much.
    few, many = (min(seconds(count) for _ in range(3)) for count in (1000, 8000))
    assert many < 24 * max(few, 0.01)


def test_rows_are_filled_as_far_as_a_page_may_ask() -> None:
    head = f"{'|a' * 100}|\n{'|-' * 100}|\n"
    few, found = parse(SourceFile("a.md", "a.md", head + "| b |\n" * 150), config=Config())
    assert not found
    assert sum(token.type == "td_open" for token in few.tokens) == 15_000
    many, found = parse(SourceFile("a.md", "a.md", head + "| b |\n" * 5_000), config=Config())
    assert [item.code for item in found] == ["W212"]
    assert sum(token.type == "td_open" for token in many.tokens) < 30_000


def test_a_heading_that_each_card_repeats_has_a_limit() -> None:
    text = f'# {"t" * 50_000}\n\n## {"s" * 50_000}\n\n??? question "Q?"\n    a\n'
    document, _ = parse(SourceFile("p.md", "p.md", text), config=Config())
    section = Sections(document.tokens).at(len(document.tokens) - 1)
    assert (len(section.title), len(section.path[0])) == (1_000, 1_000)
