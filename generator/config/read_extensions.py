"""Read `markdown_extensions` of a site into the typed record of extensions."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.config.document import ConfigDocument
from generator.config.entries import TABLES, Entry
from generator.config.extensions import HARMLESS, Extensions, On, fields_of, name_of
from generator.config.read_options import read_options
from generator.errors import Diagnostic, Location


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


def read_extensions(
    listed: Iterable[Entry], document: ConfigDocument, usual: Extensions
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
            read = read_options(_part(entry, name, len(names)), name, document)
            found = replace(found, **{name: read.options})
            origins[name] = document.at_key(*entry.keys)
            origins |= {f"{name}.{option}": place for option, place in read.places.items()}
            problems += read.problems
    if found.quotes and found.quotes.callouts:
        found = replace(found, callouts=On())
    return ReadExtensions(found, origins, tuple(problems))


def _part(entry: Entry, field: str, parts: int) -> Entry:
    """Return the entry of one of the extensions that a bundle such as `extra` consists of."""
    if parts == 1:
        return entry
    for name in (field, name_of(field), f"markdown.extensions.{field}"):
        given = entry.options.get(name)
        if isinstance(given, dict):
            return Entry(name, given, (*entry.keys, name))
    return Entry(name_of(field), {}, entry.keys)


def _may_change_pages(extension: str) -> bool:
    name = extension.removeprefix("markdown.extensions.")
    return name not in HARMLESS and name not in TABLES


def _unread(entry: Entry, document: ConfigDocument) -> Diagnostic:
    return Diagnostic(
        document.at_key(*entry.keys),
        "W809",
        f"the Markdown extension {entry.name} is not read; cards are made without it",
        'check the cards of pages that need it; ignore = ["W809"] silences this',
    )
