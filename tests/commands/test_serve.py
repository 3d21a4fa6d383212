"""Long-running commands: the served preview, the watching build, and how they end."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from generator.identity.lock import lock_path
from generator.identity.lock_file import hold_project
from tests.e2e.driver import Browser, browser

pytestmark = pytest.mark.slow
__all__ = ["browser"]  # the fixture

ROOT = Path(__file__).resolve().parents[2]
PAGE = '# P\n\n??? question "First?"\n\n    Yes.\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "p.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


@contextmanager
def running(*arguments: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a group of its own, as below a terminal
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def line_with(process: subprocess.Popen[str], pattern: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if re.search(pattern, line):
            return line
    raise AssertionError(f"{pattern} was never said")


def wait_until(claim: object, seconds: float = 20) -> None:
    assert callable(claim)
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.mark.e2e
def test_a_saved_page_shows_at_once_and_a_broken_one_does_no_harm(
    browser: Browser, project: Path
) -> None:
    with running("preview", "--serve", cwd=project) as process:
        url = line_with(process, "http://").split()[0]
        browser.open(url)
        browser.wait("document.body.dataset.ready")
        time.sleep(0.5)  # the watcher is up once the first page is out
        page = project / "docs" / "p.md"
        page.write_text(PAGE + '\n??? question "Second?"\n\n    No.\n', encoding="utf-8")
        browser.wait("document.querySelectorAll('#list button').length === 2", seconds=20)
        page.write_bytes(b"\xff\xfe\x00")
        browser.wait("document.getElementById('elsewhere').innerText.includes('E102')", seconds=20)
        page.write_text(PAGE, encoding="utf-8")
        browser.wait("document.querySelectorAll('#list button').length === 1", seconds=20)
        assert browser.errors() == []


def test_only_this_machine_by_its_own_name_is_served(project: Path) -> None:
    with running("preview", "--serve", cwd=project) as process:
        url = line_with(process, "http://").split()[0]
        assert urlopen(url, timeout=10).status == 200
        with pytest.raises(HTTPError, match="403"):
            urlopen(Request(url, headers={"Host": "evil.example"}), timeout=10)
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{url}../../docs/p.md", timeout=10)


def test_watch_builds_again_at_every_save_and_ends_with_ctrl_c(project: Path) -> None:
    with running("build", "--watch", cwd=project) as process:
        line_with(process, "watching")
        package = project / "build" / "all.apkg"
        before = package.stat().st_mtime_ns
        time.sleep(0.5)
        page = project / "docs" / "p.md"
        page.write_text(PAGE.replace("Yes", "Certainly"), encoding="utf-8")
        wait_until(lambda: package.stat().st_mtime_ns != before)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode in (0, 1, 130)
        assert [path.name for path in project.rglob("*.tmp")] == []


@pytest.mark.parametrize("delay_s", [0.0, 0.05, 0.1, 0.2])
def test_ctrl_c_in_the_middle_of_a_build_leaves_no_half_file(project: Path, delay_s: float) -> None:
    text = "".join(f'\n??? question "Q{n}?"\n\n    Because $x_{n}$.\n' for n in range(6000))
    (project / "docs" / "big.md").write_text(f"# Big\n{text}", encoding="utf-8")
    with running("build", cwd=project) as process:
        wait_until(lambda: process.poll() is not None or list(project.rglob("*.tmp")))
        time.sleep(delay_s)
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all of its processes
        out, _ = process.communicate(timeout=30)
        # Python says "Exception ignored" where the signal meets its own fork.
        assert "Traceback" not in out or "Exception ignored" in out
    assert not [*project.rglob("*.tmp"), *project.rglob("*.new")]


def test_the_page_learns_of_a_save_and_a_broken_configuration_does_no_harm(project: Path) -> None:
    settings = project / "admonki.toml"
    settings.write_text('sources = ["docs"]\n')
    with running("preview", "--serve", cwd=project) as process:
        url = line_with(process, "http://").split()[0]
        versions = urlopen(f"{url}events", timeout=30)
        first = versions.readline()
        time.sleep(0.5)
        settings.write_text("sources = [")
        (project / "docs" / "p.md").write_text(PAGE.replace("First", "Other"), encoding="utf-8")
        time.sleep(1)
        settings.write_text('sources = ["docs"]\n')
        assert versions.readline() == b"\n"
        assert versions.readline() > first
        versions.close()
        wait_until(lambda: b"Other?" in _written(project))


def _written(project: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (project / "build/preview").glob("*.html"))


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal is POSIX")
def test_a_bar_moves_on_a_terminal_while_we_wait_and_goes(project: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "generator", "build"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    shown = b""
    with hold_project(lock_path(project / "docs")):  # another build, so to speak
        process = subprocess.Popen(
            command, cwd=project, env=environ, stdout=subprocess.DEVNULL, stderr=theirs
        )
        os.close(theirs)
        while b"building, " not in shown:
            shown += os.read(ours, 4096)
    with suppress(OSError):  # the terminal is gone with the process
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    assert process.wait(timeout=60) == 0
    assert "▰▰▰▰".encode() in shown
    assert b"building, " in shown
    assert shown.endswith(b"\r\x1b[K")
