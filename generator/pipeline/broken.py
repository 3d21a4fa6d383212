"""Cards with an error are excluded, the others are built."""

from collections import defaultdict
from collections.abc import Container, Iterable

from msgspec.structs import replace

from generator.errors import Diagnostic, Severity
from generator.model import Note
from generator.pipeline.collect import Collection

_OF_PAGES = frozenset("12345")
"""Digits after `E` of errors that concern only a page and its cards."""


def concerns_cards(item: Diagnostic, pages: Container[str]) -> bool:
    """Whether an error does not affect other cards: it is in a page, not in lock or packages.

    Args:
        item: The error.
        pages: The pages of the build, as diagnostics name them.
    """
    return item.code[1] in _OF_PAGES and item.location.path in pages


def leave_out(collection: Collection, found: Iterable[Diagnostic]) -> Collection:
    """Remove the cards with an error from a collection.

    Args:
        collection: Of all pages.
        found: Their diagnostics, without those that the author ignores.

    Returns:
        The collection without the notes in whose lines an error is; pages with an error are marked,
        as their other cards may be incomplete.
    """
    lines: dict[str, list[int]] = defaultdict(list)
    pages = {page.file.display for page in collection.pages}
    for item in found:
        if item.severity is Severity.ERROR and concerns_cards(item, pages):
            lines[item.location.path].append(item.location.line)
    if not lines:
        return collection
    kept = tuple(note for note in collection.notes if not _is_hit(note, lines))
    broken = frozenset(page.file.path for page in collection.pages if page.file.display in lines)
    count = len(collection.notes) - len(kept)
    return replace(collection, notes=kept, broken=broken, left_out=count)


def _is_hit(note: Note, lines: dict[str, list[int]]) -> bool:
    first, last = note.lines
    return any(first <= line <= last for line in lines.get(note.location.path, ()))
