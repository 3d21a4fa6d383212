"""mkdocs-literate-nav: lists of links in `SUMMARY.md` files are the navigation."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from generator.config.navigation.globs import matches
from generator.config.navigation.tree import Docs, Item, Page, Section, folder_title, pages_of

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[*+-]|\d+[.)])[ \t]+(?P<text>.*)")
_LINK = re.compile(r"\[(?P<title>(?:\\.|[^\]\\])*)\]\(\s*+<?(?P<link>[^)>\s]*+)>?[^)]*+\)\s*$")
_MARK: Final = "<!--nav-->"
_DEEPEST: Final = 12


class _Entry(Struct):
    """An item of a list, with the items below it."""

    text: str
    indent: int
    children: list["_Entry"] = field(default_factory=list)


def read(docs: Docs, options: Mapping[str, object], given: Section | None) -> Section:
    """Read the navigation.

    Args:
        docs: The site's pages.
        options: Of the plugin.
        given: The site's own `nav`, which may name folders and wildcards; a navigation file at
            the root replaces it.
    """
    name = str(options.get("nav_file") or "SUMMARY.md")
    reader = _Reader(docs, name, has_index=options.get("implicit_index") is True)
    if given and docs.read(name) is None:
        return reader.filled(given)
    return Section("", reader.folder("", ()), "")


class _Reader:
    """Resolves navigation files, each page once."""

    def __init__(self, docs: Docs, name: str, *, has_index: bool) -> None:
        self._docs = docs
        self._name = name
        self._has_index = has_index
        self._seen: set[str] = set()

    def folder(self, folder: str, above: Sequence[str]) -> tuple[Item, ...]:
        """Items of a folder: those of its navigation file, else everything in it."""
        path = posixpath.join(folder, self._name)
        text = self._docs.read(path)
        if text is None or len(above) > _DEEPEST:
            return tuple(self._glob(posixpath.join(folder, "*"), (*above, folder)))
        if not self._has_index:
            self._seen.add(path)
        entries = _entries(text)
        self._mark(entries, folder)
        index = self._index(folder)
        return (*index, *self._items(entries, folder, (*above, folder)))

    def filled(self, given: Section) -> Section:
        """Replace the folders and wildcards in a site's own navigation by what is in them."""
        self._seen |= {item.path for item in pages_of(given)}
        return self._filled(given)

    def _filled(self, section: Section) -> Section:
        children: list[Item] = []
        for item in section.children:
            children += (self._filled(item),) if isinstance(item, Section) else self._expand(item)
        return replace(section, children=tuple(children))

    def _expand(self, entry: Page) -> Iterator[Item]:
        path = entry.path
        if "*" in path:
            found = tuple(self._glob(path, ("",)))
            yield from (Section(entry.title, found),) if entry.title and found else found
        elif path.endswith("/"):
            folder = path.strip("/")
            children = self.folder(folder, ("",)) if folder in self._docs.folders() else ()
            if entry.title and children:
                yield Section(entry.title, children, folder)
        else:
            yield entry

    def _index(self, folder: str) -> tuple[Page, ...]:
        """The index of a folder that its file does not name, where the site wants it."""
        found = (path for path in self._docs.inside(folder) if Page(path).is_index)
        index = next(found, None) if self._has_index else None
        if index is None or index in self._seen:
            return ()
        self._seen.add(index)
        return (Page(index),)

    def _mark(self, entries: Sequence[_Entry], folder: str) -> None:
        """Record what is named, so that no wildcard matches it again."""
        for entry in entries:
            link = _LINK.match(entry.text)
            if link:
                self._seen.add(_path(folder, link["link"]))
            self._mark(entry.children, folder)

    def _items(
        self, entries: Sequence[_Entry], folder: str, above: Sequence[str]
    ) -> tuple[Item, ...]:
        return tuple(item for entry in entries for item in self._item(entry, folder, above))

    def _item(self, entry: _Entry, folder: str, above: Sequence[str]) -> Iterator[Item]:
        link = _LINK.match(entry.text)
        if link is None:
            if entry.children:
                yield Section(entry.text, self._items(entry.children, folder, above))
            elif "*" in entry.text:
                yield from self._glob(posixpath.join(folder, entry.text), above)
            return
        title, target = re.sub(r"\\(.)", r"\1", link["title"]), link["link"]
        path = _path(folder, target)
        if entry.children:
            first = (Page(path),) if path in self._docs.pages else ()
            yield Section(title, (*first, *self._items(entry.children, folder, above)))
        elif target.endswith("/") and path in self._docs.folders():
            if path not in above:
                yield Section(title, self.folder(path, above), path)
        elif path in self._docs.pages:
            yield Page(path, title)

    def _glob(self, pattern: str, above: Sequence[str]) -> Iterator[Item]:
        """Pages and folders that a wildcard matches; one that ends in `/` matches folders."""
        wanted = pattern.rstrip("/").replace("**", "*")  # a star is one level there
        folders = self._docs.folders()
        parent = posixpath.dirname(wanted)
        places = self._docs.inside(parent) if "*" not in parent else (*folders, *self._docs.pages)
        for path in places:
            if path in self._seen or not path or not matches(path, wanted):
                continue
            is_page = path not in folders
            if is_page and (pattern.endswith("/") or path.rpartition("/")[2] == self._name):
                continue
            self._seen.add(path)
            if not is_page:
                children = self.folder(path, above) if path not in above else ()
                if children:
                    yield Section(folder_title(path.rpartition("/")[2]), children, path)
            else:
                yield Page(path)


def _path(folder: str, link: str) -> str:
    if urlsplit(link).scheme:
        return ""
    path = posixpath.normpath(posixpath.join(folder, unquote(link)).lstrip("/"))
    return "" if path == "." else path


def _entries(text: str) -> list[_Entry]:
    """Read the list after the last `<!--nav-->`, else the last list of a page."""
    lines = text.expandtabs(4).split("\n")
    marks = [number for number, line in enumerate(lines) if line.strip() == _MARK]
    lists = list(_lists(lines[marks[-1] + 1 :] if marks else lines))
    if not lists:
        return []
    root = _Entry("", -1)
    open_entries = [root]
    for line in lists[0] if marks else lists[-1]:
        match = _ITEM.match(line)
        if match:
            entry = _Entry(match["text"].strip(), len(match["indent"]))
            while open_entries[-1].indent >= entry.indent:
                open_entries.pop()
            open_entries[-1].children.append(entry)
            open_entries.append(entry)
    return root.children


def _lists(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of list items; anything else at a line's start ends one."""
    run: list[str] = []
    for line in lines:
        if _ITEM.match(line) or (run and line.startswith(" ")):
            run.append(line)
        elif line.strip() and run:
            yield run
            run = []
    if run:
        yield run
