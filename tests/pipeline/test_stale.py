"""Packages of what is gone go; packages of the others stay, whatever is built."""

import shutil
import unicodedata
from pathlib import Path

import pytest

from generator.config import Config
from generator.pipeline.build import build
from generator.pipeline.memory import Report

NOW_S = 1_790_000_000


def config_for(folder: Path, *sources: str) -> Config:
    return Config(
        root=folder,
        home=folder / "docs",
        sources=tuple(folder / "docs" / name for name in sources) or (folder / "docs",),
        output=folder / "build",
        cache_dir=folder / "cache",
        jobs=1,
    )


def run(folder: Path, *sources: str) -> Report:
    report = build(config_for(folder, *sources), cwd=folder, now_s=NOW_S)
    assert not report.has_errors, report.diagnostics
    return report


def write(folder: Path, name: str, *sections: str) -> None:
    page = folder / "docs" / name
    page.parent.mkdir(parents=True, exist_ok=True)
    cards = (f'## {s}\n\n??? question "{name} {s}?"\n    A.\n' for s in sections)
    page.write_text(f"# {name}\n\n" + "\n".join(cards), encoding="utf-8")


def packages(folder: Path) -> dict[str, bytes]:
    found = (folder / "build").rglob("*.apkg")
    return {path.relative_to(folder / "build").as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, "a.md", "One", "Two")
    write(tmp_path, "deep/b.md", "Three")
    run(tmp_path)
    return tmp_path


def test_packages_of_vanished_pages_and_sections_go_with_their_folders(project: Path) -> None:
    (project / "docs/deep/b.md").unlink()
    write(project, "a.md", "One", "Renamed")
    report = run(project)
    assert sorted(packages(project)) == ["a/one.apkg", "a/renamed.apkg", "all.apkg"]
    assert [path.name for path in report.removed] == ["two.apkg", "three.apkg"]
    assert not (project / "build/deep").exists()
    assert run(project).removed == ()


def test_without_the_cache_they_go_too(project: Path) -> None:
    (project / "docs/deep/b.md").unlink()
    shutil.rmtree(project / "cache")
    run(project)
    assert "deep/b/three.apkg" not in packages(project)


def test_a_section_that_is_answered_loses_its_question_bank(project: Path) -> None:
    page = project / "docs/a.md"
    page.write_text('# A\n\n## One\n\n??? question "Open?"\n', encoding="utf-8")
    run(project)
    assert "a/one-question-bank.apkg" in packages(project)
    page.write_text('# A\n\n## One\n\n??? question "Open?"\n    No.\n', encoding="utf-8")
    run(project)
    assert "a/one-question-bank.apkg" not in packages(project)


def test_files_of_others_stay(project: Path) -> None:
    """A copy of a package, a stranger's package in a place of ours, and other files."""
    build_folder = project / "build"
    shutil.copy(build_folder / "all.apkg", build_folder / "release-1.apkg")
    (build_folder / "deep/b/notes.txt").write_text("mine")
    (build_folder / "deep/b/three.apkg").write_bytes(b"a stranger's")
    (project / "docs/deep/b.md").unlink()
    assert run(project).removed == ()
    assert {"release-1.apkg", "deep/b/three.apkg"} <= packages(project).keys()
    assert (build_folder / "deep/b/notes.txt").exists()


def test_a_build_of_one_page_touches_no_package_of_the_others(project: Path) -> None:
    before = packages(project)
    write(project, "a.md", "One", "Two", "New")
    report = run(project, "a.md")
    after = packages(project)
    assert (report.removed, after.keys() - before.keys()) == ((), {"a/new.apkg"})
    assert {name: after[name] for name in ("all.apkg", "deep/b/three.apkg")} == {
        name: before[name] for name in ("all.apkg", "deep/b/three.apkg")
    }
    run(project)
    assert packages(project)["all.apkg"] != before["all.apkg"]


def test_a_page_outside_the_sources_retires_nothing(project: Path) -> None:
    before = packages(project)
    lock = (project / "admonki.lock").read_text("utf-8")
    (project / "README.md").write_text('# R\n\n??? question "R?"\n    A.\n', encoding="utf-8")
    run(project, "../README.md")
    assert before.items() <= packages(project).items()
    run(project)
    assert packages(project)["all.apkg"] == before["all.apkg"]
    assert lock.count("gone") == (project / "admonki.lock").read_text("utf-8").count("gone") - 1


def test_two_spellings_of_one_name_are_an_error(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        write(tmp_path, unicodedata.normalize(form, "é.md"), form)
    if len(list((tmp_path / "docs").iterdir())) == 1:
        pytest.skip("this file system takes both names for one")
    report = build(config_for(tmp_path), cwd=tmp_path, now_s=NOW_S)
    assert "E721" in [item.code for item in report.diagnostics]
    assert not (tmp_path / "build").exists()


def test_a_link_to_a_page_is_that_page(project: Path) -> None:
    before = packages(project)
    (project / "docs/link.md").symlink_to("a.md")
    report = run(project)
    assert report.diagnostics == ()
    assert packages(project) == before


def test_a_loop_of_links_is_an_error_at_the_page(project: Path) -> None:
    (project / "docs/x.md").symlink_to("y.md")
    (project / "docs/y.md").symlink_to("x.md")
    report = build(config_for(project), cwd=project, now_s=NOW_S)
    codes = [(item.location.path, item.code) for item in report.diagnostics]
    assert codes == [("docs/x.md", "E101"), ("docs/y.md", "E101")]
