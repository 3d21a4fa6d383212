"""Time whole processes: wall clock, CPU of all their processes, memory of all at once."""

import compileall
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_STEP_S = 0.05
_LONGEST_S = 600


@dataclass(frozen=True, slots=True)
class Run:
    """One process, with the processes that it started.

    Attributes:
        wall_s: From start to end.
        cpu_s: User and system time of all of them.
        peak_mb: Most memory at a time, pages that two share counted once; 0 where nobody looked.
        failure: Last words of a process that failed, else "".
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    failure: str = ""


class _Memory(threading.Thread):
    """Watches a process and its children (`/proc`, proportional set size)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_kb = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(_STEP_S):
            self.peak_kb = max(self.peak_kb, sum(map(_proportional_kb, _family(self.pid))))


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found.extend(int(child) for child in children.split())
    return found


def _proportional_kb(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.split("\n") if line[:4] == "Pss:"), 0)


def compile_bytecode(checkout: Path) -> None:
    """Compile the modules of a checkout, as pip does with those of a package that it installs."""
    compileall.compile_dir(checkout / "generator", quiet=1)


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    environ: Mapping[str, str] | None = None,
    is_watched: bool = False,
) -> Run:
    """Run a command once.

    Args:
        command: Program and arguments.
        cwd: Its working directory.
        environ: Added to ours.
        is_watched: Whether to look at its memory, which takes some of its time.
    """
    log = cwd / ".log"
    before = os.times()
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            list(command), cwd=cwd, env={**os.environ, **(environ or {})}, stdout=out, stderr=out
        )
        memory = _Memory(process.pid)
        if is_watched:
            memory.start()
        guard = threading.Timer(_LONGEST_S, process.kill)  # `wait` with a timeout looks 20 times/s
        guard.start()
        code = process.wait()
        guard.cancel()
    wall_s = time.perf_counter() - started
    after = os.times()
    memory.is_over.set()
    if is_watched:
        memory.join()
    cpu_s = after.children_user + after.children_system
    cpu_s -= before.children_user + before.children_system
    said = log.read_text(encoding="utf-8", errors="replace").split()[-40:]
    failure = "" if code == 0 else f"exit code {code}: {' '.join(said)}"[-300:]
    return Run(wall_s, cpu_s, memory.peak_kb / 1024, failure)


def repeat(times: int, start: Callable[[bool], Run]) -> tuple[Run, ...]:
    """Run once watched, then several times unwatched; stops at the first failure.

    Args:
        times: How many unwatched runs; 0 for a run so long that watching it does not count.
        start: Is told whether to watch.
    """
    runs = [start(True)]
    while len(runs) <= times and not runs[-1].failure:
        runs.append(start(False))
    return tuple(runs)


def summary(runs: Sequence[Run]) -> dict[str, float | str]:
    """Sum up: medians, and the best wall clock, which a busy machine spoils least."""
    if runs[-1].failure:
        return {"failure": runs[-1].failure}
    timed = runs[1:] or runs
    return {
        "wall_s": round(statistics.median(one.wall_s for one in timed), 3),
        "best_wall_s": round(min(one.wall_s for one in timed), 3),
        "cpu_s": round(statistics.median(one.cpu_s for one in timed), 3),
        "best_cpu_s": round(min(one.cpu_s for one in timed), 3),
        "peak_mb": round(max(one.peak_mb for one in runs), 1),
    }
