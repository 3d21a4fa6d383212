"""What a build reads: its pages in reading order, and its lock.

A build in which nothing changed needs this, and loads little else.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Config
from generator.config.folders import lock_path
from generator.errors import Diagnostic
from generator.pipeline.order import site_order
from generator.reader.find import find_pages

Places: TypeAlias = Mapping[str, tuple[tuple[int, int], ...]]
"""Page, as diagnostics name it → first and last lines of its cards."""


class PageFile(Struct, frozen=True):
    """A page to read.

    Attributes:
        path: Absolute.
        root: The folder that its identity is relative to, absolute.
        display: See `Location.path`.
    """

    path: Path
    root: Path
    display: str


def page_files(config: Config, *, cwd: Path) -> tuple[tuple[PageFile, ...], tuple[Diagnostic, ...]]:
    """The pages of a build with the folder that each page's identity is relative to."""
    paths, problems = find_pages(path.resolve() for path in config.sources)
    root = common_root(config)
    paths = site_order(paths, root=root, config=config)
    files = tuple(PageFile(path, root, display(path, cwd)) for path in paths)
    return files, tuple(_as_displayed(problem, cwd) for problem in problems)


def _as_displayed(problem: Diagnostic, cwd: Path) -> Diagnostic:
    location = replace(problem.location, path=display(Path(problem.location.path), cwd))
    return replace(problem, location=location)


def common_root(config: Config) -> Path:
    """The docs or project folder if it holds all sources, else their common folder."""
    folders = [p if p.is_dir() else p.parent for p in map(Path.resolve, config.sources)]
    for home in filter(None, (config.docs_dir, config.home)):
        if all(folder.is_relative_to(home.resolve()) for folder in folders):
            return home.resolve()
    return _common(folders) if folders else config.root


def _common(folders: Sequence[Path]) -> Path:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on two Windows drives
        return folders[0]


def display(path: Path, cwd: Path) -> str:
    """A path as the user would name it from the working directory, with `/`."""
    try:
        return path.relative_to(cwd).as_posix()
    except ValueError:
        return path.as_posix()


def lock_file(config: Config) -> Path:
    """The lock's path: beside the configuration file or with the sources, unless set."""
    return config.lock or lock_path(config.root)
