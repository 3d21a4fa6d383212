"""The `nav` of a site's configuration: its pages in order, and what is wrong with it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from generator.config.document import ConfigDocument, Keys
from generator.config.schema import describe_type
from generator.config.settings import NavPage
from generator.errors import Diagnostic, Location
from generator.files import is_there


class NavEntry(Struct, frozen=True):
    """A page of `nav`, and where it is named; None if the environment names it."""

    page: NavPage
    place: Location | None


def read_nav(value: object, way: Keys, document: ConfigDocument) -> Iterator[NavEntry | Diagnostic]:
    """Yield the pages of a navigation, and E804 for entries that are not pages.

    Args:
        value: Of `nav`.
        way: The keys that lead to it.
        document: Where it is.
    """
    yield from _Reader(document).items(value, (), way)


def is_page(entry: str) -> bool:
    """Whether an entry of `nav` is a page of the site, not a link."""
    return entry.lower().endswith((".md", ".markdown")) and "://" not in entry


def is_pattern(entry: str) -> bool:
    """Whether an entry of `nav` means the pages that a plugin finds: `guide/`, `*.md`, `...`."""
    is_folder = entry.endswith("/") and "://" not in entry
    return is_folder or "*" in entry or entry.startswith("...")


def find_missing(entries: Iterable[NavEntry], docs_dir: Path) -> Iterator[Diagnostic]:
    """Yield W812 for each page that is not in the docs folder."""
    for entry in entries:
        path = entry.page.page
        if is_pattern(path):
            continue
        if entry.place and not is_there(path, docs_dir):
            message = f'"nav" names {path}, which does not exist'
            yield Diagnostic(
                entry.place, "W812", message, f"paths are relative to {docs_dir.name}/"
            )


class _Reader:
    def __init__(self, document: ConfigDocument) -> None:
        self._document = document

    def items(
        self, items: object, section: tuple[str, ...], way: Keys
    ) -> Iterator[NavEntry | Diagnostic]:
        for index, item in enumerate(items if isinstance(items, list) else []):
            keys = (*way, str(index))
            if isinstance(item, dict):
                for title, value in item.items():
                    yield from self._value(value, str(title), section, (*keys, title))
            else:
                yield from self._value(item, None, section, keys)

    def _value(
        self, value: object, title: str | None, section: tuple[str, ...], way: Keys
    ) -> Iterator[NavEntry | Diagnostic]:
        if isinstance(value, list) and title is not None:
            yield from self.items(value, (*section, title), way)
        elif not isinstance(value, str):
            message = f'an entry of "nav" must be a page or a list, not {describe_type(value)}'
            yield Diagnostic(self._document.at_value(*way), "E804", message)
        elif is_page(value) or is_pattern(value):
            page = NavPage(value.removeprefix("./"), title, section)
            is_secret = self._document.is_secret(*way)
            yield NavEntry(page, None if is_secret else self._document.at_value(*way))
