"""Temporary files beside the real ones, and removal of those left by earlier runs."""

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PATTERN = re.compile(r"\.admonki-(?P<pid>\d+)-[0-9a-f]{8}\.tmp")
_STALE_S = 3600


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Choose a temporary name in the same folder, which is created if needed.

    Args:
        path: Where the file will go. If it is a folder, fail now rather than later.

    Yields:
        An unused path. After an exception, the file is removed.

    Raises:
        OSError: When the folder cannot be made or `path` is a folder.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    place = name_beside(path)
    try:
        yield place
    except BaseException:
        remove(place)
        raise


def name_beside(path: Path) -> Path:
    """Choose a name in the same folder that `sweep` recognises."""
    return path.with_name(f".admonki-{os.getpid()}-{os.urandom(4).hex()}.tmp")


def remove(path: Path) -> None:
    """Remove a temporary file if it is still there."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove temporary files of killed runs from a folder.

    Args:
        folder: Looked at without its subfolders; may be missing.
    """
    for path, pid in _made_in(folder):
        if _is_orphan(path, pid):
            remove(path)


@contextmanager
def none_left(folder: Path) -> Iterator[None]:
    """Leave no temporary file of this run, whatever goes wrong and wherever Ctrl-C arrives.

    Args:
        folder: Looked at with its subfolders; may be missing. No thread may still write there.
    """
    try:
        yield
    except BaseException:
        for inner, _, _ in os.walk(folder):
            _withdraw(Path(inner))
        raise


def _withdraw(folder: Path) -> None:
    for path, pid in _made_in(folder):
        if pid == os.getpid():
            remove(path)


def _made_in(folder: Path) -> list[tuple[Path, int]]:
    """Temporary files of any run, with the process that made them."""
    with suppress(OSError):
        found = map(_PATTERN.fullmatch, os.listdir(folder))  # noqa: PTH208 - of hundreds of folders
        return [(folder / match[0], int(match["pid"])) for match in found if match]
    return []


def _is_orphan(path: Path, pid: int) -> bool:
    """Whether the run that made a file is over."""
    if pid == os.getpid():
        return False
    if os.name == "posix":  # elsewhere `kill` with 0 does more than check
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
    return _age_s(path) > _STALE_S


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
