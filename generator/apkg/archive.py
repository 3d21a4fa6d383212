"""A package as a zip: fixed order, fixed dates, deflated; the same bytes for the same input.

What is compressed already, pictures and fonts, is stored as it is. What is large is deflated in
pieces of a fixed size, by several threads at once; one after the other they are one stream.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from mmap import mmap
from typing import Any, TypeAlias

from generator.apkg.fingerprint import seal

Share: TypeAlias = Callable[..., Iterator[Any]]
_COMPRESSED = (".woff2", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp3", ".mp4", ".ogg")
COLLECTION = "collection.anki2"
MEDIA_INDEX = "media"
_DEFLATED = zipfile.ZIP_DEFLATED
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
_LEVEL = 3  # measured on cards full of formulas: level 6 takes twice as long for 15 % less
_PIECE = 1 << 22  # bytes
_WINDOW = 1 << 15  # how far back deflate looks


def make_archive(
    *,
    collection: bytes | mmap,
    media: Sequence[tuple[str, bytes]],
    comment: bytes,
    share: Share,
) -> bytes:
    """Make an .apkg in the legacy layout that every Anki client reads.

    Args:
        collection: What becomes `collection.anki2`, in memory or mapped from a file.
        media: Names and bytes, in order.
        comment: See `fingerprint.make_comment`.
        share: `map`, or one that lets threads share the work; the bytes are the same.

    Returns:
        The bytes of the file, sealed.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        _add_deflated(package, stream, COLLECTION, collection, share)
        _add(package, MEDIA_INDEX, media_index(media))
        for number, (name, data) in enumerate(media):
            is_packed = name.lower().endswith(_COMPRESSED)
            _add(package, str(number), data, zipfile.ZIP_STORED if is_packed else _DEFLATED)
        package.comment = comment
    with stream.getbuffer() as whole:
        seal(whole)
    return stream.getvalue()


def media_index(media: Sequence[tuple[str, bytes]]) -> bytes:
    """Say which numbered entry is which file.

    Args:
        media: Names and bytes, in order.
    """
    return json.dumps({str(number): name for number, (name, _) in enumerate(media)}).encode()


def _add(package: zipfile.ZipFile, name: str, data: bytes, method: int = _DEFLATED) -> None:
    package.writestr(_entry(name, method), data, compresslevel=_LEVEL)


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.create_system = 3  # Unix on every system
    entry.external_attr = 0o644 << 16
    return entry


def _add_deflated(
    package: zipfile.ZipFile, stream: io.BytesIO, name: str, data: bytes | mmap, share: Share
) -> None:
    """Add what was deflated before: as bytes to store, whose header then says what they are."""
    entry = _entry(name, zipfile.ZIP_STORED)
    with memoryview(data) as view:
        is_large = len(view) > zipfile.ZIP64_LIMIT
        checksum = share(zlib.crc32, [view])
        with package.open(entry, "w", force_zip64=is_large) as file:
            for piece in share(partial(_deflate, view), range(0, len(view), _PIECE)):
                file.write(piece)
        (entry.CRC,) = checksum
        entry.compress_type, entry.file_size = _DEFLATED, len(view)
    end = stream.tell()
    stream.seek(entry.header_offset)
    stream.write(entry.FileHeader(zip64=is_large))
    stream.seek(end)


def _deflate(data: memoryview, start: int) -> bytes:
    """Deflate a piece as the part of one stream: with what stands before it in sight."""
    end = start + _PIECE
    before = data[max(0, start - _WINDOW) : start]
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    is_last = end >= len(data)
    packed = stream.compress(data[start:end])
    return packed + stream.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)
