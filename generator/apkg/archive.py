"""A package as a zip: fixed order, fixed dates, deflated; the same bytes for the same input."""

import json
import zipfile
from collections.abc import Sequence
from typing import BinaryIO

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
_LEVEL = 6


def write_archive(
    stream: BinaryIO, *, collection: bytes, media: Sequence[tuple[str, bytes]]
) -> None:
    """Write an .apkg in the legacy layout that every Anki client reads.

    Args:
        stream: Open for writing in binary.
        collection: Bytes of `collection.anki2`.
        media: Names and bytes, in order.
    """
    index = {str(number): name for number, (name, _) in enumerate(media)}
    with zipfile.ZipFile(stream, "w") as package:
        _add(package, "collection.anki2", collection)
        _add(package, "media", json.dumps(index).encode())
        for number, (_, data) in enumerate(media):
            _add(package, str(number), data)


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix on every system
    entry.external_attr = 0o644 << 16
    package.writestr(entry, data, compresslevel=_LEVEL)
