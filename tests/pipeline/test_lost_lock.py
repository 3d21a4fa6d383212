"""A lost lock, and a build of some pages only: nothing is forgotten."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import Config, load
from generator.identity.lock_file import read_lock
from generator.pipeline.build import build
from generator.pipeline.memory import Report
from generator.pipeline.recover import locks_of

NOW_S = 1_764_000_000


def _page(folder: Path, name: str, *questions: str) -> Path:
    page = folder / name
    page.parent.mkdir(parents=True, exist_ok=True)
    boxes = [f'??? question "{q}"\n    The answer to {q} is $x^2$.\n' for q in questions]
    page.write_text("# Title\n\n## Section\n\n" + "\n".join(boxes), encoding="utf-8")
    return page


def _config(folder: Path, *sources: Path) -> Config:
    config, problems = load(
        {"sources": sources, "output": folder / "build", "lock": folder / "source/admonki.lock"},
        cwd=folder,
        environ={},
    )
    assert problems == ()
    return config


def _build(folder: Path, *sources: Path, now_s: int = NOW_S) -> Report:
    return build(_config(folder, *sources), cwd=folder, now_s=now_s)


def test_a_lost_lock_is_recovered_from_the_packages(tmp_path: Path) -> None:
    source = tmp_path / "source"
    _page(source, "a.md", "What is one?", "What is two?")
    first = _build(tmp_path, source)
    packages = {path: path.read_bytes() for path in first.packages}
    lock = source / "admonki.lock"
    before, _ = read_lock(lock)
    lock.unlink()
    second = _build(tmp_path, source, now_s=NOW_S + 5000)
    assert [d.code for d in second.diagnostics] == ["W622"]
    assert "2 cards were taken from the packages" in second.diagnostics[0].message
    after, _ = read_lock(lock)
    assert [(e.key, e.guid, e.mod_s) for e in after.entries] == [
        (e.key, e.guid, e.mod_s) for e in before.entries
    ]
    assert set(packages) == set(second.packages)
    third = _build(tmp_path, source, now_s=NOW_S + 9000)
    assert third.diagnostics == ()
    assert read_lock(lock)[0] == after


def test_packages_know_where_their_cards_are(tmp_path: Path) -> None:
    source = tmp_path / "source"
    _page(source, "a.md", "What is one?", "What is two?")
    _build(tmp_path, source)
    written, _ = read_lock(source / "admonki.lock")
    (found,) = locks_of(tmp_path / "build" / "all.apkg")
    assert [(e.question, e.section, e.deck, e.kind) for e in found.entries] == [
        (e.question, e.section, e.deck, e.kind) for e in written.entries
    ]


def test_a_lock_that_is_lost_with_its_packages_is_named(tmp_path: Path) -> None:
    source = tmp_path / "source"
    _page(source, "a.md", "What is one?", "What is two?")
    cached = replace(_config(tmp_path, source), cache_dir=tmp_path / "cache")
    assert not build(cached, cwd=tmp_path, now_s=NOW_S).diagnostics
    (source / "admonki.lock").unlink()
    shutil.rmtree(tmp_path / "build")
    (found,) = build(cached, cwd=tmp_path, now_s=NOW_S + 5000).diagnostics
    assert found.code == "W622"
    assert "every card counts as new" in found.message
    assert not build(cached, cwd=tmp_path, now_s=NOW_S + 9000).diagnostics


@pytest.mark.parametrize("kind", ["question", "question reversed", "question cloze"])
def test_a_card_that_was_reworded_while_the_lock_was_lost_is_kept(
    tmp_path: Path, kind: str
) -> None:
    page = tmp_path / "source/a.md"
    page.parent.mkdir()
    text = f'# T\n\n??? {kind} "What is a loss?"\n    The ==mean== of $x^2$ over `all` data.\n'
    text += '\n??? question "What stays?"\n    This.\n'
    page.write_text(text)
    _build(tmp_path, page.parent)
    lock = page.parent / "admonki.lock"
    before = {(entry.guid, entry.key) for entry in read_lock(lock)[0].entries}
    lock.unlink()
    page.write_text(text.replace("What is a loss?", "How is a loss defined?"))
    found = _build(tmp_path, page.parent, now_s=NOW_S + 5000).diagnostics
    assert {d.code for d in found} == {"W622", "L630"}
    assert {(entry.guid, entry.key) for entry in read_lock(lock)[0].entries} == before


def test_packages_of_another_project_are_no_memory(tmp_path: Path) -> None:
    _page(tmp_path / "source", "a.md", "What is one?")
    _build(tmp_path, tmp_path / "source")
    (tmp_path / "source/admonki.lock").unlink()
    _page(tmp_path / "source", "a.md", "Where is Rome?")
    built = _build(tmp_path, tmp_path / "source")
    assert built.diagnostics == ()
    assert len(read_lock(tmp_path / "source/admonki.lock")[0].entries) == 1


def test_a_folder_without_packages_gives_no_lock(tmp_path: Path) -> None:
    (tmp_path / "x.apkg").write_bytes(b"PK")
    assert locks_of(tmp_path) == ()


def test_a_build_of_one_page_forgets_no_other(tmp_path: Path) -> None:
    source = tmp_path / "source"
    one = _page(source, "a.md", "What is one?")
    _page(source, "b.md", "What is two?")
    _build(tmp_path, source)
    before = (source / "admonki.lock").read_bytes()
    _build(tmp_path, one)
    assert (source / "admonki.lock").read_bytes() == before


@pytest.mark.parametrize("settings", ['sources = ["source"]\n', "", None])
def test_a_page_is_the_same_page_when_it_is_built_alone(
    tmp_path: Path, settings: str | None
) -> None:
    """With a configuration, with an empty one, and without any."""
    _page(tmp_path / "source", "ml/deep/a.md", "What is one?")
    _page(tmp_path / "source", "b.md", "What is two?")
    if settings is not None:
        (tmp_path / "admonki.toml").write_text(settings)
    locks = []
    for sources in ((), (Path("source/ml/deep/a.md"),), (Path("source/ml"),), (Path("source"),)):
        config, problems = load({"sources": sources}, cwd=tmp_path, environ={})
        assert problems == ()
        built = build(config, cwd=tmp_path, now_s=NOW_S)
        assert not built.has_errors
        (place,) = tmp_path.rglob("admonki.lock")
        locks.append(read_lock(place)[0])
    assert {entry.page for entry in locks[0].entries} == {"ml/deep/a.md", "b.md"}
    assert locks[1:] == [locks[0]] * 3
