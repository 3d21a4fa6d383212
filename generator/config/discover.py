"""Find the configuration files by walking up from the working directory."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.files import SETTINGS, read_file

_REPOSITORY_MARKS = (".git", ".hg", ".svn")
_TABLE = re.compile(
    rb"""^[ \t]*\[[ \t]*["']?tool["']?[ \t]*\.[ \t]*["']?admonki["']?[ \t]*[\].]""", re.MULTILINE
)
_SITE_NAMES = ("zensical.toml", "zensical.yml", "zensical.yaml", "mkdocs.yml", "mkdocs.yaml")


class Found(Struct, frozen=True):
    """The configuration files of one project.

    Attributes:
        own: File that may hold admonki's settings, or None.
        site: Configuration of the site, or None.
        project: Folder that `INHERIT` may not leave.
    """

    own: Path | None
    site: Path | None
    project: Path


def discover(start: Path) -> Found:
    """Return the nearest configuration at or above a folder, not beyond its repository.

    Args:
        start: Absolute folder to begin at.
    """
    folders = tuple(walk_up(start))
    for folder in folders:
        own, site = own_file(folder), _site_file(folder)
        if own or site:
            return Found(own, site, repository(folder))
    return Found(None, None, start)


def candidates(start: Path) -> tuple[Path, ...]:
    """Name the files that `discover` looks for; most of them do not exist."""
    names = ("admonki.toml", "pyproject.toml", *_SITE_NAMES)
    return tuple(folder / name for folder in walk_up(start) for name in names)


def display(file: Path, cwd: Path) -> str:
    """Return how a diagnostic names a file: from the working directory, with `/`."""
    try:
        return Path(os.path.relpath(file, cwd)).as_posix()
    except ValueError:  # another drive on Windows
        return file.as_posix()


def repository(folder: Path) -> Path:
    """Return the folder of the repository around a folder, or the folder itself."""
    top = tuple(walk_up(folder))[-1]
    return top if _is_repository(top) else folder


def site_folder(docs: Path) -> Path | None:
    """Return the folder of the site's configuration above a docs folder, or None."""
    return next((folder for folder in walk_up(docs.parent) if _site_file(folder)), None)


def walk_up(start: Path) -> Iterator[Path]:
    """Yield a folder and those above it, up to the top of the repository."""
    for folder in (start, *start.parents):
        yield folder
        if _is_repository(folder):
            return


def _is_repository(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _REPOSITORY_MARKS)


def own_file(folder: Path) -> Path | None:
    """Return the file of a folder that may hold admonki's settings, or None."""
    if (folder / "admonki.toml").is_file():
        return folder / "admonki.toml"
    project = folder / "pyproject.toml"
    return project if project.is_file() and _names_admonki(project) else None


def _names_admonki(file: Path) -> bool:
    """Whether a `pyproject.toml` may hold our table; most belong to other tools."""
    try:
        return bool(_TABLE.search(read_file(file, most=SETTINGS)))
    except OSError:
        return False


def _site_file(folder: Path) -> Path | None:
    return next((folder / name for name in _SITE_NAMES if (folder / name).is_file()), None)
