"""mkdocs-awesome-pages-plugin: `.pages` files order a folder (the forerunner of awesome-nav)."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.config.navigation.expressions import compile_expression
from generator.config.navigation.globs import matches
from generator.config.navigation.meta import page_title
from generator.config.navigation.tree import (
    Docs,
    Item,
    Page,
    Section,
    default_tree,
    natural,
    pages_of,
)

_REST = re.compile(r"\.\.\.(?:\s*\|\s*(?P<flat>flat)\b)?(?:\s*\|\s*(?P<pattern>.+))?")


class _Defaults(Struct, frozen=True):
    """How folders without their own options are sorted and collapsed."""

    order: str = "asc"
    sort_type: str = ""
    order_by: str = "filename"
    collapse: bool = False


def read(docs: Docs, options: Mapping[str, object], given: Section | None) -> Section:
    """Read the navigation.

    Args:
        docs: The site's pages.
        options: Of the plugin.
        given: The site's own `nav`, in which `...` means the pages that it does not name.
    """
    defaults = _Defaults(
        str(options.get("order") or "asc"),
        str(options.get("sort_type") or ""),
        str(options.get("order_by") or "filename"),
        options.get("collapse_single_pages") is True,
    )
    has_order = any(options.get(key) for key in ("order", "sort_type", "order_by"))
    reader = _Reader(docs, str(options.get("filename") or ".pages"), defaults, has_order=has_order)
    whole = reader.root()
    return _with_rest(given, whole) if given else whole


def _with_rest(given: Section, whole: Section) -> Section:
    """Fill each `...` of a navigation with what the others leave."""
    rests = sorted(
        (item.path for item in pages_of(given) if _REST.fullmatch(item.path)),
        key=lambda entry: _REST.fullmatch(entry)["pattern"] is None,  # type: ignore[index]
    )
    named = {item.path for item in pages_of(given)}
    found = {rest: _left(whole, rest, named) for rest in rests}

    def filled(section: Section) -> Section:
        children: list[Item] = []
        for item in section.children:
            if isinstance(item, Section):
                children.append(filled(item))
            else:
                children += found.get(item.path, (item,))
        return replace(section, children=tuple(children))

    return filled(given)


def _left(section: Section, rest: str, named: set[str]) -> tuple[Item, ...]:
    """Return the pages that `...` takes, in their sections unless it is flat; they are named."""
    match = _REST.fullmatch(rest)
    found: list[Item] = []
    for item in section.children:
        if isinstance(item, Section):
            children = _left(item, rest, named)
            is_flat = match is not None and match["flat"] is not None
            found += children if is_flat or not children else (replace(item, children=children),)
        elif item.path not in named and match and _is_taken(item.path, match["pattern"]):
            named.add(item.path)
            found.append(item)
    return tuple(found)


def _is_taken(name: str, pattern: str | None) -> bool:
    """Whether `...` with a pattern takes a page: a glob, or an expression after `regex=`."""
    if pattern is None:
        return True
    if pattern.startswith("regex="):
        expression = compile_expression(pattern.removeprefix("regex="))
        return expression is not None and expression.search(name) is not None
    return matches(name, pattern.removeprefix("glob="))


class _Reader:
    """Applies the file of each folder to the tree that MkDocs would make."""

    def __init__(self, docs: Docs, name: str, defaults: _Defaults, *, has_order: bool) -> None:
        self._docs = docs
        self._name = name
        self._defaults = defaults
        self._has_order = has_order

    def root(self) -> Section:
        """Return the navigation of the whole site."""
        return self._section(default_tree(self._docs), collapse=self._defaults.collapse)

    def _section(self, section: Section, *, collapse: bool) -> Section:
        """Return the section of a folder.

        Args:
            section: As MkDocs would have it.
            collapse: Whether sections in it that have a single child give way to that child.
        """
        data = self._data(section.path or "")
        own = data.get("collapse_single_pages")
        collapse = own if isinstance(own, bool) else collapse
        children = self._sorted(section, data)
        entries = data.get("nav", data.get("arrange"))
        if isinstance(entries, list):
            children = self._arranged(children, entries, section.path or "", "arrange" in data)
        done = (item for child in children for item in self._child(child, collapse=collapse))
        return replace(section, title=str(data.get("title") or section.title), children=tuple(done))

    def _child(self, child: Item, *, collapse: bool) -> Iterator[Item]:
        if isinstance(child, Page):
            yield child
            return
        if child.path is None:  # a section that a `nav` entry made
            inner = (one for item in child.children for one in self._child(item, collapse=collapse))
            yield replace(child, children=tuple(inner))
            return
        data = self._data(child.path)
        if data.get("hide") is True:
            return
        section = self._section(child, collapse=collapse)
        own = data.get("collapse", data.get("collapse_single_pages"))
        is_collapsed = own if isinstance(own, bool) else collapse
        if is_collapsed and len(section.children) == 1:
            yield section.children[0]
        elif section.children:
            yield section

    def _data(self, folder: str) -> Mapping[str, object]:
        return self._docs.settings(folder, self._name)

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
        left = [child for child in children if (child.path or "") not in named]
        rest = {entry: _take(left, entry, folder) for entry in _rests(entries)}
        by_path = {child.path: child for child in children if child.path}
        found = (item for entry in entries for item in self._entry(entry, folder, by_path, rest))
        return (*found, *(left if is_old and "..." not in entries else ()))

    def _entry(
        self,
        entry: object,
        folder: str,
        by_path: Mapping[str, Item],
        rest: Mapping[str, Sequence[Item]],
    ) -> Iterator[Item]:
        if isinstance(entry, str):
            if entry.strip() in rest:
                yield from rest[entry.strip()]
            elif (found := _find(by_path, _path(folder, entry), self._docs)) is not None:
                yield found
        elif isinstance(entry, dict):
            for title, value in entry.items():
                if isinstance(value, list):
                    inner = (
                        one for item in value for one in self._entry(item, folder, by_path, rest)
                    )
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


def _rests(entries: Sequence[object]) -> Sequence[str]:
    """Return the `...` entries at any depth; those with a pattern take their items first."""
    found: list[str] = []
    for entry in entries:
        if isinstance(entry, str) and _REST.fullmatch(entry.strip()):
            found.append(entry.strip())
        elif isinstance(entry, dict):
            lists = (value for value in entry.values() if isinstance(value, list))
            found += (rest for value in lists for rest in _rests(value))
    return sorted(dict.fromkeys(found), key=lambda rest: "|" not in rest)


def _take(left: list[Item], rest: str, folder: str) -> Sequence[Item]:
    """Remove and return the remaining items that `...` takes."""
    match = _REST.fullmatch(rest)
    start = len(folder) + 1 if folder else 0
    taken = [
        item for item in left if match and _is_taken((item.path or "")[start:], match["pattern"])
    ]
    left[:] = [item for item in left if item not in taken]
    return taken
