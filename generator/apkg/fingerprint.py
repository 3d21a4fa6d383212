"""Detect packages on disk that a build would write again unchanged; these are skipped.

Each package carries, as the comment of its zip, a hash of its inputs, its counts, and a checksum of
its own bytes. Hash and checksum must both match: the first shows that nothing changed, the second
that the file is intact. So a build without changes only reads files.
"""

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from generator.apkg.notetypes import NoteType
from generator.apkg.rows import Row
from generator.fields import note_deck
from generator.files import PACKAGE, open_file
from generator.version import __version__

_COMMENT = re.compile(rb"admonki ([0-9a-f]{32}) (\d+) (\d+) (\d+) (\d+) ([0-9a-f]{8})\Z")
_LONGEST = 200
_PIECE = 1 << 16
_CHECKSUM = 8  # hexadecimal digits, at the very end of the file


class Counts(Struct, frozen=True):
    """The number of items in a package."""

    notes: int
    cards: int
    decks: int
    media: int


def hash_content(
    rows: Iterable[Row],
    *,
    note_types: Sequence[NoteType],
    media: Sequence[tuple[str, bytes]],
) -> str:
    """Hash all that the bytes of a package depend on.

    Args:
        rows: In order.
        note_types: With `mod_s`.
        media: Names and bytes in order.

    Returns:
        Hexadecimal digits.
    """
    digest = hashlib.blake2b(digest_size=16)
    kinds = [(kind.fingerprint, kind.mod_s) for kind in note_types]
    digest.update(repr((__version__, kinds)).encode())
    for name, data in media:
        digest.update(f"{name}\x1e{_hash(data)}\x1e".encode())
    text = "\x1e".join(map(_describe, rows))
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@lru_cache(maxsize=8)  # the theme's files go into every package
def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _describe(row: Row) -> str:
    """A whole row on one line, with fields, tags and note type as a hash."""
    known = row.note
    ids = (row.id, row.note_type, row.deck_id, known.due, known.mod_s)
    return f"{known.guid}\x1f{ids}\x1f{note_deck(known.note)}\x1f{known.content_hash}"


def make_comment(content_hash: str, counts: Counts) -> bytes:
    """Make the comment of a zip, with a placeholder for the checksum.

    Args:
        content_hash: From `hash_content`.
        counts: What the package holds.
    """
    numbers = " ".join(str(number) for number in astuple(counts))
    return f"admonki {content_hash} {numbers} {'0' * _CHECKSUM}".encode()


def seal(package: memoryview) -> None:
    """Write the checksum of a package's bytes at its end.

    Args:
        package: A whole zip whose comment is `make_comment`'s; changed in place.
    """
    package[-_CHECKSUM:] = _checksum(package)


def find_current(path: Path, content_hash: str, *, is_whole: bool = False) -> Counts | None:
    """Check whether the same package is already on disk, intact.

    Args:
        path: Where the package is or will be.
        content_hash: What it should be made of.
        is_whole: Whether its checksum need not be checked.

    Returns:
        What it holds, or None when it must be written.
    """
    try:
        with open_file(path, most=PACKAGE) as file:
            found = _read_comment(file)
            if found is None or found[1] != content_hash.encode():
                return None
            if not is_whole and found[6] != _read_sum(file):
                return None
    except OSError:
        return None
    return Counts(*(int(found[group]) for group in range(2, 6)))


def is_ours(path: Path) -> bool:
    """Whether a file exists and is a package written by admonki."""
    try:
        with open_file(path, most=PACKAGE) as file:
            return _read_comment(file) is not None
    except OSError:
        return False


def _read_comment(file: BufferedReader) -> re.Match[bytes] | None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST))
    return _COMMENT.search(file.read())


def _read_sum(file: BufferedReader) -> bytes:
    """Checksum of a file without its end, read piece by piece into one buffer."""
    left = file.seek(0, os.SEEK_END) - _CHECKSUM
    file.seek(0)
    piece = memoryview(bytearray(_PIECE))
    checksum = 0
    while left > 0 and (size := file.readinto(piece[:left])):
        checksum = zlib.crc32(piece[:size], checksum)
        left -= size
    return f"{checksum:08x}".encode()


def _checksum(package: memoryview) -> bytes:
    return f"{zlib.crc32(package[:-_CHECKSUM]):08x}".encode()
