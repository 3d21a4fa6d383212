"""Worker processes, started before any thread, and ended with this process.

They are plain processes with a pipe each, so that this process needs no thread to communicate with
them: a thread would make `fork` unsafe. A process whose parent is gone reads the end of its pipe
and exits.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from generator.garbage_collection import collect_rarely

J = TypeVar("J")
R = TypeVar("R")

_SAFE_PATH = "PYTHONSAFEPATH"


class LostProcessError(Exception):
    """A process was killed while it worked.

    Attributes:
        job: What it worked on.
        exit_code: Of the process; negative for the number of a signal.
    """

    def __init__(self, job: object, exit_code: int | None) -> None:
        super().__init__(f"exit code {exit_code}")
        self.job = job
        self.exit_code = exit_code


def start_method() -> str:
    """Choose how to start processes.

    Returns:
        `fork` where it is safe, on Linux in a process with a single thread: it takes a hundredth
        of the time of a new interpreter. Else `spawn`. `ADMONKI_START_METHOD` overrides it, for
        tests.
    """
    chosen = os.environ.get("ADMONKI_START_METHOD", "")
    return chosen or ("fork" if _has_one_thread() else "spawn")


def _has_one_thread() -> bool:
    """Whether it is safe to fork this process: threads of C and Rust libraries count, too."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


class Team(Generic[J, R]):
    """Processes that take one job at a time; without any, this process does the work itself."""

    def __init__(self, work: Callable[[J], R], jobs: Iterable[J], *, count: int) -> None:
        """Start the processes and give each its first job.

        Args:
            work: A function that `spawn` can pickle, as it can jobs and results.
            jobs: In the order in which they begin.
            count: Maximum number of processes; below 2, none are started.
        """
        self._work = work
        self._waiting = deque(jobs)
        self._members: list[_Member[J, R]] = []
        for _ in range(min(count, len(self._waiting)) if count > 1 else 0):
            self._members.append(_Member(work, self._members))
            self._members[-1].give(self._waiting.popleft())

    def __len__(self) -> int:
        """How many processes there are besides this one."""
        return len(self._members)

    def add(self, job: J) -> None:
        """Add a job to the end."""
        self._waiting.append(job)

    def results(self) -> Iterator[tuple[J, R]]:
        """Wait for the jobs.

        Yields:
            Each job with its result, as they are done.

        Raises:
            LostProcessError: When a process was killed.
        """
        while self._waiting and not self._members:
            job = self._waiting.popleft()
            yield job, self._work(job)
        busy = {member.connection: member for member in self._members}
        while busy:
            for connection in wait(list(busy)):
                member = busy[connection]  # type: ignore[index]
                job, result = member.take()
                if self._waiting:
                    member.give(self._waiting.popleft())
                else:
                    del busy[connection]  # type: ignore[arg-type]
                yield job, result

    def end(self, *, at_once: bool = False) -> None:
        """End the processes.

        Args:
            at_once: In the middle of their jobs, if need be.
        """
        for member in self._members:
            member.end(at_once=at_once)


class _Member(Generic[J, R]):
    """One worker process, seen from its parent."""

    def __init__(self, work: Callable[[J], R], others: Iterable["_Member[J, R]"]) -> None:
        is_copy = start_method() == "fork"
        context = get_context("fork") if is_copy else get_context("spawn")
        self.connection, theirs = context.Pipe()
        # A copy holds our ends of all pipes; as long as it does, no process reads their end.
        ours = [other.connection for other in others] + [self.connection]
        inherited = ours if is_copy else []
        self._process: BaseProcess = context.Process(
            target=_serve, args=(work, theirs, inherited), daemon=True
        )
        with _safe_path():
            self._process.start()
        theirs.close()
        self._job: J | None = None

    def give(self, job: J) -> None:
        """Send a job."""
        self._job = job
        with suppress(ConnectionError):  # the process is gone: `take` reports it
            self.connection.send(job)

    def take(self) -> tuple[J, R]:
        """Receive the result of the job."""
        assert self._job is not None  # noqa: S101 - `give` came before
        try:
            result, error = self.connection.recv()
        except (EOFError, ConnectionError) as lost:
            self._process.join(1)
            raise LostProcessError(self._job, self._process.exitcode) from lost
        if error is not None:
            raise error
        return self._job, result

    def end(self, *, at_once: bool) -> None:
        """End the process."""
        self.connection.close()
        if at_once:
            self._process.terminate()
        self._process.join()


@contextmanager
def _safe_path() -> Iterator[None]:
    """Let a new interpreter import nothing from the working folder: it holds other people's files.

    Python runs it with `-c`, which looks there first, before our process passes its own `sys.path`.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        del os.environ[_SAFE_PATH]
        os.environ.update({_SAFE_PATH: before} if before is not None else {})


def _serve(work: Callable[[J], R], connection: Connection, inherited: Iterable[Connection]) -> None:
    """Work in another process until the parent closes the pipe, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent decides
    collect_rarely()
    for other in inherited:
        other.close()
    try:
        while True:
            connection.send(_answer(work, connection.recv()))
    except (EOFError, ConnectionError):
        return


def _answer(work: Callable[[J], R], job: J) -> tuple[R | None, Exception | None]:
    try:
        return work(job), None
    except Exception as error:
        return None, error
