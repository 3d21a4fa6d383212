"""Read the options of one Markdown extension into its typed record."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from generator.config.document import ConfigDocument
from generator.config.entries import Entry
from generator.config.extensions import (
    BlockType,
    Lists,
    Pairs,
    RepositoryHost,
    fields_of,
    name_of,
    options_type,
)
from generator.config.other_options import OTHER_OPTIONS, UNFOLLOWED
from generator.config.schema import describe_type, near_name
from generator.config.slug_style import SlugStyle
from generator.config.slugs import read_slug_style
from generator.errors import Diagnostic, Location

_ON = frozenset({"1", "on", "true", "y", "yes"})
_OFF = frozenset({"", "0", "false", "n", "no", "none", "off"})


class _WrongOptionError(Exception):
    """An option has the wrong type; the argument names the expected one."""


class ReadOptions(Struct, frozen=True):
    """The options of an extension.

    Attributes:
        options: Typed: the value of a field of `Extensions`.
        places: Name of each option that was given → its place.
        problems: Options that are unknown, of a wrong type, or not followed.
    """

    options: object
    places: Mapping[str, Location]
    problems: tuple[Diagnostic, ...]


def read_options(entry: Entry, field: str, document: ConfigDocument) -> ReadOptions:
    """Return the options of one extension.

    Args:
        entry: Of the site's list.
        field: Of `Extensions`.
        document: Where the list is.
    """
    kind = options_type(field)
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    places: dict[str, Location] = {}
    problems = [*_unknown(entry, field, kind, document), *_unfollowed(entry, field, document)]
    for option in fields(kind):
        name = option.encode_name
        if name not in entry.options:
            continue
        try:
            values[option.name] = _convert(entry.options[name], hints[option.name], entry)
        except _WrongOptionError as error:
            is_choice = get_origin(hints[option.name]) is Literal
            given = "" if is_choice else f", not {describe_type(entry.options[name])}"
            message = f'"{name}" of {_name_of_entry(entry)} must be {error}{given}'
            place = document.at_value(*entry.keys, name)
            problems.append(Diagnostic(place, "E805" if is_choice else "E804", message))
            continue
        places[option.name] = document.at_key(*entry.keys, name)
    if "slugify" in hints and "separator" in entry.options:
        values.setdefault("slugify", read_slug_style(entry.options))
        places.setdefault("slugify", document.at_key(*entry.keys, "separator"))
    return ReadOptions(kind(**values), places, tuple(problems))


def _unknown(
    entry: Entry, field: str, kind: type, document: ConfigDocument
) -> Iterator[Diagnostic]:
    """Yield the options that the extension does not have."""
    known = {option.encode_name: None for option in fields(kind)}
    known |= dict.fromkeys(OTHER_OPTIONS.get(field, ()))
    for name in entry.options:
        if name not in known:
            message = f'{_name_of_entry(entry)} has no option "{name}"'
            hint = near_name(name, known) or f"its options: {', '.join(sorted(known)) or 'none'}"
            yield Diagnostic(document.at_key(*entry.keys, name), "W811", message, hint)


def _unfollowed(entry: Entry, field: str, document: ConfigDocument) -> Iterator[Diagnostic]:
    """Yield the options that would make a card read differently if they were followed."""
    for option, instead in UNFOLLOWED.get(field, {}).items():
        if not _is_usual(entry.options.get(option)):
            message = f'"{option}" of {_name_of_entry(entry)} is not followed: {instead}'
            hint = 'check the cards of pages that need it; ignore = ["W809"] silences this'
            yield Diagnostic(document.at_key(*entry.keys, option), "W809", message, hint)


def _is_usual(value: object) -> bool:
    """Whether an option says what cards do anyway; `math` has a rule of its own."""
    if isinstance(value, list):
        return all(_string_of(item, "name") == "math" for item in value)
    return str(value or "").lower() in _OFF | {"utf-8", "utf8"}


def _name_of_entry(entry: Entry) -> str:
    """Return the name of an extension in messages."""
    names = fields_of(entry.name)
    return name_of(names[0]) if len(names) == 1 else entry.name


def _convert(raw: object, kind: object, entry: Entry) -> object:
    if kind is SlugStyle:
        return read_slug_style(entry.options)
    if get_origin(kind) is Literal:
        return _choice(raw, get_args(kind))
    return _CONVERT[kind](raw)


def _choice(raw: object, allowed: tuple[str, ...]) -> str:
    """Read one of several words."""
    if isinstance(raw, str) and raw in allowed:
        return raw
    raise _WrongOptionError(" or ".join(f'"{item}"' for item in allowed))


def _boolean(raw: object) -> bool:
    """Read a switch with the words that Python-Markdown's `parseBoolValue` knows."""
    word = str(raw).lower()
    if word in _ON or word in _OFF:
        return word in _ON
    raise _WrongOptionError("true or false")


def _string(raw: object) -> str:
    if raw is None or isinstance(raw, str | int | float):
        return "" if raw is None else str(raw)
    raise _WrongOptionError("a string")


def _switch(raw: object) -> bool | None:
    """Read what is on, off, or neither; codehilite's `table` and `inline` are on."""
    is_open = raw is None or str(raw).lower() == "none"
    return None if is_open else _boolean(raw in ("table", "inline") or raw)


def _number(raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise _WrongOptionError("a number")


def _strings(raw: object) -> tuple[str, ...]:
    """Read one string or a list of them."""
    if isinstance(raw, str):
        return (raw,)
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise _WrongOptionError("a list of strings")
    return tuple(item for item in raw if isinstance(item, str))


def _block_types(raw: object) -> tuple[BlockType, ...]:
    """Read names, and tables with `name` and more (`types` of blocks)."""
    if not isinstance(raw, list | None):
        raise _WrongOptionError("a list of names or tables")
    return tuple(_block_type(item) for item in raw or () if _string_of(item, "name"))


def _block_type(item: object) -> BlockType:
    given = (_string_of(item, key) for key in ("name", "class", "title", "prefix"))
    return BlockType(*given)


def _string_of(item: object, key: str) -> str:
    value = item.get(key) if isinstance(item, dict) else item if key == "name" else ""
    return value if isinstance(value, str) else ""


def _pairs(raw: object) -> Pairs:
    if raw is None:
        return ()
    if not isinstance(raw, dict):
        raise _WrongOptionError("a table of strings")
    named = {
        key: value.get("title", "") if isinstance(value, dict) else value
        for key, value in raw.items()
    }
    return tuple((str(key), str(value)) for key, value in named.items())


def _keys(raw: object) -> frozenset[str]:
    return frozenset(name for name, value in _table(raw).items() if value)


def _lists(raw: object) -> Lists:
    return tuple((name, _strings(value)) for name, value in _table(raw).items())


def _repository_hosts(raw: object) -> tuple[RepositoryHost, ...]:
    return tuple(
        RepositoryHost(name, _string_of(value, "host"), _string_of(value, "type"))
        for name, value in _table(raw).items()
    )


def _table(raw: object) -> Mapping[str, object]:
    if not isinstance(raw, dict | None):
        raise _WrongOptionError("a table")
    return {str(key): value for key, value in (raw or {}).items()}


_CONVERT: Mapping[object, Callable[[object], object]] = {
    bool: _boolean,
    bool | None: _switch,
    str: _string,
    int: _number,
    tuple[str, ...]: _strings,
    frozenset[str]: _keys,
    tuple[BlockType, ...]: _block_types,
    Pairs: _pairs,
    Lists: _lists,
    tuple[RepositoryHost, ...]: _repository_hosts,
}
