"""Which cards a build of some pages may declare removed."""

import posixpath
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from generator.config import Config
from generator.config.settings import OPTION
from generator.files import is_there
from generator.identity.identify import Scope
from generator.identity.lock import Lock
from generator.pipeline.collect import Collection
from generator.reader.page import page_name


def scope_of(collection: Collection, lock: Lock, config: Config) -> Scope | None:
    """Return the pages about whose cards a build can decide; None for all.

    A build of the configured sources decides about all pages. A build of chosen ones
    (`admonki build one.md`) decides about those and, if a folder is chosen, about pages that were
    in it: they no longer exist, or the site excludes them. Pages with an error keep their cards.

    Args:
        collection: The pages of the build.
        lock: As read.
        config: What is in force.
    """
    home = config.home or config.root
    files = [page.file for page in collection.pages]
    # a page from elsewhere may have the same name as one of ours
    found = {page_name(file.path, file.root): file.path for file in files}
    read = {page for page, path in found.items() if _is_at(home / page, path)}
    others = {entry.page for entry in lock.entries} - read
    missing = {page for page in others if not is_there(page, home)}
    folders = [source.resolve() for source in config.sources if source.is_dir()]
    left = _below(others, home, folders) if _is_chosen(config) else others
    broken = {page for page in read if found[page] in collection.broken}
    if left == others and not broken:
        return None
    return Scope(frozenset(read | missing | left), frozenset((read | left) - broken))


def _is_chosen(config: Config) -> bool:
    return config.origins.get("sources", OPTION) == OPTION


def _is_at(place: Path, path: Path) -> bool:
    return not place.is_file() or place.resolve() == path.resolve()


def _below(pages: Iterable[str], home: Path, folders: list[Path]) -> set[str]:
    """Return the pages of folders, whose links are followed once for all pages of a folder."""
    by_parent: dict[str, list[str]] = {}
    for page in pages:
        by_parent.setdefault(posixpath.dirname(page), []).append(page)
    found = (held for parent, held in by_parent.items() if _is_below(home / parent, folders))
    return set(chain.from_iterable(found))


def _is_below(folder: Path, folders: list[Path]) -> bool:
    try:
        real = folder.resolve()
    except (OSError, ValueError, RuntimeError):  # too long, not a name, a loop of links
        return False
    return any(real.is_relative_to(above) for above in folders)
