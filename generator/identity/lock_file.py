"""The lock file on disk: path, reading, writing, and mutual exclusion of builds."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import AdmonkiError, Diagnostic, Location
from generator.files import LOCK, read_file, replace_file
from generator.identity.lock import Lock
from generator.identity.lock_reader import parse_lock
from generator.identity.lock_text import format_lock


def read_lock(path: Path, *, name: str = "") -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Read the lock; a missing file is the lock of a project never built.

    Args:
        path: See `lock_path`.
        name: The path as diagnostics show it; `path` itself when empty.

    Returns:
        The lock, and diagnostics; with an error among them it must not be used.
    """
    shown = name or path.as_posix()
    try:
        text = read_file(path, most=LOCK).decode("utf-8", "surrogatepass")
    except FileNotFoundError:
        return Lock(), ()
    except UnicodeDecodeError as error:
        return Lock(), (_unreadable(shown, f"not UTF-8 at byte {error.start}"),)
    except OSError as error:
        return Lock(), (_unreadable(shown, error.strerror or str(error)),)
    return parse_lock(text, shown)


def encode_lock(lock: Lock) -> bytes:
    """Give the bytes of the lock file.

    Args:
        lock: What to remember.

    Returns:
        UTF-8; file names that are not valid Unicode survive.
    """
    return format_lock(lock).encode("utf-8", "surrogatepass")


def write_lock(path: Path, lock: Lock) -> None:
    """Replace the lock file atomically, synced to disk.

    The order that recovers from a crash: stage the packages, replace the lock, commit the
    packages (ADR "lock before packages").

    Args:
        path: See `lock_path`.
        lock: What to remember.

    Raises:
        OSError: When the folder cannot be written.
    """
    replace_file(path, encode_lock(lock), staged=_staged(real_path(path)), is_synced=True)


def _staged(path: Path) -> str:
    return f".{path.name}."


def real_path(path: Path) -> Path:
    """The lock's real file: a symbolic link is kept, and its target is replaced."""
    return path.resolve() if path.is_symlink() else path


@contextmanager
def hold_project(path: Path, *, timeout_s: float = 30.0) -> Iterator[None]:
    """Keep other processes from building the same project.

    Nothing is written into the project: on POSIX the folder itself is locked (`flock`), on
    Windows a file in the temporary folder.

    Args:
        path: The project's lock file; it need not exist.
        timeout_s: How long to wait for another process.

    Raises:
        AdmonkiError: `E609` when another process still builds after `timeout_s`.
    """
    descriptor = _open_guard(path)
    deadline = time.monotonic() + timeout_s
    try:
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                message = f"another admonki has been building here for {timeout_s:.0f} s"
                raise AdmonkiError.at(path, "E609", message, "wait for it to finish, or stop it")
            time.sleep(0.05)
        _sweep(path)
        try:
            yield
        except BaseException:  # Ctrl-C, too, wherever it arrives
            _sweep(path)
            raise
    finally:
        if descriptor is not None:
            os.close(descriptor)  # gives the lock back, too


def _sweep(path: Path) -> None:
    """Remove files staged by killed runs; nobody else stages while we hold the project."""
    with suppress(OSError):
        for place in {path, real_path(path)}:
            for left in place.parent.glob(f"{_staged(place)}*.new"):
                left.unlink()


def _unreadable(path: str, why: str) -> Diagnostic:
    hint = "restore the file from version control"
    return Diagnostic(Location(path), "E607", f"the lock cannot be read: {why}", hint)


def _open_guard(path: Path) -> int | None:
    folder = path.parent
    try:
        if sys.platform != "win32":
            return os.open(folder, os.O_RDONLY)
        import hashlib
        import tempfile

        name = hashlib.sha256(str(folder.resolve()).casefold().encode()).hexdigest()[:16]
        guard = Path(tempfile.gettempdir()) / f"admonki-{name}.guard"
        return os.open(guard, os.O_RDWR | os.O_CREAT)
    except OSError:
        return None  # a missing or unlistable folder: nothing to guard


def _try_lock(descriptor: int | None) -> bool:
    """Whether we hold the lock now; file systems without locks count as free."""
    if descriptor is None:
        return True
    try:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
