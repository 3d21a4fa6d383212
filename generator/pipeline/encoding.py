"""Frozen values as bytes, for the cache: JSON after a checksum, read back by the fields' types.

Reading makes the classes that the expected type names and nothing else, so no file in a cache can
run code, whoever wrote it. A few bytes of MessagePack, which is smaller, can announce gigabytes.
"""

import zlib
from pathlib import Path, PurePath
from typing import Any, TypeVar

from msgspec import MsgspecError
from msgspec.json import Decoder, Encoder

_MAGIC = b"admonki-6\n"
_START = len(_MAGIC) + 4  # the checksum is in between

T = TypeVar("T")


def encode(value: object) -> bytes | None:
    """Make bytes of a value.

    Args:
        value: Of our frozen classes, tuples, sets, texts, numbers, enumerations and paths.

    Returns:
        The bytes; None for a value that names a file whose name is not UTF-8.
    """
    try:
        data = _ENCODER.encode(value)
    except UnicodeEncodeError:
        return None
    return b"".join((_MAGIC, _checksum(data), data))


def decode(data: bytes, kind: type[T]) -> T | None:
    """Make the value again.

    Args:
        data: From `encode`, or anything else.
        kind: Class of the value.

    Returns:
        The value; None for bytes that are damaged, or hold something else.
    """
    body = data[_START:]
    if data[:_START] != _MAGIC + _checksum(body):
        return None
    try:
        return Decoder(kind, dec_hook=_path).decode(body)
    except (MsgspecError, UnicodeError, RecursionError):
        return None


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def _plain(value: object) -> str:
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be cached")


_ENCODER = Encoder(enc_hook=_plain, order="deterministic")


def _path(_kind: type, value: Any) -> Path:
    """Make what JSON has no form for, which is a path: no other class is in our values."""
    return Path(value)
