"""Read admonki's own settings: names and types come from the fields of `Config`."""

import re
import types
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from generator.config.document import ConfigDocument, Keys
from generator.config.settings import INTERNAL, Config, Origin
from generator.errors import Diagnostic
from generator.files import is_path

_CODE = re.compile(r"[EWL]\d{3}")


class WrongValueError(Exception):
    """A value does not fit its field.

    Attributes:
        expected: The expected value, as the end of a sentence (`a list of strings`).
        keys: Where the error is inside the value.
        is_type: Whether the type is wrong rather than the choice.
    """

    def __init__(self, expected: str, *keys: str, is_type: bool = True) -> None:
        super().__init__(expected)
        self.expected = expected
        self.keys = keys
        self.is_type = is_type


class Layer(Struct, frozen=True):
    """Values of one source of settings, typed, with their origins."""

    values: Mapping[str, object]
    origins: Mapping[str, Origin]


def setting_types() -> Mapping[str, object]:
    """Return the type of every field that a configuration file may set, by name."""
    hints = get_type_hints(Config)
    return {name: hints[name] for name in Config.__struct_fields__ if name not in INTERNAL}


def read_layer(
    document: ConfigDocument, table: Keys, root: Path, *, known: frozenset[str] | None = None
) -> tuple[Layer, tuple[Diagnostic, ...]]:
    """Return what one file sets, and what is wrong with it.

    Args:
        document: The file.
        table: The way to the table with the settings; `()` for the whole file.
        root: What relative paths are relative to.
        known: The keys that are allowed there; None = all.
    """
    types = setting_types()
    if known is not None:
        types = {name: types[name] for name in types if name in known}
    values: dict[str, object] = {}
    origins: dict[str, Origin] = {}
    problems: list[Diagnostic] = []
    for name, raw in (document.table(*table) or {}).items():
        if name not in types:
            problems.append(_unknown(document, (*table, name), types))
            continue
        try:
            values[name] = _check(name, _convert(raw, types[name], root))
        except WrongValueError as error:
            problems.append(_wrong(document, (*table, name), raw, error))
            continue
        place = document.at_key(*table, name)
        origins[name] = Origin(str(place), document.is_secret(*table, name))
    return Layer(values, origins), tuple(problems)


def near_name(name: str, known: Mapping[str, object]) -> str:
    """Return `did you mean "x"?` for the nearest known name, or an empty string."""
    from difflib import get_close_matches

    near = get_close_matches(name.replace("-", "_").lower(), known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def _unknown(document: ConfigDocument, way: Keys, known: Mapping[str, object]) -> Diagnostic:
    hint = near_name(way[-1], known) or f"known keys: {', '.join(known)}"
    return Diagnostic(document.at_key(*way), "E803", f'unknown key "{way[-1]}"', hint)


def _wrong(document: ConfigDocument, way: Keys, raw: object, error: WrongValueError) -> Diagnostic:
    place = document.at_value(*way, *error.keys)
    if not error.is_type:
        return Diagnostic(place, "E805", f'"{way[-1]}" must be {error.expected}')
    for key in error.keys:
        raw = _inside(raw, key)
    message = f'"{way[-1]}" must be {error.expected}, not {describe_type(raw)}'
    return Diagnostic(place, "E804", message)


def _inside(raw: object, key: str) -> object:
    if isinstance(raw, dict):
        return raw.get(key)
    return raw[int(key)] if isinstance(raw, list) else raw


def describe_type(value: object) -> str:
    """Name a value's type in the terms of a configuration file."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string"}
    names |= {list: "a list", dict: "a table", type(None): "nothing"}
    return names.get(type(value), "a date" if hasattr(value, "isoformat") else "a Python object")


def _convert(raw: object, kind: object, root: Path) -> object:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return _convert(raw, get_args(kind)[0], root)
    if origin is tuple:
        return tuple(_items(raw, get_args(kind)[0], root))
    if origin is frozenset:
        return frozenset(_items(raw, str, root))
    if origin is Mapping:
        return _strings(raw)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(raw, kind)
    return _SCALARS[kind](raw, root)


def _items(raw: object, kind: object, root: Path) -> Iterator[object]:
    name = "a list of paths" if kind is Path else "a list of strings"
    if not isinstance(raw, list):
        raise WrongValueError(name)
    for index, item in enumerate(raw):
        try:
            yield _convert(item, kind, root)
        except WrongValueError:
            raise WrongValueError(name, str(index)) from None


def _strings(raw: object) -> Mapping[str, str]:
    if not isinstance(raw, dict):
        raise WrongValueError("a table of strings")
    for key, value in raw.items():
        if not isinstance(value, str):
            raise WrongValueError("a table of strings", key)
    return raw


def _choice(raw: object, kind: type[StrEnum]) -> StrEnum:
    choices = " or ".join(f'"{item.value}"' for item in kind)
    if not isinstance(raw, str):
        raise WrongValueError(choices)
    if raw not in {item.value for item in kind}:
        raise WrongValueError(choices, is_type=False)
    return kind(raw)


def _string(raw: object, _root: Path) -> str:
    if not isinstance(raw, str):
        raise WrongValueError("a string")
    return raw


def _path(raw: object, root: Path) -> Path:
    if not isinstance(raw, str):
        raise WrongValueError("a path")
    if not is_path(raw):
        raise WrongValueError("a path", is_type=False)
    return root / raw


def _boolean(raw: object, _root: Path) -> bool:
    if not isinstance(raw, bool):
        raise WrongValueError("true or false")
    return raw


def _whole_number(raw: object, _root: Path) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise WrongValueError("a number")
    if not isinstance(raw, int):
        raise WrongValueError("a whole number", is_type=False)
    return raw


_SCALARS: Mapping[object, Callable[[object, Path], object]] = {
    str: _string,
    Path: _path,
    bool: _boolean,
    int: _whole_number,
}


def _check(name: str, value: object) -> object:
    """Convert a value of the right type to the form of its field."""
    if name == "macros" and isinstance(value, Mapping):
        return {f"\\{key.lstrip(chr(92))}": body for key, body in value.items()}
    if name == "ignore" and isinstance(value, frozenset):
        _check_codes(value)
    if name == "site_url" and isinstance(value, str):
        return _check_url(value)
    return value


def _check_codes(codes: frozenset[str]) -> None:
    if not all(_CODE.fullmatch(code) for code in codes):
        raise WrongValueError('a list of codes such as "W301"', is_type=False)


def _check_url(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise WrongValueError("a URL that starts with http:// or https://", is_type=False)
    return value
