"""Whole builds that are killed, starved or locked out: afterwards nothing is half."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from generator.apkg.reader import read_package
from generator.config.folders import lock_path
from generator.identity.lock_file import read_lock
from tests.conftest import ROOT

_QUESTIONS = 40
_VERSION = re.compile(r"as version (\d+) says")
posix = pytest.mark.skipif(os.name != "posix", reason="kill -9 and mount are POSIX")


def _write_pages(folder: Path, version: int) -> None:
    (folder / "source").mkdir(exist_ok=True)
    for page in ("one", "two"):
        boxes = "".join(
            f'??? question "What is number {number} of {page}?"\n\n    It is ${number}^2$, '
            f"as version {version} says.\n\n"
            for number in range(_QUESTIONS)
        )
        (folder / "source" / f"{page}.md").write_text(f"# {page}\n\n## Part\n\n{boxes}")


def _build(folder: Path, **environ: str) -> subprocess.Popen[bytes]:
    places = (str(folder / "source"), "-o", str(folder / "build"))
    return _run(folder, "build", *places, **environ)


def _run(folder: Path, *arguments: str, **environ: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "ADMONKI_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env=env | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _finish(run: subprocess.Popen[bytes]) -> tuple[int, str]:
    out, err = run.communicate(timeout=120)
    return run.returncode, (out + err).decode()


def _packages(folder: Path) -> dict[str, bytes]:
    found = (folder / "build").rglob("*.apkg")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _litter(folder: Path) -> list[Path]:
    known = (".apkg", ".lock", ".md")
    files = (path for part in ("build", "source") for path in (folder / part).rglob("*"))
    files = (path for path in files if path.is_file() and path.name != ".gitignore")
    return [path for path in files if path.suffix not in known]


def _check_whole(folder: Path) -> None:
    """Every package whole and of one build, and nothing in it that the lock does not know."""
    place = lock_path(folder / "source")
    lock, problems = read_lock(place)
    assert problems == ()
    known = {entry.guid: entry.mod_s for entry in lock.entries}
    for path in (folder / "build").rglob("*.apkg"):
        notes = read_package(path).notes
        assert len(notes) in (_QUESTIONS, 2 * _QUESTIONS)
        assert len({_VERSION.findall("".join(note.fields))[0] for note in notes}) == 1
        assert all(note.mod_s <= known[note.guid] for note in notes)


def _kill_builds(folder: Path, *, times: int, seed: int, usual_s: float) -> Counter[str]:
    """Kill builds, half of them at any moment, half while they write; count what became of them."""
    moment = random.Random(seed)
    ends: Counter[str] = Counter()
    for version in range(times):
        _write_pages(folder, version)
        run = _build(folder)
        if moment.random() < 0.5:
            _wait(run, moment.uniform(0, 1.1 * usual_s))
        else:
            while run.poll() is None and not _litter(folder):
                time.sleep(0.001)
            _wait(run, moment.uniform(0, 0.2 * usual_s))
        is_writing = bool(_litter(folder))
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=60)
        ends["finished" if run.returncode == 0 else "writing" if is_writing else "before"] += 1
        _check_whole(folder)
    return ends


def _wait(run: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        run.wait(timeout=seconds)


@posix
@pytest.mark.slow
def test_builds_killed_at_any_moment_leave_packages_and_lock_whole(tmp_path: Path) -> None:
    _write_pages(tmp_path, 0)
    began = time.monotonic()
    assert _finish(_build(tmp_path))[0] == 0
    usual_s = time.monotonic() - began
    times = int(os.environ.get("ADMONKI_KILLS", "12"))
    ends = _kill_builds(tmp_path, times=times, seed=11, usual_s=usual_s)
    print(f"killed: {dict(ends)}")
    assert ends["writing"]
    code, said = _finish(_build(tmp_path))
    assert code == 0, said
    assert _litter(tmp_path) == []
    healed = _packages(tmp_path)
    shutil.rmtree(tmp_path / "build")
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    assert _finish(_build(tmp_path))[0] == 0
    assert _packages(tmp_path) == healed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs root, to mount a small tmpfs")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _snapshot(folder: Path) -> Mapping[str, bytes]:
    lock = lock_path(folder / "source")
    return _packages(folder) | ({"lock": lock.read_bytes()} if lock.exists() else {})


@pytest.mark.slow
def test_a_full_disk_changes_neither_packages_nor_lock(small_disk: Path) -> None:
    _write_pages(small_disk, 0)
    cache = {"ADMONKI_CACHE_DIR": str(small_disk.parent / "cache")}
    assert _finish(_build(small_disk, **cache))[0] == 0
    before = _snapshot(small_disk)
    _write_pages(small_disk, 1)
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filler").write_bytes(bytes(max(0, free - 4096)))
    code, said = _finish(_build(small_disk, **cache))
    assert (code, "Traceback" in said) == (1, False), said
    assert "E705" in said or "E613" in said
    assert _snapshot(small_disk) == before
    assert _litter(small_disk) == []


@pytest.mark.slow
def test_a_read_only_disk_changes_nothing_and_says_so(small_disk: Path) -> None:
    _write_pages(small_disk, 0)
    cache = {"ADMONKI_CACHE_DIR": str(small_disk.parent / "cache")}
    assert _finish(_build(small_disk, **cache))[0] == 0
    before = _snapshot(small_disk)
    _write_pages(small_disk, 1)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, said = _finish(_build(small_disk, **cache))
    assert (code, "Traceback" in said) == (1, False), said
    assert _snapshot(small_disk) == before


@pytest.mark.slow
def test_where_only_the_lock_or_only_the_packages_can_be_written_neither_is(
    small_disk: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    _write_pages(project, 0)
    places = {
        "lock": ("--lock", str(small_disk / "own.lock"), "-o", str(project / "out")),
        "packages": ("--lock", str(project / "own.lock"), "-o", str(small_disk / "out")),
    }
    for options in places.values():
        assert _finish(_run(project, "build", "source", *options))[0] == 0
    before = _files(project) | _files(small_disk)
    _write_pages(project, 1)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for name, options in places.items():
        code, said = _finish(_run(project, "build", "source", *options))
        assert (code, "Traceback" in said) == (1, False), said
        assert ("E613" if name == "lock" else "E705") in said
    assert _files(project) | _files(small_disk) == before


def _files(folder: Path) -> dict[str, bytes]:
    found = (
        path for path in folder.rglob("*") if path.suffix in (".apkg", ".lock", ".new", ".tmp")
    )
    return {str(path): path.read_bytes() for path in found}


@pytest.mark.slow
def test_a_full_cache_disk_costs_time_and_nothing_else(small_disk: Path, tmp_path: Path) -> None:
    made = []
    for name, cache in (("usual", tmp_path / "cache"), ("full", small_disk)):
        folder = tmp_path / name
        folder.mkdir()
        _write_pages(folder, 0)
        if name == "full":
            (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 4096))
        env = {"ADMONKI_CACHE_DIR": str(cache), "SOURCE_DATE_EPOCH": "1700000000"}
        code, said = _finish(_build(folder, **env))
        assert code == 0, said
        assert said.count("W725") == (name == "full"), said
        made.append(_packages(folder))
    assert made[0] == made[1]
    assert list(small_disk.rglob("*.tmp")) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": "", "ADMONKI_CACHE_DIR": ""},
        {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "3"},
    ],
    ids=["C", "Turkish", "no home", "elsewhere"],
)
def test_odd_surroundings_change_no_byte(environ: dict[str, str], tmp_path: Path) -> None:
    made = []
    for name, surroundings in (("usual", {}), ("odd", environ)):
        folder = tmp_path / name
        folder.mkdir()
        _write_pages(folder, 0)
        page = folder / "source" / "İstanbul.md"
        page.write_text('# Iığ\n\n??? question "Why “ñ”?"\n    日本\n', encoding="utf-8")
        env = {"SOURCE_DATE_EPOCH": "1700000000", **surroundings}
        code, said = _finish(_build(folder, **env))
        assert code == 0, said
        made.append(_packages(folder))
    assert made[0] == made[1]


@posix
@pytest.mark.slow
def test_a_file_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    _write_pages(tmp_path, 0)
    name = os.fsencode(tmp_path / "source") + b"/caf\xe9.md"
    with open(name, "w") as page:  # noqa: PTH123 - a name in bytes
        page.write('??? question "Q?"\n    A.\n')
    code, said = _finish(_build(tmp_path))
    assert code == 0, said
    assert len(read_package(tmp_path / "build" / "all.apkg").notes) == 2 * _QUESTIONS + 1


@posix
@pytest.mark.slow
def test_a_clock_gone_back_loses_no_update(tmp_path: Path) -> None:
    mods = []
    for version, now in enumerate(("1700000000", "1600000000", "1700000001")):
        _write_pages(tmp_path, version)
        code, said = _finish(_build(tmp_path, SOURCE_DATE_EPOCH=now))
        assert "Traceback" not in said
        if code == 0:
            package = read_package(tmp_path / "build" / "all.apkg")
            mods.append(min(note.mod_s for note in package.notes))
    assert mods == sorted(set(mods))
    assert len(mods) >= 2


_LARGE = 30  # pages, enough for several processes


def _write_large(folder: Path) -> None:
    (folder / "source").mkdir()
    for number in range(_LARGE):
        boxes = "".join(
            f'??? question "{number}.{n}?"\n    $x_{n}$ {"word " * 50}\n\n' for n in range(20)
        )
        (folder / "source" / f"{number}.md").write_text(f"# {number}\n\n{boxes}")


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in text.split() if not _is_tracker(child)]
    return []


def _is_tracker(pid: str) -> bool:
    """Whether a process is the one that Python itself starts beside those that it spawns."""
    return b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _wait_for_children(run: subprocess.Popen[bytes]) -> list[int]:
    while run.poll() is None:
        if children := _children(run.pid):
            return children
        time.sleep(0.001)
    pytest.fail(f"no process was started: {_finish(run)}")


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_process_that_is_killed_while_it_renders_is_named_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    _write_large(tmp_path)
    run = _run(tmp_path, "build", "source", "-o", "build", "--jobs", "2")
    os.kill(_wait_for_children(run)[0], signal.SIGKILL)
    code, words = _finish(run)
    assert code == 1
    assert "E726" in words
    assert "Traceback" not in words
    assert not (tmp_path / "build").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_a_killed_build_leaves_no_process_and_no_guard(tmp_path: Path, name: str) -> None:
    _write_large(tmp_path)
    run = _run(tmp_path, "build", "source", "-o", "build", "--jobs", "2")
    children = _wait_for_children(run)
    run.send_signal(signal.Signals[name])
    _finish(run)
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "a process outlives its parent"
        time.sleep(0.01)
    assert _finish(_build(tmp_path))[0] == 0  # a guard that is left would be E609
