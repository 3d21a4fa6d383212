"""Ctrl-C anywhere, a crash between lock and packages, and the same bytes anywhere."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from generator.config import load
from generator.identity.lock_file import read_lock
from generator.pipeline.build import build

if TYPE_CHECKING:
    from _typeshed import TraceFunction

NOW_S = 1_764_000_000
_STAGE = import_module("generator.pipeline.packages")
_ROOT = Path(__file__).resolve().parent.parent.parent
_PAGES = {
    "a.md": '# A\n\n## One\n\n??? question "What is one?"\n    The first, $1$.\n',
    "deep/b.md": '# B\n\n??? question "What is two?"\n    The second.\n\n??? "Empty?"\n',
    "c.md": '# C\n\n## Three\n\n??? question "What is three?"\n    ![](dot.svg)\n',
}
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def _project(folder: Path, *, names: list[str]) -> Path:
    """Write the pages in the given order: folders list their files as they like."""
    for name in names:
        page = folder / "source" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_PAGES[name])
    (folder / "source/dot.svg").write_text(_SVG)
    (folder / "admonki.toml").write_text('sources = ["source"]\n')
    return folder


def _build(folder: Path, now_s: int = NOW_S) -> None:
    config, problems = load({}, cwd=folder, environ={})
    assert problems == ()
    assert not build(config, cwd=folder, now_s=now_s).has_errors


def _bytes(folder: Path) -> dict[str, bytes]:
    files = [*folder.glob("build/**/*.apkg"), folder / "admonki.lock"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _edit(folder: Path) -> None:
    page = folder / "source/a.md"
    page.write_text(page.read_text().replace("The first", "The very first"))


def test_a_crash_after_the_lock_is_healed_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight = _project(tmp_path / "straight", names=list(_PAGES))
    crashed = _project(tmp_path / "crashed", names=list(_PAGES))
    for folder in (straight, crashed):
        _build(folder)
        _edit(folder)
    _build(straight, NOW_S + 100)

    def crash(_staged: object) -> None:
        raise KeyboardInterrupt

    old = _bytes(crashed)
    with monkeypatch.context() as patch:
        patch.setattr("generator.apkg.commit.commit", crash)
        with pytest.raises(KeyboardInterrupt):
            _build(crashed, NOW_S + 100)
    halfway = _bytes(crashed)
    assert halfway["admonki.lock"] == _bytes(straight)["admonki.lock"]
    assert halfway["build/all.apkg"] == old["build/all.apkg"]
    _build(crashed, NOW_S + 9999)
    assert _bytes(crashed) == _bytes(straight)


_WRITES = ("/generator/apkg/", "/generator/pipeline/", "/generator/identity/", "/contextlib.py")
_CLEANS_UP = ("none_left", "_withdraw", "_sweep", "_undo", "remove")


@pytest.fixture
def _no_other_tracer() -> Iterator[None]:
    """Coverage's may be there."""
    before = sys.gettrace()
    yield
    sys.settrace(before)


def _build_until(line: int, folder: Path) -> int:
    """Build, with Ctrl-C before the given line of those that run; return how many there were."""
    count = itertools.count()

    def trace(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        if not any(part in frame.f_code.co_filename for part in _WRITES):
            return None
        if frame.f_code.co_name in _CLEANS_UP:
            return None
        if event == "line" and next(count) == line:
            sys.settrace(None)  # as a terminal sends it: once
            raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        _build(folder, NOW_S + 100)
    finally:
        sys.settrace(None)
    return next(count)


@pytest.mark.slow
@pytest.mark.usefixtures("_no_other_tracer")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # files left open
def test_ctrl_c_at_any_line_leaves_whole_files_and_no_others(tmp_path: Path) -> None:
    folder = _project(tmp_path / "first", names=list(_PAGES))
    _build(folder)
    _edit(folder)
    old, names = _bytes(folder), _names(folder)
    shutil.copytree(folder, copy := tmp_path / "copy")
    lines = _build_until(-1, copy)
    new = _bytes(copy)
    for line in range(0, lines, 1 + lines // 150):
        shutil.copytree(folder, copy := tmp_path / str(line))
        with suppress(KeyboardInterrupt):
            _build_until(line, copy)
        assert _names(copy) == names, line
        assert all(content in (old[name], new[name]) for name, content in _bytes(copy).items())


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_failure_before_the_lock_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _project(tmp_path, names=list(_PAGES))
    _build(folder)
    before = _bytes(folder)
    _edit(folder)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_STAGE, "write_lock", full)
    config, _ = load({}, cwd=folder, environ={})
    built = build(config, cwd=folder, now_s=NOW_S + 100)
    assert [d.code for d in built.diagnostics if d.code[0] == "E"] == ["E613"]
    assert built.packages == ()
    assert _bytes(folder) == before
    assert not list(folder.rglob("*.new"))


@pytest.mark.slow
def test_a_build_is_the_same_in_any_folder_order_timezone_and_language(tmp_path: Path) -> None:
    one = _project(tmp_path / "one", names=list(_PAGES))
    two = _project(tmp_path / "two" / "way down", names=list(_PAGES)[::-1])
    places = {one: ("UTC", "C.UTF-8", "1"), two: ("Asia/Kathmandu", "tr_TR.UTF-8", "2")}
    for folder, (zone, language, seed) in places.items():
        environ = {
            **os.environ,
            "TZ": zone,
            "LANG": language,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": str(NOW_S),
            "ADMONKI_CACHE_DIR": str(folder / "cache"),
            "PYTHONPATH": str(_ROOT),
        }
        command = [sys.executable, "-m", "generator", "build"]
        ran = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr.decode()
    assert _bytes(one) == _bytes(two)
    assert len(_bytes(one)) > 4


def test_a_clone_with_the_lock_gives_the_same_packages(tmp_path: Path) -> None:
    folder = _project(tmp_path / "here", names=list(_PAGES))
    _build(folder)
    clone = tmp_path / "clone"
    shutil.copytree(folder, clone, ignore=shutil.ignore_patterns("build"))
    _build(clone, NOW_S + 5_000_000)
    assert _bytes(clone) == _bytes(folder)
    rows = {entry.row_id // 1000 for entry in read_lock(clone / "admonki.lock")[0].entries}
    assert rows == {NOW_S}
