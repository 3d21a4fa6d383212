"""The documentation is current, and its examples are true."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.config import Config, load
from generator.config.schema import setting_types
from generator.pipeline.collect import collect
from generator.pipeline.identify import dry_run
from tests.commands.reference import DOCS, PAGES
from tests.commands.test_pipelines import check_calls

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLE = re.compile(r"^```markdown title=\"(\d+) cards?\"\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PAGES = sorted((ROOT / "docs").rglob("*.md"))
_EXAMPLES = [
    (page.relative_to(ROOT).as_posix(), int(found[1]), found[2])
    for page in _PAGES
    for found in _EXAMPLE.finditer(page.read_text(encoding="utf-8"))
]


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run: python -m tests.commands.reference"


def test_there_are_examples() -> None:
    assert len(_EXAMPLES) >= 10


@pytest.mark.parametrize(("page", "cards", "text"), _EXAMPLES)
def test_an_example_makes_as_many_cards_as_it_says(
    page: str, cards: int, text: str, tmp_path: Path
) -> None:
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    config, _ = load({"sources": (Path("page.md"),)}, cwd=tmp_path)
    found = collect(config, cwd=tmp_path)
    assert len(found.notes) == cards
    unsaid = {item.code for item in found.diagnostics} - {"W301"}
    assert unsaid <= {code for code in unsaid if code.startswith("L")}


def test_every_command_in_a_code_block_exists() -> None:
    blocks = [
        block
        for page in _PAGES
        for block in re.findall(
            r"^```(?:sh|yaml)\n(.*?)^```",
            page.read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
    ]
    assert sum(check_calls(block) for block in blocks) >= 10


def test_the_faq_is_a_deck(tmp_path: Path) -> None:
    config, problems = load({"sources": (ROOT / "docs" / "faq.md",)}, cwd=tmp_path)
    assert problems == ()
    found = dry_run(config, cwd=tmp_path, now_s=1_700_000_000)
    assert len(found.notes) >= 8
    assert not [item for item in found.diagnostics if not item.code.startswith("L")]
    assert {note.note.deck for note in found.notes} >= {"FAQ::Writing", "FAQ::Studying"}
    assert not any(note.note.is_unanswered for note in found.notes)


def _paths(nav: object) -> Iterator[str]:
    """Yield the pages of a part of the navigation."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for part in nav.values():
            yield from _paths(part)
    elif isinstance(nav, list):
        for part in nav:
            yield from _paths(part)


def test_each_page_is_in_the_navigation_and_only_maintainers_pages_are_for_maintainers() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in _PAGES}
    assert sorted(_paths(nav)) == sorted(pages)
    (theirs,) = (part["For maintainers"] for part in nav if "For maintainers" in part)
    assert set(_paths(theirs)) == {page for page in pages if page.startswith("maintainers/")}


def test_every_setting_has_a_meaning() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert "`sources`" in page
    assert isinstance(Config(), Config)


CODE = re.compile(r'"([EWL]\d{3})"')


def _codes() -> set[str]:
    """Return the codes of messages that the source uses."""
    files = (ROOT / "generator").rglob("*.py")
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_in_the_source_is_explained_and_every_explained_code_is_used() -> None:
    # `ignore = ["L301"]` in the text of `admonki init` and in messages does not use a code
    text = (ROOT / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    explained = re.findall(r"^## ([EWL]\d{3}): \S", text, re.MULTILINE)
    assert sorted(explained, key=lambda code: (code[1:], code[0])) == explained
    assert len(set(explained)) == len(explained)
    assert set(explained) == _codes()


def test_every_code_and_setting_is_named_in_a_test() -> None:
    files = [file for file in (ROOT / "tests").rglob("*") if file.is_file()]
    here = Path(__file__)
    texts = [file.read_text("utf-8", "replace") for file in files if file != here]
    tested = "\n".join([*texts, *(file.name for file in files)])
    assert [name for name in (*sorted(_codes()), *setting_types()) if name not in tested] == []


def test_every_explanation_is_short_and_says_more_than_its_title() -> None:
    text = (ROOT / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        assert len(body.split()) >= 5, title
        assert len(body.split()) <= 70, title


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "maintainers").rglob("*.md")), ids=lambda page: page.stem
)
def test_every_module_that_is_named_exists(page: Path) -> None:
    modules = [
        path.relative_to(ROOT).as_posix()
        for folder in ("generator", "tests", "benchmarks", "source")
        for path in (ROOT / folder).rglob("*.py")
    ]
    named = re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))
    assert [
        name for name in named if not any(f"/{module}".endswith(f"/{name}") for module in modules)
    ] == []
