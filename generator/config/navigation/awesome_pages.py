"""mkdocs-awesome-pages-plugin: `.pages` files order a folder (the forerunner of awesome-nav)."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.config.navigation.globs import matches
from generator.config.navigation.meta import page_title
from generator.config.navigation.tree import (
    Docs,
    Item,
    Page,
    Section,
    default_tree,
    natural,
)
from generator.config.yaml_data import read_mapping

_REST = re.compile(r"\.\.\.(?:\s*\|\s*(?P<flat>flat)\b)?(?:\s*\|\s*(?P<pattern>.+))?")


class _Defaults(Struct, frozen=True):
    """How folders without their own options are sorted and collapsed."""

    order: str = "asc"
    sort_type: str = ""
    order_by: str = "filename"
    collapse: bool = False


def read(docs: Docs, options: Mapping[str, object]) -> Section:
    """Read the navigation.

    Args:
        docs: The site's pages.
        options: Of the plugin.
    """
    defaults = _Defaults(
        str(options.get("order") or "asc"),
        str(options.get("sort_type") or ""),
        str(options.get("order_by") or "filename"),
        options.get("collapse_single_pages") is True,
    )
    has_order = any(options.get(key) for key in ("order", "sort_type", "order_by"))
    reader = _Reader(docs, str(options.get("filename") or ".pages"), defaults, has_order=has_order)
    return reader.section(default_tree(docs), is_root=True) or Section("", (), "")


class _Reader:
    """Applies the file of each folder to the tree that MkDocs would make."""

    def __init__(self, docs: Docs, name: str, defaults: _Defaults, *, has_order: bool) -> None:
        self._docs = docs
        self._name = name
        self._defaults = defaults
        self._has_order = has_order

    def section(self, section: Section, *, is_root: bool = False) -> Section | None:
        """Return the section of a folder; None if it is hidden."""
        data = self._data(section.path or "")
        if data.get("hide") is True and not is_root:
            return None
        children = self._sorted(section, data)
        entries = data.get("nav", data.get("arrange"))
        if isinstance(entries, list):
            children = self._arranged(children, entries, section.path or "", "arrange" in data)
        done: list[Item] = []
        for child in children:
            done += self._child(child)
        return replace(section, title=str(data.get("title") or section.title), children=tuple(done))

    def _child(self, child: Item) -> Iterator[Item]:
        if isinstance(child, Page):
            yield child
            return
        if child.path is None:  # a section that a `nav` entry made
            inner: list[Item] = []
            for item in child.children:
                inner += self._child(item)
            yield replace(child, children=tuple(inner))
            return
        section = self.section(child)
        if section is None or not section.children:
            return
        own = self._data(child.path).get("collapse")
        is_collapsed = own if isinstance(own, bool) else self._defaults.collapse
        if is_collapsed and len(section.children) == 1:
            yield section.children[0]
        else:
            yield section

    def _data(self, folder: str) -> Mapping[str, object]:
        return read_mapping(self._docs.read(posixpath.join(folder, self._name)) or "")

    def _sorted(self, section: Section, data: Mapping[str, object]) -> tuple[Item, ...]:
        if not (self._has_order or {"order", "sort_type", "order_by"} & data.keys()):
            return section.children
        by = str(data.get("order_by") or self._defaults.order_by)
        kind = str(data.get("sort_type") or self._defaults.sort_type)
        order = str(data.get("order") or self._defaults.order)

        def text(item: Item) -> str:
            if by != "title":
                return item.name
            if isinstance(item, Section):
                return item.title
            return page_title(self._docs, item.path)

        def key(item: Item) -> object:
            return natural(text(item)) if kind == "natural" else text(item)

        return tuple(sorted(section.children, key=key, reverse=order == "desc"))  # type: ignore[arg-type]

    def _arranged(
        self, children: Sequence[Item], entries: Sequence[object], folder: str, is_old: bool
    ) -> tuple[Item, ...]:
        named = set(_named(entries, folder))
        rest = [child for child in children if (child.path or "") not in named]
        by_path = {child.path: child for child in children if child.path}
        found: list[Item] = []
        for entry in entries:
            found += self._entry(entry, folder, by_path, rest)
        if is_old and "..." not in entries:
            found += rest
        return tuple(found)

    def _entry(
        self, entry: object, folder: str, by_path: Mapping[str, Item], rest: list[Item]
    ) -> Iterator[Item]:
        if isinstance(entry, str):
            match = _REST.fullmatch(entry.strip())
            if match:
                yield from _take(rest, match["pattern"], folder)
            elif (found := _find(by_path, _path(folder, entry), self._docs)) is not None:
                yield found
        elif isinstance(entry, dict):
            for title, value in entry.items():
                if isinstance(value, list):
                    inner: list[Item] = []
                    for item in value:
                        inner += self._entry(item, folder, by_path, rest)
                    yield Section(str(title), tuple(inner))
                elif isinstance(value, str):
                    found = _find(by_path, _path(folder, value), self._docs)
                    if found is not None:
                        yield replace(found, title=str(title))


def _named(entries: Sequence[object], folder: str) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            yield _path(folder, entry)
        elif isinstance(entry, dict):
            for value in entry.values():
                if isinstance(value, list):
                    yield from _named(value, folder)
                elif isinstance(value, str):
                    yield _path(folder, value)


def _path(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder, name))


def _find(by_path: Mapping[str, Item], path: str, docs: Docs) -> Item | None:
    if path in by_path:
        return by_path[path]
    return Page(path) if path in docs.pages else None


def _take(rest: list[Item], pattern: str | None, folder: str) -> Iterator[Item]:
    """The remaining items; with a pattern (a glob), those that match it."""
    for item in list(rest):
        name = (item.path or "")[len(folder) + 1 if folder else 0 :]
        if (
            pattern is None
            or pattern.startswith("regex=")
            or matches(name, pattern.removeprefix("glob="))
        ):
            rest.remove(item)
            yield item
