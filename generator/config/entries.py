"""The lists of extensions and of plugins in a site's configuration, in each of their forms."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.config.document import ConfigDocument, Keys
from generator.config.schema import describe_type
from generator.errors import Diagnostic

TABLES: Final = ("pymdownx", "pymdownx.blocks")
"""Tables of TOML, which nests at the dots."""


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
                yield from _named(dict(list(item.items())[:1]), keys)  # more are reported
    elif isinstance(value, dict):
        yield from _named(value, way)


def _named(items: Mapping[str, object], way: Keys) -> Iterator[Entry]:
    for name, options in items.items():
        given = options if isinstance(options, dict) else {}
        yield Entry(name, given, (*way, name))
        if name in TABLES:
            nested = {f"{name}.{inner}": value for inner, value in given.items()}
            for entry in _named(nested, ()):
                tail = entry.name.removeprefix(f"{name}.")
                yield replace(entry, keys=(*way, name, *tail.split(".")))


def check_entries(value: object, way: Keys, document: ConfigDocument) -> Iterator[Diagnostic]:
    """Yield E804 for entries that MkDocs would refuse.

    Args:
        value: Of `markdown_extensions` or `plugins`.
        way: The keys that lead to it.
        document: Where it is.
    """
    if isinstance(value, dict):
        yield from _check_options(value, way, document)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        keys = (*way, str(index))
        if isinstance(item, dict) and len(item) > 1:
            name, second = list(item)[:2]
            message = f'the entry "{name}" has a second key "{second}"'
            hint = f'indent the options of "{name}" further than its name'
            yield Diagnostic(document.at_key(*keys, second), "E804", message, hint)
        elif isinstance(item, dict):
            yield from _check_options(item, keys, document)
        elif not isinstance(item, str):
            message = f'an entry of "{way[-1]}" must be a name, not {describe_type(item)}'
            yield Diagnostic(document.at_value(*keys), "E804", message)


def _check_options(
    items: Mapping[str, object], way: Keys, document: ConfigDocument
) -> Iterator[Diagnostic]:
    for name, options in items.items():
        if not isinstance(options, dict | None):
            message = f'the options of "{name}" must be a table, not {describe_type(options)}'
            yield Diagnostic(document.at_value(*way, name), "E804", message)
