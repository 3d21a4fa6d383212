"""Snippets put other files' lines in the place of theirs."""

from pathlib import Path

import pytest

from generator.config import Config, Site
from generator.config.extensions import Extensions, On, Snippets
from generator.errors import Diagnostic
from generator.model import Origin, SourceFile
from generator.parser import parse
from generator.reader.snippets import Absence, include_snippets
from generator.render.context import MediaProblem
from generator.render.media import MediaFolder, text_finder

_FILES = {
    "a.py": "x = 1\ny = 2\nz = 3\n",
    "parts.py": "# --8<-- [start:one]\nfirst()\n# --8<-- [end:one]\nsecond()\n",
    "outer.md": 'before\n  --8<-- "a.py:2:2"\nafter\n',
    "loop.md": '--8<-- "loop.md"\n',
    "crlf.txt": "a\r\nb\r\n",
}


def _find(path: str) -> str | Absence:
    return _FILES.get(path, Absence("the file does not exist"))


def _include(text: str, config: Config | None = None) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    source = SourceFile("p.md", "p.md", text, body_line=3)
    return include_snippets(source, config=config or Config(), find_text=_find)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('--8<-- "a.py"\n', "x = 1\ny = 2\nz = 3\n"),
        ("--8<-- 'a.py:2'\n", "y = 2\nz = 3\n"),
        ('--8<-- "a.py::2"\n', "x = 1\ny = 2\n"),
        ('--8<-- "a.py:2:2"\n', "y = 2\n"),
        ('    --8<-- "a.py:1:1"\n', "    x = 1\n"),
        ('--8<-- "parts.py:one"\n', "first()\n"),
        ('--8<-- "parts.py"\n', "first()\nsecond()\n"),
        ('--8<-- "outer.md"\n', "before\n  y = 2\nafter\n"),
        ('--8<-- "crlf.txt"\n', "a\nb\n"),
        ("--8<--\na.py:1:1\n\n; parts.py\na.py:3:3\n--8<--\n", "x = 1\nz = 3\n"),
        (';--8<-- "a.py"\n', '--8<-- "a.py"\n'),
        ('--8<-- "; a.py"\n', ""),
        ("--8<--\nnot closed\n", "--8<--\nnot closed\n"),
        ('text --8<-- "a.py"\n', 'text --8<-- "a.py"\n'),
    ],
)
def test_lines_take_the_place_of_the_snippet(text: str, expected: str) -> None:
    source, diagnostics = _include(text)
    assert source.text == expected
    assert not diagnostics


def test_each_line_knows_the_file_and_line_that_it_comes_from() -> None:
    source, _ = _include('own\n--8<-- "parts.py"\n\n--8<-- "outer.md"\n')
    assert source.text == "own\nfirst()\nsecond()\n\nbefore\n  y = 2\nafter\n"
    assert source.origins == (
        None,
        Origin("parts.py", 1),
        Origin("parts.py", 3),
        None,
        Origin("outer.md", 0),
        Origin("a.py", 1),
        Origin("outer.md", 2),
        None,
    )


def test_missing_snippet_stays_as_text_and_is_reported_at_its_place() -> None:
    source, diagnostics = _include('one\n  --8<-- "no.py"\n')
    assert source.text == 'one\n  --8<-- "no.py"\n'
    assert [str(d) for d in diagnostics] == [
        "p.md:5:3: warning[W508]: snippet no.py is left out: the file does not exist"
    ]


@pytest.mark.parametrize("name", ["loop.md", "https://example.org/x.md"])
def test_loop_and_address_are_left_out(name: str) -> None:
    assert [d.code for d in _include(f'--8<-- "{name}"\n')[1]] == ["W508"]


def test_site_without_the_extension_shows_the_text() -> None:
    config = Config(site=Site(extensions=Extensions(admonition=On())))
    assert _include('--8<-- "a.py"\n', config)[0].text == '--8<-- "a.py"\n'


def _with(options: Snippets) -> Config:
    return Config(site=Site(extensions=Extensions(snippets=options)))


def test_options_of_the_site_are_honoured() -> None:
    files = {
        "parts/in.md": "  --8<-- [start:x]\n  one\n    two\n  --8<-- [end:x]\n",
        "abbr.md": "*[A]: B",
    }

    def find(path: str) -> str | Absence:
        return files.get(path, Absence("the file does not exist"))

    def put(text: str, options: Snippets) -> str:
        source = SourceFile("p.md", "p.md", text)
        return include_snippets(source, config=_with(options), find_text=find)[0].text

    asked = '--8<-- "in.md:x"'
    assert put(asked, Snippets(base_path=("no", "parts/"))) == "  one\n    two"
    options = Snippets(base_path=("parts",), dedent_subsections=True)
    assert put(asked, options) == "one\n  two"
    assert put("text", Snippets(auto_append=("abbr.md",))) == "text\n\n*[A]: B"


def test_places_count_the_lines_of_the_page() -> None:
    source, _ = _include('--8<-- "a.py"\n\n??? question "Q"\n    --8<-- "a.py"\n\nend\n')
    document, _ = parse(source, config=Config())
    lines = [(t.type, t.map) for t in document.tokens if t.map and t.nesting >= 0]
    assert ("admonition_open", [5, 7]) in lines
    assert ("paragraph_open", [8, 9]) in lines


def test_nothing_outside_the_docs_folder_is_read(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (docs / "open.txt").write_text("open")
    (docs / "link.txt").symlink_to(tmp_path / "secret.txt")
    find = text_finder(MediaFolder([docs]))
    assert find("open.txt") == "open"
    assert find("docs/open.txt") == "open"
    for path in ("../secret.txt", "secret.txt", "link.txt", str(tmp_path / "secret.txt"), "C:\\x"):
        assert isinstance(find(path), Absence), path


def test_snippets_beside_the_docs_folder_are_of_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for folder in ("docs", "includes", ".git-like"):
        (site / folder).mkdir(parents=True)
    (site / "mkdocs.yml").write_text("site_name: S\n")
    (site / "includes" / "a.md").write_text("open")
    (site / "includes" / "link.md").symlink_to(tmp_path / "secret.txt")
    (site / ".env").write_text("secret")
    (site / ".git-like" / "x").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    find = text_finder(MediaFolder([site / "docs"]))
    assert find("includes/a.md") == "open"
    for path in (".env", ".git-like/x", "includes/link.md", "../secret.txt"):
        assert isinstance(find(path), Absence), path
    picture = MediaFolder([site / "docs"])("p.md", "../includes/a.png")
    assert picture is MediaProblem.OUTSIDE
