"""Read `markdown_extensions` of a site into the typed record of extensions."""

from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import fields, replace

from generator.config.document import ConfigDocument, Keys
from generator.config.extensions import (
    HARMLESS,
    BlockType,
    Extensions,
    On,
    Pairs,
    fields_of,
    name_of,
)
from generator.config.schema import describe_type
from generator.config.slug_style import SlugStyle
from generator.config.slugs import read_slug_style
from generator.errors import Diagnostic, Location


class Entry(Struct, frozen=True):
    """One extension of the list.

    Attributes:
        name: As listed.
        options: As given.
        keys: The way to it in the document.
    """

    name: str
    options: Mapping[str, object]
    keys: Keys


class ReadExtensions(Struct, frozen=True):
    """The extensions of a site, where each of them and of its options was set, and what is wrong.

    Attributes:
        extensions: Typed.
        origins: `arithmatex` or `arithmatex.smart_dollar` → its place.
        problems: Options of a wrong type.
    """

    extensions: Extensions
    origins: Mapping[str, Location]
    problems: tuple[Diagnostic, ...]


_ON = frozenset({"1", "on", "true", "y", "yes"})
_OFF = frozenset({"", "0", "false", "n", "no", "none", "off"})
_TABLES = ("pymdownx", "pymdownx.blocks")
"""Tables of TOML, which nests at the dots."""


class _WrongOptionError(Exception):
    """An option has the wrong type; the argument names the expected one."""


def entries(value: object, way: Keys) -> Iterator[Entry]:
    """Yield `- name`, `- name: {options}`, `name: {options}` and the nested tables of TOML.

    Args:
        value: Of `markdown_extensions` or `plugins`.
        way: The keys that lead to it.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            keys = (*way, str(index))
            if isinstance(item, str):
                yield Entry(item, {}, keys)
            elif isinstance(item, dict):
                yield from _named(item, keys)
    elif isinstance(value, dict):
        yield from _named(value, way)


def _named(items: Mapping[str, object], way: Keys) -> Iterator[Entry]:
    for name, options in items.items():
        given = options if isinstance(options, dict) else {}
        yield Entry(name, given, (*way, name))
        if name in _TABLES:
            nested = {f"{name}.{inner}": value for inner, value in given.items()}
            for entry in _named(nested, ()):
                tail = entry.name.removeprefix(f"{name}.")
                yield replace(entry, keys=(*way, name, *tail.split(".")))


def read_extensions(
    listed: Iterator[Entry], document: ConfigDocument, usual: Extensions
) -> ReadExtensions:
    """Return the extensions of a site.

    Args:
        listed: Its entries, in order.
        document: Where they are.
        usual: What is enabled without being listed.
    """
    found = usual
    origins: dict[str, Location] = {}
    problems: list[Diagnostic] = []
    for entry in listed:
        names = fields_of(entry.name)
        if not names and _may_change_pages(entry.name):
            problems.append(_unread(entry, document))
        for name in names:
            kind = _kind_of(name)
            options, read = _read_options(entry, kind, document, problems)
            found = replace(found, **{name: options})
            origins[name] = document.at_key(*entry.keys)
            origins |= {f"{name}.{option}": place for option, place in read.items()}
    if found.quotes and found.quotes.callouts:
        found = replace(found, callouts=On())
    return ReadExtensions(found, origins, tuple(problems))


def _may_change_pages(extension: str) -> bool:
    name = extension.removeprefix("markdown.extensions.")
    return name not in HARMLESS and name not in _TABLES


def _unread(entry: Entry, document: ConfigDocument) -> Diagnostic:
    return Diagnostic(
        document.at_key(*entry.keys),
        "W809",
        f"the Markdown extension {entry.name} is not read; cards are made without it",
        'check the cards of pages that need it; ignore = ["W809"] silences this',
    )


def _kind_of(name: str) -> type:
    hint = get_type_hints(Extensions)[name]
    kind: type = get_args(hint)[0] if isinstance(hint, UnionType) else hint
    return kind


def _read_options(
    entry: Entry, kind: type, document: ConfigDocument, problems: list[Diagnostic]
) -> tuple[object, dict[str, Location]]:
    """Return the options of one extension, and the places of those that were given."""
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    places: dict[str, Location] = {}
    for option in fields(kind):
        name = option.encode_name
        if name not in entry.options:
            continue
        place = document.at_value(*entry.keys, name)
        try:
            values[option.name] = _convert(entry.options[name], hints[option.name], entry)
        except _WrongOptionError as error:
            raw = describe_type(entry.options[name])
            message = f'"{name}" of {name_of_entry(entry)} must be {error}, not {raw}'
            problems.append(Diagnostic(place, "E804", message))
            continue
        places[option.name] = document.at_key(*entry.keys, name)
    if "slugify" in hints and "separator" in entry.options:
        values.setdefault("slugify", read_slug_style(entry.options))
        places.setdefault("slugify", document.at_key(*entry.keys, "separator"))
    return kind(**values), places


def name_of_entry(entry: Entry) -> str:
    """Return the name of an extension in messages."""
    names = fields_of(entry.name)
    return name_of(names[0]) if len(names) == 1 else entry.name


def _convert(raw: object, kind: object, entry: Entry) -> object:
    if kind is SlugStyle:
        return read_slug_style(entry.options)
    return _CONVERT[kind](raw)


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
    """Read names, and tables with `name`, `class` and `title` (`types` of blocks)."""
    if not isinstance(raw, list | None):
        raise _WrongOptionError("a list of names or tables")
    return tuple(_block_type(item) for item in raw or () if _string_of(item, "name"))


def _block_type(item: object) -> BlockType:
    given = (_string_of(item, key) for key in ("name", "class", "title"))
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


_CONVERT: Mapping[object, Callable[[object], object]] = {
    bool: _boolean,
    bool | None: _switch,
    str: _string,
    int: _number,
    tuple[str, ...]: _strings,
    tuple[BlockType, ...]: _block_types,
    Pairs: _pairs,
}
