"""Frozen values as bytes, for the cache: JSON after a checksum, read back by the fields' types.

A dataclass is the list of its fields' values, in order. Reading makes the classes that the
expected type names and nothing else, so no file in a cache can run code, whoever wrote it. The
types also say what a text is (an enumeration, a path), so the file holds no names of classes.
"""

import json
import types
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter, itemgetter
from pathlib import Path, PurePath
from typing import Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

_MAGIC = b"admonki-5\n"
_CHECKSUM = 4  # bytes
_TEXT: Final = frozenset({str})
_PLAIN: Final = (str, int, float, bool, type(None))

T = TypeVar("T")
Json: TypeAlias = Any
"""What `json` reads; the decoders check it."""
_Read: TypeAlias = Callable[[Json], object]


def encode(value: object) -> bytes:
    """Make bytes of a value.

    Args:
        value: Of our frozen dataclasses, tuples, sets, texts, numbers, enumerations and paths.
    """
    data = pack(value).encode("utf-8", "surrogatepass")
    return b"".join((_MAGIC, _checksum(data), data))


def pack(value: object) -> str:
    """Make a text of a value, for a part of another value that few readers ask for.

    Args:
        value: See `encode`.
    """
    return _ENCODER.encode(value)


def unpack(text: str, kind: type[T]) -> T:
    """Make the value again.

    Args:
        text: From `pack`.
        kind: Type of the value.

    Raises:
        ValueError, TypeError, LookupError, RecursionError: For a text that holds something else.
    """
    return cast(T, _reader(cast(Any, kind))(json.loads(text)))


def decode(data: bytes, kind: type[T]) -> T | None:
    """Make the value again.

    Args:
        data: From `encode`, or anything else.
        kind: Class of the value.

    Returns:
        The value; None for bytes that are damaged, or hold something else.
    """
    start = len(_MAGIC) + _CHECKSUM
    body = data[start:]
    if not data.startswith(_MAGIC) or data[len(_MAGIC) : start] != _checksum(body):
        return None
    try:
        return unpack(body.decode("utf-8", "surrogatepass"), kind)
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")


def _row(value: object) -> object:
    """Return what JSON can hold of a value that it does not know."""
    return _row_of(cast(Any, type(value)))(value)


_ENCODER = json.JSONEncoder(
    default=_row, ensure_ascii=False, separators=(",", ":"), check_circular=False
)


@cache
def _row_of(kind: Any) -> Callable[[Any], object]:
    if is_dataclass(kind):
        return _values_of(kind)
    if issubclass(kind, frozenset):
        return sorted
    if issubclass(kind, PurePath):
        return str
    raise TypeError(f"{kind.__name__} cannot be cached")


def _values_of(kind: Any) -> Callable[[object], object]:
    names = [field.name for field in fields(kind)]
    if len(names) == 1:  # `attrgetter` of one name gives no tuple
        get = attrgetter(names[0])
        return lambda value: (get(value),)
    return attrgetter(*names)


@cache
def _reader(kind: Any) -> _Read:
    """Return what makes a value of a type from JSON; it raises for what is of another."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union_reader(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return _sequence_reader(arguments[0], tuple)
    if origin is tuple:
        return _row_reader(tuple(map(_reader, arguments)), lambda *values: values)
    if origin is frozenset:
        return _sequence_reader(arguments[0], frozenset)
    if origin is Mapping:
        return _mapping_reader(_reader(arguments[1]))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = tuple(_reader(hints[field.name]) for field in fields(kind))
        return _row_reader(readers, cast(Callable[..., object], kind))
    return _value_reader(kind)


def _value_reader(kind: Any) -> _Read:
    if kind is str:
        return _text
    if kind in _PLAIN:
        return lambda value: value if type(value) is kind else _refuse(value)
    if issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        return members.__getitem__
    if issubclass(kind, PurePath):
        return lambda value: Path(value) if isinstance(value, str) else _refuse(value)
    raise TypeError(f"{kind} cannot be cached")


def _sequence_reader(kind: Any, make: Callable[[Any], object]) -> _Read:
    if kind is str:
        return lambda value: make(
            _list(value) if set(map(type, value)) <= {str} else _refuse(value)
        )
    read = _reader(kind)
    return lambda value: make([read(item) for item in _list(value)])


def _mapping_reader(read: _Read) -> _Read:
    """Keys are texts, as JSON has no others."""

    def read_all(value: Json) -> object:
        if type(value) is not dict:
            _refuse(value)
        return {key: read(item) for key, item in value.items()}

    return read_all


def _list(value: Json) -> list[Json]:
    return value if type(value) is list else _refuse(value)


def _row_reader(readers: Sequence[_Read], make: Callable[..., object]) -> _Read:
    """Texts, most of all values, are checked together; the others one by one."""
    texts = [index for index, reader in enumerate(readers) if reader is _text]
    others = [(index, reader) for index, reader in enumerate(readers) if reader is not _text]
    texts_of = itemgetter(*texts) if len(texts) > 1 else lambda row: [row[at] for at in texts]

    def read(row: Json) -> object:
        if len(_list(row)) != len(readers) or not _TEXT.issuperset(map(type, texts_of(row))):
            _refuse(row)
        for index, reader in others:
            row[index] = reader(row[index])
        return make(*row)

    return read


def _text(value: Json) -> object:
    return value if type(value) is str else _refuse(value)


def _union_reader(kinds: tuple[Any, ...]) -> _Read:
    """Members differ by what JSON makes of them: a dataclass is a list, an enumeration a text."""
    readers = {_json_type(kind): _reader(kind) for kind in kinds}
    return lambda value: readers[type(value)](value)


def _json_type(kind: Any) -> type:
    if kind in _PLAIN:
        return cast(type, kind)
    return str if isinstance(kind, type) and issubclass(kind, (Enum, PurePath)) else list


def _refuse(value: object) -> Any:
    raise ValueError(value)
