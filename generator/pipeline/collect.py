"""Run all pages through the pure stages, in reading order, and apply rules across pages."""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from generator.config import Config
from generator.config.discover import discover
from generator.config.folders import lock_path
from generator.errors import Diagnostic, Location
from generator.files import is_there
from generator.identity.lock_file import read_lock
from generator.model import Note
from generator.pipeline.decks import collisions
from generator.pipeline.rendering import Rendering
from generator.pipeline.results import PageResult
from generator.pipeline.rules import Coverage, asked_twice, drop_answered
from generator.pipeline.sources import PageFile, Places, common_root, lock_file, page_files


class Collection(Struct, frozen=True):
    """Everything that the pages of a build hold, before identity.

    Attributes:
        pages: Page by page.
        notes: Of all pages in reading order, without bank leaves answered elsewhere.
        coverage: How far each question bank is answered.
        diagnostics: Of all pages and of the rules across them, sorted.
        broken: Pages with an error, whose cards may be incomplete.
        left_out: How many cards were excluded because of an error.
    """

    pages: tuple[PageResult, ...]
    notes: tuple[Note, ...]
    coverage: tuple[Coverage, ...]
    diagnostics: tuple[Diagnostic, ...]
    broken: frozenset[Path] = frozenset()
    left_out: int = 0


def collect(config: Config, *, cwd: Path) -> Collection:
    """Run every page of the sources through the pure stages.

    Args:
        config: The settings in effect; `sources` selects the pages.
        cwd: What paths in diagnostics are relative to.
    """
    files, problems = page_files(config, cwd=cwd)
    with Rendering(files, config) as rendering:
        return join(rendering, problems)


def join(rendering: Rendering, problems: Iterable[Diagnostic]) -> Collection:
    """Wait for all pages, and apply the rules that need all of them.

    Args:
        rendering: The pages.
        problems: Of `page_files`.
    """
    pages = rendering.pages()
    notes, coverage = drop_answered([note for page in pages for note in page.notes])
    found = {*problems, *rendering.diagnostics, *_twins(pages)}
    found |= {*collisions(notes), *asked_twice(notes)}
    found.update(diagnostic for page in pages for diagnostic in page.diagnostics)
    return Collection(pages, notes, coverage, tuple(sorted(found)))


def _twins(pages: Iterable[PageResult]) -> Iterator[Diagnostic]:
    """Two files whose names differ only in Unicode normal form: the lock sees one page."""
    first: dict[str, PageFile] = {}
    for page in pages:
        other = first.setdefault(page.name, page.file)
        if page.name and other != page.file and _folded(other) == _folded(page.file):
            message = f"its name equals {other.display!r} except for the Unicode normal form"
            yield Diagnostic(Location(page.file.display), "E721", message, "rename one of them")


def _folded(file: PageFile) -> str:
    return unicodedata.normalize("NFC", str(file.path))


def places(collection: Collection) -> Places:
    """Return for each page, as diagnostics name it, the lines that its cards are made of."""
    found: dict[str, list[tuple[int, int]]] = {page.file.display: [] for page in collection.pages}
    for page in collection.pages:
        found[page.file.display] += [note.lines for note in page.notes]
    return {path: tuple(lines) for path, lines in found.items()}


def find_lock(config: Config) -> Path:
    """Find the lock: at its path, or where an earlier configuration put it.

    Args:
        config: What is in force.

    Returns:
        The lock's path; its default path if there is no lock.
    """
    place = lock_file(config)
    if place.exists():
        return place
    homes = (config.home, config.docs_dir, config.root, *config.sources)
    folders = [path if path.is_dir() else path.parent for path in homes if path]
    known = (found for folder in folders if (found := lock_path(folder)).is_file())
    return next((found for found in known if _is_own(found, config)), place)


def _is_own(lock: Path, config: Config) -> bool:
    """Whether a lock in the project folder is not beside another configuration, and matches."""
    root = config.root.resolve()
    around = discover(lock.parent)
    other = around.own or around.site
    is_inside = lock.resolve().is_relative_to(root)
    is_apart = other is not None and other.parent.resolve() != root
    return is_inside and not is_apart and _knows_pages(lock, config)


def _knows_pages(lock: Path, config: Config) -> bool:
    """Whether most of a lock's pages are ours: two projects in a folder have a lock each."""
    held, _ = read_lock(lock, name=lock.name)
    pages = {entry.page for entry in held.entries if not entry.is_gone}
    root = common_root(config)
    return 2 * sum(is_there(page, root) for page in pages) >= len(pages)
