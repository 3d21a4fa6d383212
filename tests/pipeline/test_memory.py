"""Building again: the same bytes and words, with as little work as possible."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.config import Config
from generator.pipeline import packages as packing
from generator.pipeline.build import build
from generator.pipeline.memory import Report

NOW_S = 1_790_000_000


def config_for(folder: Path, *, cache: str = "cache") -> Config:
    return Config(
        root=folder,
        sources=(folder / "source",),
        output=folder / "build",
        cache_dir=folder / cache if cache else None,
    )


def run(folder: Path, now_s: int = NOW_S) -> Report:
    return build(config_for(folder), cwd=folder, now_s=now_s)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "source" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def packages(folder: Path) -> dict[str, bytes]:
    found = (folder / "build").rglob("*.apkg")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_where_nothing_changed_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.md", '??? question "Q?"\n    A.\n\n??? question "Open?"\n')
    first = run(tmp_path)
    monkeypatch.delattr("generator.pipeline.rendering.Rendering.pages")
    second = run(tmp_path, NOW_S + 1)
    assert (first.written, second.written) == (3, 0)
    assert second.diagnostics == first.diagnostics
    assert second.packages == first.packages


@pytest.mark.parametrize("lost", ["build/all.apkg", "admonki.lock", "source/p.png"])
def test_whatever_changed_is_noticed(tmp_path: Path, lost: str) -> None:
    write(tmp_path, "p.png", "picture")
    write(tmp_path, "a.md", '??? question "Q?"\n    ![p](p.png)\n')
    run(tmp_path)
    before = packages(tmp_path)
    (tmp_path / lost).unlink()
    assert run(tmp_path).written
    assert packages(tmp_path).keys() == before.keys()
    assert (tmp_path / "admonki.lock").exists()


@pytest.mark.parametrize("name", ["a.md", "x.css"])
def test_what_is_edited_during_a_build_is_built_by_the_next(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "x.css", ".x {}")
    write(tmp_path, "a.md", '??? question "Q?"\n    A.\n')
    config = replace(config_for(tmp_path), css=(tmp_path / "source" / "x.css",))
    write_packages = packing.package

    def edit_first(*arguments: Any, **named: Any) -> Any:
        edited = tmp_path / "source" / name
        edited.write_text(edited.read_text().replace("A.", "B.").replace("{}", "{ top: 0 }"))
        return write_packages(*arguments, **named)

    with monkeypatch.context() as during:
        during.setattr(packing, "package", edit_first)
        build(config, cwd=tmp_path, now_s=NOW_S)
    assert build(config, cwd=tmp_path, now_s=NOW_S + 1).written
    assert not build(config, cwd=tmp_path, now_s=NOW_S + 2).written


@pytest.mark.parametrize("edit", ["", "B, edited."])
def test_a_package_that_somebody_damaged_is_written_again(tmp_path: Path, edit: str) -> None:
    write(tmp_path, "a.md", '## One\n\n??? question "Q?"\n    A.\n')
    write(tmp_path, "b.md", '## Two\n\n??? question "P?"\n    B.\n')
    run(tmp_path)
    package = tmp_path / "build" / "a" / "one.apkg"
    good = package.read_bytes()
    package.write_bytes(good[:99] + b"!" + good[100:])
    if edit:
        write(tmp_path, "b.md", f'## Two\n\n??? question "P?"\n    {edit}\n')
    run(tmp_path, NOW_S + 1)
    assert package.read_bytes() == good


@settings(max_examples=15, deadline=None)
@given(junk=st.lists(st.binary(max_size=40), min_size=1), cut=st.integers(0, 60))
def test_whatever_stands_in_the_cache_the_packages_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, junk: list[bytes], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("junk")
    for name in "ab":
        write(folder, f"{name}.md", f'??? question "Q{name}?"\n    $x$\n')
    run(folder)
    before = packages(folder)
    for number, path in enumerate(sorted((folder / "cache").glob("??/*.bin"))):
        path.write_bytes(path.read_bytes()[:cut] + junk[number % len(junk)])
    (folder / "build" / "all.apkg").unlink()
    damaged = run(folder)
    assert packages(folder) == before
    assert [item.code for item in damaged.diagnostics] in (["W725"], [])
    assert run(folder).diagnostics == ()


_EDITS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.sampled_from(["x", "y", "$z$"])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(edits=_EDITS)
def test_with_a_cache_or_without_the_packages_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str]]
) -> None:
    folders = [tmp_path_factory.mktemp("warm"), tmp_path_factory.mktemp("cold")]
    for step, (page, cards, answer) in enumerate(edits):
        text = "".join(f'??? question "Q{page}{n}?"\n    {answer}\n\n' for n in range(cards + 1))
        for folder, cache in zip(folders, ("cache", ""), strict=True):
            write(folder, f"{page}.md", text)
            build(config_for(folder, cache=cache), cwd=folder, now_s=NOW_S + step)
        assert packages(folders[0]) == packages(folders[1])
