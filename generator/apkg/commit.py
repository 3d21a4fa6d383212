"""Move staged packages into place, all of them or none."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from generator.apkg import temporary
from generator.apkg.fingerprint import Counts
from generator.errors import AdmonkiError


class StagedPackage(Struct, frozen=True):
    """A package that is written, checked, and not yet in its place.

    Attributes:
        path: Where it goes.
        temporary: Where it is; None when it is already in place, unchanged.
        counts: What it holds.
    """

    path: Path
    temporary: Path | None
    counts: Counts


def commit(staged: Sequence[StagedPackage]) -> None:
    """Move staged packages into place, one atomic rename each.

    The renames follow each other with nothing in between. When one is refused (on Windows, while
    another program reads the old file), those before it are undone.

    Args:
        staged: From `stage`.

    Raises:
        AdmonkiError: E705 when a rename is refused; the old packages are in place then.
    """
    moves = [(package.temporary, package.path) for package in staged if package.temporary]
    spares = [_keep(path) for _, path in moves]
    try:
        for place, path in moves:
            with refusals(path):
                os.replace(place, path)  # noqa: PTH105 - only the system call
    except BaseException:
        for (place, path), spare in zip(moves, spares, strict=True):
            if not place.exists():  # it was moved, even if Ctrl-C came right after
                _undo(path, spare)
        raise
    finally:
        for spare in spares:
            if spare is not None:
                temporary.remove(spare)


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn disk errors into E705."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        message = f"the package cannot be written: {reason}"
        hint = "check write permission of the folder and free disk space; the old packages are kept"
        raise AdmonkiError.at(path, "E705", message, hint) from problem


def _keep(path: Path) -> Path | None:
    """Give the old package a second name as a backup; None if there is no old package."""
    spare = temporary.name_beside(path)
    with suppress(OSError):  # no old package, or a file system without links
        os.link(path, spare)
        return spare
    return None


def _undo(path: Path, spare: Path | None) -> None:
    with suppress(OSError):
        if spare is None:
            path.unlink()
        else:
            os.replace(spare, path)  # noqa: PTH105
