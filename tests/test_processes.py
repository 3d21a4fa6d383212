"""Processes that share work: the same results, no fork beside threads, no orphans."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from operator import floordiv, neg
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.processes import LostProcessError, Team, start_method
from tests.conftest import ROOT

METHODS = ["spawn", *(["fork"] if sys.platform == "linux" else [])]


_PROGRAM = """
import os
from operator import neg
from generator.processes import Team
if __name__ == "__main__":
    team = Team(neg, [1, 2], count=2)
    print(sorted(team.results()))
    team.end()
    print(os.environ.get("PYTHONSAFEPATH"))
"""


@pytest.fixture(params=METHODS)
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ADMONKI_START_METHOD", request.param)
    return str(request.param)


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_processes_gives_the_same(method: str, count: int) -> None:
    team = Team(neg, [1, 2, 3], count=count)
    team.add(4)
    assert dict(team.results()) == {1: -1, 2: -2, 3: -3, 4: -4}
    team.end()


@pytest.mark.parametrize("given", [None, "1"])
def test_no_process_imports_a_module_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    """Whoever wrote the pages may have put a `multiprocessing.py` beside them."""
    script, folder = tmp_path / "bin" / "program.py", tmp_path / "notes"
    for place in (script.parent, folder):
        place.mkdir()
    for name in ("multiprocessing", "random", "signal"):
        (folder / f"{name}.py").write_text("open('run', 'w').close()", encoding="utf-8")
    script.write_text(_PROGRAM, encoding="utf-8")
    monkeypatch.setenv("ADMONKI_START_METHOD", "spawn")
    if given is None:
        monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    else:
        monkeypatch.setenv("PYTHONSAFEPATH", given)
    ran = subprocess.run(
        [sys.executable, script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert not (folder / "run").exists(), ran.stderr
    assert ran.stdout.splitlines() == ["[(1, -1), (2, -2)]", str(given)], ran.stderr


@pytest.mark.parametrize("count", [1, 2])
def test_an_exception_reaches_the_caller(method: str, count: int) -> None:
    team = Team(partial(floordiv, 1), [0], count=count)
    with pytest.raises(ZeroDivisionError):
        list(team.results())
    team.end(at_once=True)


def test_a_process_that_is_killed_is_named_with_its_job(method: str) -> None:
    team = Team(signal.raise_signal, [signal.SIGTERM], count=2)
    with pytest.raises(LostProcessError) as lost:
        list(team.results())
    assert (lost.value.job, lost.value.exit_code) == (signal.SIGTERM, -signal.SIGTERM)
    team.end(at_once=True)


def test_work_that_is_given_up_ends_at_once(method: str) -> None:
    team = Team(time.sleep, [60, 60], count=2)
    started = time.monotonic()
    team.end(at_once=True)
    assert time.monotonic() - started < 10


def test_beside_a_thread_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of a process holds the locks of its threads for ever."""
    monkeypatch.delenv("ADMONKI_START_METHOD", raising=False)
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    try:
        assert start_method() == "spawn"
    finally:
        done.set()
        thread.join()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always start new interpreters")
def test_a_process_with_a_single_thread_forks() -> None:
    script = "from generator.processes import start_method; print(start_method())"
    environ = {name: value for name, value in os.environ.items() if "START_METHOD" not in name}
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
    assert ran.stdout == b"fork\n"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_processes_end_with_a_parent_that_is_killed(method: str, tmp_path: Path) -> None:
    """They hold the write end of a pipe, whose reader sees the end when the last one is gone."""
    script = (
        "import time; from generator.processes import Team\n"
        "if __name__ == '__main__':\n"
        "    team = Team(time.sleep, [0.01, 0.01, 0.01], count=3)\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    (tmp_path / "parent.py").write_text(script)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(tmp_path / "parent.py")]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        parent.kill()
        assert parent.stdout.read() == b""  # blocks as long as a process holds the pipe
