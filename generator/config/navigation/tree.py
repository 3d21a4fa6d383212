"""A navigation as a tree of sections and pages, and the default tree of MkDocs."""

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct, field

from generator.config.settings import NavPage
from generator.config.yaml_data import read_mapping
from generator.files import SETTINGS, read_file

_INDEXES: Final = ("index.md", "README.md")
_MOST: Final = 100_000  # pages of a site


class Page(Struct, frozen=True):
    """A page of the navigation.

    Attributes:
        path: Below the docs folder, with `/`.
        title: What the navigation calls it, or None.
    """

    path: str
    title: str | None = None

    @property
    def name(self) -> str:
        """Its file's name."""
        return self.path.rpartition("/")[2]

    @property
    def is_index(self) -> bool:
        """Whether it is the page of its folder."""
        return self.name in _INDEXES


class Section(Struct, frozen=True):
    """A section of the navigation.

    Attributes:
        title: Its title; "" for the root.
        children: In order.
        path: The folder that it was made from, "" for the docs folder, None for none.
    """

    title: str
    children: tuple["Item", ...] = ()
    path: str | None = None

    @property
    def name(self) -> str:
        """Its folder's name."""
        return (self.path or "").rpartition("/")[2]


Item: TypeAlias = Page | Section


class Docs(Struct, frozen=True):
    """The Markdown files of a site.

    Attributes:
        folder: The docs folder, absolute.
        pages: Paths below it, with `/`, as MkDocs sorts them: the index of a folder first, then
            its pages, then its folders.
    """

    folder: Path
    pages: tuple[str, ...] = field(default=())

    def folders(self) -> frozenset[str]:
        """Folders that hold pages, at any depth; "" is the docs folder."""
        found = {""}
        for page in self.pages:
            parent = page.rpartition("/")[0]
            while parent:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(found)

    def inside(self, folder: str) -> tuple[str, ...]:
        """The pages and folders directly in a folder, in order."""
        prefix = f"{folder}/" if folder else ""
        found = dict.fromkeys(
            prefix + page[len(prefix) :].partition("/")[0]
            for page in self.pages
            if page.startswith(prefix)
        )
        return tuple(found)

    def read(self, path: str) -> str | None:
        """Return the text of a file in the docs folder; None if it is missing or off limits."""
        try:
            data = read_file(self.folder / path, most=SETTINGS, inside=self.folder)
        except (OSError, ValueError):
            return None
        return data.decode("utf-8-sig", "replace")

    def settings(self, folder: str, name: str) -> Mapping[str, object]:
        """Return what the file of a folder sets; empty without one."""
        return read_mapping(self.read(posixpath.join(folder, name)) or "")


def find_docs(folder: Path, is_excluded: Callable[[str], bool]) -> Docs:
    """List the pages of a docs folder."""
    root = folder.resolve()
    found: list[str] = []
    for place, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        above = Path(place).relative_to(root).as_posix()
        prefix = "" if above == "." else f"{above}/"
        pages = [name for name in names if name.endswith((".md", ".markdown"))]
        found += (prefix + name for name in pages if not is_excluded(prefix + name))
        if len(found) > _MOST:
            break
    return Docs(root, tuple(sorted(found, key=_mkdocs_order)))


def _mkdocs_order(page: str) -> tuple[tuple[int, int, str], ...]:
    """Sort as mkdocs/structure/files.py does."""
    *folders, name = page.split("/")
    is_other = name not in _INDEXES
    return (*((1, 0, folder) for folder in folders), (0, int(is_other), name))


def folder_title(name: str) -> str:
    """Turn a folder's name into a title as MkDocs does (`dirname_to_title`)."""
    title = re.sub(r"[-_]+", " ", name).strip()
    return title.capitalize() if title.lower() == title else title


def default_tree(docs: Docs, folder: str = "") -> Section:
    """Build the navigation of a site that does not define one: its folders."""
    folders = docs.folders()
    children: list[Item] = [
        default_tree(docs, path) if path in folders else Page(path) for path in docs.inside(folder)
    ]
    title = folder_title(folder.rpartition("/")[2])
    return Section(title, tuple(children), folder)


def of_nav(pages: Sequence[NavPage]) -> Section:
    """Build a tree from a flat navigation."""
    root: dict[str, object] = {}
    for page in pages:
        level = root
        for title in page.section:
            level = level.setdefault(f"§{title}", {})  # type: ignore[assignment]
        level[page.page] = Page(page.page, page.title)
    return Section("", _children(root), "")


def _children(level: dict[str, object]) -> tuple[Item, ...]:
    return tuple(
        Section(key[1:], _children(value)) if isinstance(value, dict) else value  # type: ignore[misc]
        for key, value in level.items()
    )


def pages_of(section: Section) -> Iterator[Page]:
    """Yield the pages of a tree, in order."""
    for item in section.children:
        if isinstance(item, Section):
            yield from pages_of(item)
        else:
            yield item


def flatten(section: Section, above: tuple[str, ...] = ()) -> Iterator[NavPage]:
    """List the pages of a tree in order.

    Args:
        section: The root.
        above: Titles of sections above its children.
    """
    for item in section.children:
        if isinstance(item, Page):
            yield NavPage(item.path, item.title, above)
        else:
            yield from flatten(item, (*above, item.title))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that compares numbers in a text by value."""
    parts = re.findall(r"\d+|\D+", text)
    return tuple((0, *_value(p)) if p.isdecimal() else (1, 0, p) for p in parts)


def _value(digits: str) -> tuple[int, str]:
    """Order numbers by value; Python refuses to read one of thousands of digits."""
    digits = "".join(str(int(digit)) for digit in digits).lstrip("0")
    return len(digits), digits
