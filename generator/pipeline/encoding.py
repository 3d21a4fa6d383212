"""Frozen values as bytes: between processes, and in the cache.

A pickle that holds each of our values as its class and the values of its fields, in order (half
the time that dataclasses take by themselves), after a checksum. Read back, it makes our own
values and nothing else, so that no file in a cache can run code.
"""

import io
import pickle
import sys
import zlib
from enum import Enum
from operator import attrgetter
from pathlib import PosixPath, WindowsPath
from typing import TypeVar

_MAGIC = b"admonki-2\n"
_CHECKSUM = 4  # bytes
# The only classes in a value that are not ours.
_FOREIGN = frozenset(
    (kind.__module__, kind.__qualname__) for kind in (frozenset, PosixPath, WindowsPath)
)

T = TypeVar("T")


def encode(value: object) -> bytes:
    """Make bytes of a value.

    Args:
        value: Of our frozen dataclasses, tuples, strings, numbers, paths and the like.
    """
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    data = stream.getvalue()
    return b"".join((_MAGIC, _checksum(data), data))


def decode(data: bytes, kind: type[T]) -> T | None:
    """Make the value again.

    Args:
        data: From `encode`, or anything else.
        kind: Class of the value.

    Returns:
        The value; None for bytes that are damaged, or hold something else.
    """
    start = len(_MAGIC) + _CHECKSUM
    body = memoryview(data)[start:]
    if not data.startswith(_MAGIC) or data[len(_MAGIC) : start] != _checksum(body):
        return None
    try:
        value = _Unpickler(io.BytesIO(body)).load()
    except Exception:  # whatever strange bytes do, they count as none
        return None
    return value if isinstance(value, kind) else None


def _checksum(data: bytes | memoryview) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> tuple[type, tuple[object, ...]]:
        """Take a dataclass as the call that makes it, and a member of an enum by its value."""
        if isinstance(value, Enum):  # Python 3.11.2 would take it as an attribute of its class
            return type(value), (value.value,)
        names = getattr(type(value), "__dataclass_fields__", ())
        if len(names) < 2:  # `attrgetter` of one name gives no tuple
            return NotImplemented  # type: ignore[no-any-return] # for pickle: as usual
        return type(value), attrgetter(*names)(value)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """The class that a value names, when it is one of ours."""
        found = getattr(sys.modules.get(module), name, None)
        is_ours = module.startswith("generator.") and isinstance(found, type)
        if is_ours or (module, name) in _FOREIGN:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")
