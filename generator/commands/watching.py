"""Repeat work whenever a file that a build reads or wrote has changed.

Files are polled, as MkDocs does. System notifications follow a folder that is renamed, cannot watch
a file that does not exist yet, and do not reach every container and network drive.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import click

from generator.commands.session import Session
from generator.config.discover import candidates
from generator.pipeline.sources import lock_file

_SHORTEST_S, _LONGEST_S = 0.2, 5.0  # between two polls
_SHARE = 20  # polling takes at most a twentieth of the time
_NOISE = (".lock", ".apkg", ".tmp", ".new", ".swp", "~")
_State: TypeAlias = Mapping[str, tuple[int, int, int]]


def watch(
    start: Callable[[], Session],
    work: Callable[[Session], object],
    *,
    ours: Path | None = None,
    note: str = "",
) -> None:
    """Work now and after each change, until Ctrl-C.

    Args:
        start: Reads the configuration; it may exit the first time. When it fails later, wait for
            the next change.
        work: What to do with it.
        ours: A folder that the work writes, besides that of the packages; it is not watched.
        note: What to print while waiting for the next change.
    """
    session = start()
    while True:
        watcher = _Watcher(session, ours)
        with suppress(SystemExit, click.UsageError):
            work(session)
        watcher.remember_outputs()
        if note:
            session.tell(note)
        session = watcher.next_session(start)


class _Watcher:
    """Compares the files of a build with what they were when the build began."""

    def __init__(self, session: Session, ours: Path | None) -> None:
        self._session = session
        self._ours = ours
        self._inputs = self._look_at_inputs()
        self._outputs: _State = {}

    def remember_outputs(self) -> None:
        """Record the packages and the lock as the build left them."""
        self._outputs = self._look_at_outputs()

    def next_session(self, start: Callable[[], Session]) -> Session:
        """Wait for a change after which work is possible."""
        is_told = False
        while True:
            self._wait_for_change()
            missing = [path for path in _needed(self._session) if not path.exists()]
            if not missing:
                with suppress(SystemExit, click.UsageError):  # a file that is only half saved
                    return start()
            elif not is_told:
                self._session.tell(f"waiting for {missing[0]}, which does not exist")
                is_told = True

    def _wait_for_change(self) -> None:
        """Wait until something has changed, and then until changes stop."""
        before = (self._inputs, self._outputs)
        is_changed = False
        while True:
            began = time.monotonic()
            now = (self._look_at_inputs(), self._look_at_outputs())
            if now == before and is_changed:
                self._inputs, self._outputs = now
                return
            is_changed = is_changed or now != before
            before = now
            cost_s = time.monotonic() - began
            time.sleep(min(max(_SHORTEST_S, _SHARE * cost_s), _LONGEST_S))

    def _look_at_inputs(self) -> _State:
        return _look(_inputs(self._session, self._ours))

    def _look_at_outputs(self) -> _State:
        config = self._session.config
        return _look((lock_file(config), *config.output.rglob("*.apkg")))


def _look(paths: Iterable[Path]) -> _State:
    """Size, time and identity of the existing files."""
    found = {}
    for path in paths:
        with suppress(OSError):
            state = path.stat()
            found[str(path)] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found


def _needed(session: Session) -> Iterator[Path]:
    """Without these, the build would belong to another project."""
    config = session.config
    yield from filter(None, (config.path, config.site.path))
    yield from config.sources


def _inputs(session: Session, ours: Path | None) -> Iterator[Path]:
    config = session.config
    yield from candidates(session.cwd)
    yield from filter(None, (config.path, config.site.path, *config.site.inherited, *config.css))
    sources = [source if source.is_dir() else source.parent for source in config.sources]
    folders = {path.resolve() for path in (*sources, config.docs_dir) if path}
    written = {path.resolve() for path in (config.output, ours) if path}
    for folder in sorted(folders):
        if not any(other in folder.parents for other in folders):
            yield from _files_below(folder, written)


def _files_below(folder: Path, written: Iterable[Path]) -> Iterator[Path]:
    """Files that authors write, without hidden files and build output."""
    skipped = {str(path) for path in written}
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and os.path.join(place, name) not in skipped  # noqa: PTH118
        ]
        yield from (
            Path(place, name)
            for name in names
            if not name.startswith(".") and not name.endswith(_NOISE)
        )
