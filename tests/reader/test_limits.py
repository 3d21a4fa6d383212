"""Front matter, snippets and combining characters of a hostile page cost no more than others."""

import time
import unicodedata

import pytest

from generator.config import Config, Site
from generator.model import SourceFile
from generator.reader.files_in import put_files_in
from generator.reader.include_markdown import include_files
from generator.reader.macros import put_tables_in
from generator.reader.page import read_text
from generator.reader.snippets import Absence, include_snippets
from generator.reader.text import MOST_ADDED, normalize

_BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize(
    "block",
    [
        f"{_BOMB}title: *a29\n",
        f"{_BOMB}tags: *a29\n",
        f"{_BOMB}admonki: {{deck: *a29}}\n",
        "a: &a [*a]\ntitle: *a\n",
        "a: &a {b: *a}\ntitle: x\n",
        "title: " + "x" * 40_000 + "\n",
        "a: " + "[" * 5_000 + "\n",
        "tags: [" + "x, " * 12_000 + "]\n",
    ],
)
def test_a_block_that_says_too_much_is_an_error(block: str) -> None:
    began = time.process_time()
    _, found = read_text(f"---\n{block}---\ntext\n", page="a.md", display="a.md")
    assert time.process_time() - began < 10
    assert [item.code for item in found] == ["E103"]


@pytest.mark.parametrize(
    "number", ["9" * 5_000, "0x" + "f" * 5_000, "0b" + "1" * 5_000, "-" + "1" * 4_301]
)
def test_a_long_number_is_text(number: str) -> None:
    block = f"date: {number}\nadmonki: {{jobs: {number}}}\n"
    source, found = read_text(f"---\n{block}---\ntext\n", page="a.md", display="a.md")
    assert not found
    assert source.front_matter.date == number
    assert str(source.front_matter.options["jobs"]) == number


@pytest.mark.parametrize(
    "block",
    [
        f"title: {'t' * 2_001}",
        f"tags: [{'t, ' * 2_001}]",
        f"categories: {'c' * 3_000}",
        f"admonki: {{deck_root: {'d' * 1_500}, inner_deck: {'i' * 1_000}}}",
    ],
)
def test_what_each_card_repeats_is_short(block: str) -> None:
    source, found = read_text(f"---\n{block}\n---\ntext\n", page="a.md", display="a.md")
    assert [item.code for item in found] == ["E103"]
    assert source.front_matter.tags == ()
    assert source.front_matter.options == {}


def test_aliases_and_dates_are_read() -> None:
    block = "base: &b [a, 2]\ntags: *b\ndate: {created: 2025-10-30}\ntitle: 1_000\n"
    source, found = read_text(f"---\n{block}---\n", page="a.md", display="a.md")
    assert [item.code for item in found] == ["W104"] or not found
    assert source.front_matter.tags == ("a", "2")
    assert source.front_matter.date == "2025-10-30"


def test_snippets_add_no_more_than_a_page_may_hold() -> None:
    line = '--8<-- "big.txt"\n'
    source = SourceFile("a.md", "a.md", line * 2_000)
    read: list[str] = []

    def find_text(path: str) -> str:
        read.append(path)
        return "x" * 100_000

    whole, found = include_snippets(source, config=Config(), find_text=find_text)
    assert len(whole.text) < MOST_ADDED + 200_000 + len(source.text)
    assert {item.code for item in found} == {"W508"}
    assert len(read) < 10


def test_snippets_in_snippets_do_not_multiply() -> None:
    texts = {f"{n}.md": f'--8<-- "{n + 1}.md"\n' * 30 for n in range(8)} | {"8.md": "x\n" * 100}
    source = SourceFile("a.md", "a.md", '--8<-- "0.md"\n')
    began = time.process_time()
    whole, _ = include_snippets(source, config=Config(), find_text=texts.__getitem__)
    assert time.process_time() - began < 5
    assert len(whole.text) < 20 * MOST_ADDED


@pytest.mark.parametrize("number", ["9" * 5_000, "1:" + "9" * 5_000])
def test_a_long_number_of_a_line_is_no_line(number: str) -> None:
    source = SourceFile("a.md", "a.md", f'--8<-- "b.txt:{number}"\n')
    include_snippets(source, config=Config(), find_text=lambda _path: "x")


