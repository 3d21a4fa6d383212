"""Finding pages and reading them."""

from pathlib import Path

import pytest

from generator.reader.find import find_pages
from generator.reader.page import page_name, read_text


def test_pages_of_folders_are_sorted_and_listed_once(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.markdown", "a/B.MD", "notes.txt", ".hidden/x.md", ".y.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    pages, found = find_pages([tmp_path, tmp_path / "b.md"])
    names = [page.relative_to(tmp_path).as_posix() for page in pages]
    assert names == ["a/B.MD", "a/z.markdown", "b.md"]
    assert not found


def test_missing_paths_and_folders_without_pages_are_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    pages, found = find_pages([tmp_path / "gone.md", tmp_path / "empty"])
    assert not pages
    assert [problem.code for problem in found] == ["E101", "E106"]


def test_a_file_named_outright_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("x")
    assert find_pages([path]) == ((path,), ())


def test_front_matter_is_read() -> None:
    text = (
        "---\ntitle: Trees\ntags: [a, b]\ncategories: c\nauthors:\n  - me\n"
        "date: 2025-10-30\nadmonki: {deck: D}\n---\n# T\n"
    )
    source, found = read_text(text, page="p", display="p")
    front = source.front_matter
    assert not found
    assert (front.title, front.tags, front.categories) == ("Trees", ("a", "b"), ("c",))
    assert (front.date, front.options) == ("2025-10-30", {"deck": "D"})
    assert (source.text, source.body_line) == ("# T\n", 9)


@pytest.mark.parametrize("date", ["{created: 2025-10-30}", "2025-10-30", '"2025-10-30"'])
def test_dates_in_every_spelling(date: str) -> None:
    source, _ = read_text(f"---\ndate: {date}\n---\n", page="p", display="p")
    assert source.front_matter.date == "2025-10-30"


def test_two_rules_around_a_text_are_no_front_matter() -> None:
    text = "---\njust a text\n---\nmore\n"
    source, found = read_text(text, page="p", display="p")
    assert source.text == text
    assert not found


@pytest.mark.parametrize("yaml", ["a: [", "a: 2025-13-45", "a: !!python/object:os.system {}"])
def test_broken_front_matter_is_an_error_and_the_page_is_read(yaml: str) -> None:
    source, found = read_text(f"---\n{yaml}\n---\n# T\n", page="p", display="p")
    assert [problem.code for problem in found] == ["E103"]
    assert source.text == "# T\n"


def test_deep_front_matter_is_no_recursion_error() -> None:
    _, found = read_text(f"---\na: {'[' * 20_000}\n---\n", page="p", display="p")
    assert [problem.code for problem in found] == ["E103"]


def test_names_are_relative_to_the_root_and_composed(tmp_path: Path) -> None:
    path = tmp_path / "a" / "cafe\u0301.md"
    path.parent.mkdir()
    path.touch()
    assert page_name(path, tmp_path) == "a/caf\u00e9.md"
    assert read_text("e\u0301\r\n", page="p", display="p")[0].text == "\u00e9\n"
