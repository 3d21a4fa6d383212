"""Remove packages of deleted pages and sections, so that readers stop importing them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.apkg.commit import StagedPackage
from generator.apkg.fingerprint import is_ours
from generator.identity.lock import Lock
from generator.pipeline.decks import ALL, package_names

_HEADINGS = " › "  # between those of a section in the lock


def remove_stale(staged: Iterable[StagedPackage], lock: Lock, output: Path) -> tuple[Path, ...]:
    """Remove packages that earlier builds of the project wrote and this one does not.

    The lock lists the earlier sections, so that nothing else in the folder is touched, neither
    copies of a package nor packages of another project.

    Args:
        staged: The packages of this build.
        lock: Of the build before it.
        output: The folder of the packages.

    Returns:
        What was removed, sorted.
    """
    current = {package.path for package in staged}
    stale = sorted(path for path in set(_known(lock, output)) - current if is_ours(path))
    for path in stale:
        with suppress(OSError):
            path.unlink()
        _remove_empty(path.parent, output)
    return tuple(path for path in stale if not path.exists())


def _known(lock: Lock, output: Path) -> Iterator[Path]:
    """The paths of a project's packages, including those of removed cards."""
    yield output / ALL
    for page, section in {(entry.page, entry.section) for entry in lock.entries}:
        for name in package_names(page, section.partition(_HEADINGS)[0]):
            yield output / name


def _remove_empty(folder: Path, output: Path) -> None:
    with suppress(OSError):  # not empty
        while folder != output:
            folder.rmdir()
            folder = folder.parent
