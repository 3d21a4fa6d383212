"""Long-running commands: the served preview, the watching build, and how they end."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from generator.config.folders import lock_path
from generator.identity.lock_file import hold_project
from tests.e2e.driver import Browser, browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl-C for a single process there"),
]
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


@pytest.mark.parametrize("command", [["watch"], ["build", "--watch"]])
def test_watch_builds_again_at_every_save_and_ends_with_ctrl_c(
    project: Path, command: list[str]
) -> None:
    with running(*command, cwd=project) as process:
        line_with(process, "watching")
        package = project / "build" / "all.apkg"
        before = package.stat().st_mtime_ns
        time.sleep(0.5)
        page = project / "docs" / "p.md"
        page.write_text(PAGE.replace("Yes", "Certainly"), encoding="utf-8")
        wait_until(lambda: package.stat().st_mtime_ns != before)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode == 130
        assert [path.name for path in project.rglob("*.tmp")] == []


def test_watch_does_not_take_its_own_packages_for_a_change(project: Path) -> None:
    with running("watch", cwd=project) as process:
        line_with(process, "watching")
        assert process.stdout is not None
        assert select([process.stdout], [], [], 3)[0] == []  # nothing more is said


@pytest.mark.parametrize("delay_s", [1.0, 2.0, 3.0, 4.0])  # Python itself is up then
def test_ctrl_c_ends_a_build_at_once_at_any_moment(project: Path, delay_s: float) -> None:
    for page in range(40):
        boxes = "".join(f'??? question "{page}.{n}?"\n    $x_{n}$\n\n' for n in range(100))
        (project / "docs" / f"{page}.md").write_text(f"# {page}\n\n{boxes}", encoding="utf-8")
    with running("build", cwd=project) as process:
        time.sleep(delay_s)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=20)
        assert "Traceback" not in out
        # on a fast machine the build may have ended before, or be at its last line
        assert process.returncode in ((0, 130) if "files written" in out else (130,))
        # half a second on an idle machine; tests run beside each other
        assert time.monotonic() - began < 3
    assert not list(project.rglob("*.new"))


def _change(page: Path, text: str) -> None:
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f'# P\n\n??? question "{text}"\n\n    Yes.\n', encoding="utf-8")


def test_watch_sees_whatever_a_build_reads_and_survives_what_is_gone_for_a_while(
    project: Path,
) -> None:
    """Each step is one that a watcher of single files misses."""
    docs, site, own = project / "docs", project / "mkdocs.yml", project / "admonki.toml"
    site.write_text("site_name: S\nINHERIT: base.yml\n")
    (project / "base.yml").write_text("docs_dir: docs\n")
    package, lock = project / "build" / "all.apkg", project / "admonki.lock"

    def replace_docs() -> None:
        shutil.copytree(docs, project / "new")
        _change(project / "new" / "p.md", "In a new folder?")
        docs.rename(project / "old")
        time.sleep(0.5)
        (project / "new").rename(docs)

    def take_site_away() -> None:
        text = site.read_text()
        site.unlink()
        time.sleep(1)
        site.write_text(text)

    def move_docs() -> None:
        _change(project / "other" / "r.md", "In another docs_dir?")
        (project / "base.yml").write_text("docs_dir: other\n")

    steps = (
        lambda: _change(docs / "deep" / "q.md", "In a folder that was not there?"),
        lambda: (docs / "deep" / "q.md").unlink(),
        replace_docs,
        lambda: _change(docs / "p.md", "In the folder that took its place?"),
        take_site_away,
        lambda: _change(docs / "p.md", "After the configuration came back?"),
        move_docs,
        lambda: _change(project / "other" / "r.md", "In the folder of the parent?"),
        lambda: own.write_text('deck_root = "Root"\n'),
        package.unlink,
        lock.unlink,
    )
    with running("watch", cwd=project) as process:
        line_with(process, "watching")
        for step in steps:
            step()
            line_with(process, "watching")
        assert package.exists()
        assert lock.exists()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
        assert (process.returncode, "Traceback" in out) == (130, False)


def test_watch_waits_where_the_configuration_is_gone(project: Path) -> None:
    """A build without it would be another project's, with a lock elsewhere."""
    (project / "mkdocs.yml").write_text("site_name: S\n")
    with running("watch", cwd=project) as process:
        line_with(process, "watching")
        (project / "mkdocs.yml").unlink()
        assert "mkdocs.yml" in line_with(process, "waiting for")
        (project / "mkdocs.yml").write_text("site_name: T\n")
        line_with(process, r"\d cards?, .* written")


@pytest.mark.skipif(
    "COVERAGE_PROCESS_CONFIG" in os.environ, reason="coverage saves its data before the end"
)
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
        assert "Traceback" not in out
        assert process.returncode in (0, 130)
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
