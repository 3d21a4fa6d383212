"""What a build of some pages, or with another configuration, does to the memory of the others."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from generator.apkg.reader import read_package
from generator.cli import main
from generator.config import load
from generator.identity.lock import Lock
from generator.identity.lock_file import read_lock
from generator.pipeline.build import build
from generator.pipeline.collect import find_lock

NOW_S = 1_764_000_000


def _page(path: Path, *questions: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    boxes = [f'??? question "{q}"\n    The answer to {q}.\n' for q in questions]
    path.write_text("# Title\n\n## Section\n\n" + "\n".join(boxes))


def _build(folder: Path, *sources: str, day: int = 0) -> tuple[Lock, list[str]]:
    chosen = {"sources": tuple(Path(source) for source in sources)}
    config, problems = load(chosen, cwd=folder, environ={})
    assert not problems
    built = build(config, cwd=folder, now_s=NOW_S + 86_400 * day)
    assert not built.has_errors, built.diagnostics
    return read_lock(find_lock(config))[0], [d.code for d in built.diagnostics]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two pages in docs/, a README beside it, and a configuration."""
    (tmp_path / "admonki.toml").write_text('sources = ["docs"]\n')
    _page(tmp_path / "docs/a.md", "What is one?", "What is two?")
    _page(tmp_path / "docs/sub/b.md", "What is three?")
    _page(tmp_path / "README.md", "How is it installed?")
    return tmp_path


def _gone(built: tuple[Lock, list[str]]) -> list[str]:
    return [entry.question for entry in built[0].entries if entry.is_gone]


@pytest.mark.parametrize("source", ["README.md", "docs/a.md", "docs/sub"])
def test_a_build_of_other_pages_retires_nothing(project: Path, source: str) -> None:
    _build(project)
    assert _gone(_build(project, source, day=1)) == []


def test_a_page_outside_with_the_name_of_one_inside_retires_nothing(project: Path) -> None:
    _page(project / "docs/README.md", "What is four?")
    _build(project)
    assert _gone(_build(project, "README.md", day=1)) == []


def test_a_card_that_left_a_page_built_alone_is_gone(project: Path) -> None:
    _build(project)
    _page(project / "docs/a.md", "What is one?")
    assert _gone(_build(project, "docs/a.md", day=1)) == ["What is two?"]


def test_a_page_that_left_a_folder_is_gone_with_the_folder_only(project: Path) -> None:
    _build(project)
    (project / "docs/a.md").unlink()
    assert _gone(_build(project, "docs/sub", day=1)) == []
    assert _gone(_build(project, "docs", day=2)) == ["What is one?", "What is two?"]


def test_a_page_that_the_site_excludes_is_gone_until_it_returns(project: Path) -> None:
    """Else each later build would count as one of some pages, and never write `all.apkg`."""
    (project / "admonki.toml").unlink()
    site = project / "mkdocs.yml"
    site.write_text("site_name: N\nmarkdown_extensions: [pymdownx.details]\n")
    _build(project)
    settings = site.read_text()
    site.write_text(f"{settings}exclude_docs: a.md\n")
    _page(project / "docs/sub/b.md", "What is three?", "What is four?")
    assert _gone(_build(project, day=1)) == ["What is one?", "What is two?"]
    asked = {note.fields[0] for note in read_package(project / "build/all.apkg").notes}
    assert asked == {"What is three?", "What is four?"}
    site.write_text(settings)
    assert _gone(_build(project, day=2)) == []


def test_a_page_that_leaves_the_configured_sources_is_gone(project: Path) -> None:
    settings = project / "admonki.toml"
    settings.write_text('sources = ["docs/a.md", "docs/sub/b.md"]\n')
    _build(project)
    settings.write_text('sources = ["docs/sub/b.md"]\n')
    _page(project / "docs/sub/b.md", "What is three?", "What is four?")
    config, _ = load({}, cwd=project, environ={})
    report = build(config, cwd=project, now_s=NOW_S + 86_400)
    assert not report.is_partial
    asked = {note.fields[0] for note in read_package(project / "build/all.apkg").notes}
    assert asked == {"What is three?", "What is four?"}


def test_a_build_of_some_pages_says_that_all_cards_are_as_before(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW_S))
    said = "all.apkg is unchanged, as not all pages were read"
    assert said not in CliRunner().invoke(main, ["build"]).output
    assert said in CliRunner().invoke(main, ["build", "docs/a.md"]).output
    assert said not in CliRunner().invoke(main, ["build", "docs"]).output


def test_a_configuration_that_appears_takes_the_lock_along(project: Path) -> None:
    """Built without one the lock is in docs/, with one it belongs beside it."""
    settings = (project / "admonki.toml").read_text()
    (project / "admonki.toml").unlink()
    before, _ = _build(project, "docs")
    assert (project / "docs/admonki.lock").is_file()
    (project / "admonki.toml").write_text(settings)
    lock, codes = _build(project, day=1)
    assert codes == ["W634"]
    assert lock.entries == before.entries
    assert not (project / "docs/admonki.lock").exists()
    assert read_lock(project / "admonki.lock")[0] == lock
    assert _build(project, day=2) == (lock, [])


def test_the_lock_of_a_project_inside_is_left_alone(project: Path) -> None:
    inside = project / "docs/sub"
    (inside / "admonki.toml").write_text('sources = ["."]\n')
    _build(inside)
    before = (inside / "admonki.lock").read_bytes()
    _build(project, "docs/sub")
    assert (inside / "admonki.lock").read_bytes() == before


def test_the_lock_of_other_pages_is_left_alone(project: Path) -> None:
    """A documentation with decks of its own beside the project's."""
    (project / "admonki.toml").unlink()
    _page(project / "source/c.md", "What is four?")
    _build(project, "source")
    before = (project / "source/admonki.lock").read_bytes()
    chosen = {"sources": (project / "docs",), "lock": project / "docs.lock"}
    config, _ = load(chosen, cwd=project, environ={})
    assert find_lock(replace(config, home=project / "source")) == project / "docs.lock"
    assert not build(config, cwd=project, now_s=NOW_S).has_errors
    assert (project / "source/admonki.lock").read_bytes() == before