def test_combining_characters_are_sorted_in_linear_time() -> None:
    text = "a" + "\u0338\u0316\u0301" * 30_000
    began = time.process_time()
    normalize(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text", ["e\u0301", "\u1112\u1161\u11ab", "a\u0338\u0316", "क्षि नि", "✈️👩\u200d🔬"]
)
def test_text_of_people_is_only_composed(text: str) -> None:
    assert normalize(text) == unicodedata.normalize("NFC", text)
    thirty = "e" + "\u0316" * 30
    assert normalize(thirty) == thirty
    assert "\u034f" in normalize(thirty + "\u0316")


def test_noncharacters_mark_nothing() -> None:
    assert (
        normalize("a\ufdd0\ufdef\ufffe\uffff\U0010ffff\0b")
        == "a\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdb"
    )


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ('--8<-- "big.txt:1:1"\n' * 5_000, "x\n" * 400_000),
        ('--8<-- "big.txt:part"\n' * 200, "-" * 900_000),
        ('{% include "big.txt" start="no" end="x" %}\n' * 2_000, "x" * 900_000),
        ('{% include "big.txt" \n' * 4_000, "x"),
        ('{% include "' * 8_000, "x"),
        ('{{ read_csv("big.txt") }}\n' * 4_000, "a,b\n" * 200_000),
        ('{{ read_csv("big.txt") }}\n', "," * 800_000 + "\n1" * 2_000),
        ("{{ read_raw('big.txt') }}\n" * 4_000, "a\n" * 300_000),
        ("{{ read_csv('big.txt'", "a"),
        ("{{ long }}\n" * 9_000, ""),
        ("{{ long }}" * 9_000, ""),
        ('{% include "a' + '{% include "b' * 3000 + "%}", ""),
        ("".join(f'--8<-- "missing-{n}.txt"\n' for n in range(5_000)), ""),
    ],
)
def test_files_that_a_page_reads_cost_no_more_than_their_text(text: str, file: str) -> None:
    plugins = frozenset({"include-markdown", "table-reader", "macros"})
    config = Config(site=Site(plugins=plugins, variables={"long": "y" * 900_000}))
    source = SourceFile("a.md", "a.md", text)

    def find(path: str) -> str | Absence:
        return file if path == "big.txt" else Absence("the file does not exist")

    began = time.process_time()
    found, _ = put_files_in(source, config=config, find_text=find)
    assert time.process_time() - began < 2
    assert len(found.text) < len(text) + 3 * MOST_ADDED


def test_a_table_that_csv_cannot_read_is_left_out() -> None:
    source = SourceFile("a.md", "a.md", "{{ read_csv('t.csv') }}")
    found, problems = put_tables_in(source, find_text=lambda _: '"' + "a" * 200_000)
    assert found.text == source.text
    assert [problem.code for problem in problems] == ["W508"]


@pytest.mark.parametrize("tag", ['--8<-- "b.md"', "--8<--\nb.md\n--8<--"])
def test_the_indent_of_a_snippet_counts(tag: str) -> None:
    indent = " " * 90_000
    text = "\n".join(indent + line for line in tag.split("\n")) + "\nafter\n"
    page = SourceFile("a.md", "a.md", text)
    found, problems = include_snippets(page, config=Config(), find_text=lambda _: "a\n" * 100_000)
    assert [item.code for item in problems] == ["W508"]
    assert len(found.text) < 3 * MOST_ADDED


def test_the_indent_of_an_included_file_counts() -> None:
    page = SourceFile("a.md", "a.md", " " * 90_000 + '{% include-markdown "b.md" %}\n')
    found, problems = include_files(page, find_text=lambda _: "a\n" * 100_000)
    assert [item.code for item in problems] == ["W508"]
    assert len(found.text) < 3 * MOST_ADDED


def test_the_indent_of_a_table_counts() -> None:
    page = SourceFile("a.md", "a.md", " " * 90_000 + "{{ read_csv('b.csv') }}\n")
    found, problems = put_tables_in(page, find_text=lambda _: "a,b\n" * 9_000)
    assert [item.code for item in problems] == ["W508"]
    assert len(found.text) < 3 * MOST_ADDED
