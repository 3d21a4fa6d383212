"""The lock as text: sorted, one card per line, made to be committed and merged.

Each page's cards follow a line with their number and a checksum, and the file ends with a line
`end`, so a truncated file or lost lines are detected. The checksums are per page, so
that branches that changed different pages merge without a conflict.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.identity.lock import LOCK_VERSION, Entry, Lock, sort_order
from generator.identity.lock_lines import escape, format_entry

_HEADER = "# Made by admonki; commit it with the pages. docs: identity"


def format_lock(lock: Lock) -> str:
    """Write a lock as text.

    Args:
        lock: What to remember.

    Returns:
        Lines that end in LF; the same lock always gives the same text.
    """
    return "\n".join((*_head(lock), *_types(lock), *_cards(lock.entries), "end", ""))


def page_line(page: str, lines: Iterable[str]) -> str:
    """Write the line above the cards of a page.

    Args:
        page: The page.
        lines: Those of its cards, without line ends.
    """
    held = tuple(lines)
    checksum = zlib.crc32("\n".join(held).encode("utf-8", "surrogatepass"))
    return f"page\t{escape(page)}\t{len(held)}\t{checksum:08x}"


def _head(lock: Lock) -> Iterator[str]:
    yield _HEADER
    yield f"version\t{LOCK_VERSION}"
    yield f"project\t{lock.project.id}\t{escape(lock.project.name)}"


def _types(lock: Lock) -> Iterator[str]:
    for kind in sorted(lock.note_types, key=lambda kind: kind.name):
        cells = (escape(kind.name), kind.schema, kind.style, str(kind.mod_s), kind.version)
        yield "\t".join(("type", *cells))


def _cards(entries: Iterable[Entry]) -> Iterator[str]:
    for page, held in groupby(sorted(entries, key=sort_order), key=lambda entry: entry.page):
        lines = [format_entry(entry) for entry in held]
        yield page_line(page, lines)
        yield from lines
