"""Find the pages that paths name."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import Diagnostic, Location
from generator.files import PAGE_SUFFIXES


def find_pages(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """List the Markdown files that paths name.

    Args:
        paths: Files, taken whatever their name, and folders, searched without hidden ones.

    Returns:
        Files, each once, a folder's in the order of their paths; and E101 for a path that does
        not exist, E106 for a folder without Markdown.
    """
    found: dict[Path, None] = {}
    diagnostics: list[Diagnostic] = []
    for path in paths:
        pages = _pages_of(path)
        found.update(dict.fromkeys(pages))
        if not pages:
            diagnostics.append(_missing(path))
    return tuple(_without_links(found)), tuple(diagnostics)


def _without_links(pages: Iterable[Path]) -> Iterator[Path]:
    """Leave out links to pages that are found anyway: each page counts once."""
    pages = tuple(pages)
    files = {page for page in pages if not page.is_symlink()}
    for page in pages:
        if page in files or _target(page) not in files:
            yield page


def _target(link: Path) -> Path:
    try:
        return link.resolve()
    except (OSError, RuntimeError):  # a loop of symbolic links
        return link


def _missing(path: Path) -> Diagnostic:
    location = Location(path.as_posix())
    if path.is_dir():
        return Diagnostic(
            location, "E106", "the folder contains no Markdown files", "add a file that ends in .md"
        )
    return Diagnostic(location, "E101", "there is no such file or folder", "check the path")


def _pages_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    pages = []
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        pages += [
            Path(folder, name)
            for name in names
            if name.lower().endswith(PAGE_SUFFIXES) and not name.startswith(".")
        ]
    return sorted(pages, key=lambda page: page.relative_to(path).as_posix())
