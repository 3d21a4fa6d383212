"""mkdocs-awesome-nav: `.nav.yml` files define a folder's navigation."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from generator.config.navigation.globs import matches
from generator.config.navigation.tree import (
    Docs,
    Item,
    Page,
    Section,
    folder_title,
    natural,
)

_DEFAULT: Final = ("@(index.md|README.md)", "*")


class _Sort(Struct, frozen=True):
    """How the matches of a pattern are sorted."""

    by: str = "path"
    direction: str = "asc"
    type: str = "natural"
    sections: str = "last"
    ignore_case: bool = False


class _Rules(Struct, frozen=True):
    """Rules that a folder passes on to its subfolders."""

    sort: _Sort = _Sort()
    ignore: tuple[str, ...] = ()
    preserve_directory_names: bool = False
    flatten_single_child_sections: bool = False
    append_unmatched: bool = False


def read(docs: Docs, options: Mapping[str, object]) -> Section:
    """Read the navigation.

    Args:
        docs: The site's pages.
        options: Of the plugin.
    """
    name = str(options.get("filename") or ".nav.yml")
    return _Reader(docs, name).root()


class _Reader:
    """Resolves folders, each page once: what is named comes before what a pattern matches."""

    def __init__(self, docs: Docs, name: str) -> None:
        self._docs = docs
        self._name = name
        self._folders = docs.folders()
        self._seen: set[str] = set()

    def root(self) -> Section:
        items = self._folder("", _Rules(), "")
        found = items[0] if len(items) == 1 and isinstance(items[0], Section) else None
        return replace(found, title="") if found else Section("", items, "")

    def _data(self, folder: str) -> Mapping[str, object]:
        return self._docs.settings(folder, self._name)

    def _folder(self, folder: str, above: _Rules, title: str | None) -> tuple[Item, ...]:
        """Return the section of a folder; no item if it is empty."""
        data = self._data(folder)
        rules = _rules(data, folder, above)
        self._seen.add(folder)
        nav = data.get("nav")
        entries: Sequence[object] = nav if isinstance(nav, list) else _DEFAULT
        if rules.append_unmatched:
            entries = (*entries, "*")
        children = self._items(entries, folder, rules)
        if not children:
            return ()
        if folder and rules.flatten_single_child_sections and len(children) == 1:
            (child,) = children
            return (replace(child, path=child.path or folder),)
        name = folder.rpartition("/")[2]
        generated = name if rules.preserve_directory_names else folder_title(name)
        return (Section(title or str(data.get("title") or generated), children, folder),)

    def _items(self, entries: Sequence[object], folder: str, rules: _Rules) -> tuple[Item, ...]:
        """Resolve entries: pages first, then folders, the deepest first, then patterns."""
        slots = list(_slots(entries))
        found: dict[int, tuple[Item, ...]] = {}
        order = sorted(range(len(slots)), key=lambda at: self._priority(slots[at], folder))
        for at in order:
            found[at] = self._resolve(slots[at], folder, rules)
        numbers = iter(range(len(slots)))
        return tuple(_assemble(entries, numbers, found))

    def _priority(self, slot: "_Slot", folder: str) -> tuple[int, int]:
        path = _join(folder, slot.target)
        if path in self._docs.pages:
            return (1, 0)
        return (2, -path.count("/")) if path in self._folders else (3, 0)

    def _resolve(self, slot: "_Slot", folder: str, rules: _Rules) -> tuple[Item, ...]:
        path = _join(folder, slot.target)
        if path in self._docs.pages:
            self._seen.add(path)
            return (Page(path, slot.title),)
        if path in self._folders and slot.options is None:
            return self._folder(path, rules, slot.title) if path not in self._seen else ()
        if slot.title is not None:  # a link to elsewhere
            return ()
        inner = rules if slot.options is None else _rules(slot.options, folder, rules)
        return tuple(self._pattern(slot.target, folder, inner))

    def _pattern(self, pattern: str, folder: str, rules: _Rules) -> Iterator[Item]:
        wanted = _join(folder, pattern.rstrip("/"))
        found: list[Item] = []
        places = self._folders if pattern.endswith("/") else (*self._folders, *self._docs.pages)
        chosen = [path for path in places if path and self._is_chosen(path, wanted, rules)]
        for path in sorted(chosen, key=lambda path: (path in self._folders, -path.count("/"))):
            if path in self._seen:
                continue
            if path in self._docs.pages:
                self._seen.add(path)
                found.append(Page(path))
            else:
                found += self._folder(path, rules, None)
        yield from _sorted(found, rules.sort, self._docs)

    def _is_chosen(self, path: str, wanted: str, rules: _Rules) -> bool:
        is_ignored = any(matches(path, pattern) for pattern in rules.ignore)
        if path in self._seen or is_ignored or not matches(path, wanted):
            return False
        return path in self._docs.pages or self._data(path).get("hide") is not True


class _Slot(Struct, frozen=True):
    """An entry that becomes items: a page, a folder or a pattern.

    Attributes:
        target: What it names.
        title: The title given to it, or None.
        options: Of a pattern that has its own, or None.
    """

    target: str
    title: str | None = None
    options: Mapping[str, object] | None = None


def _slots(entries: Sequence[object]) -> Iterator[_Slot]:
    for entry in entries:
        if isinstance(entry, str):
            yield _Slot(entry)
        elif isinstance(entry, dict) and "glob" in entry:
            yield _Slot(str(entry["glob"]), None, entry)
        elif isinstance(entry, dict) and len(entry) == 1:
            ((title, value),) = entry.items()
            if isinstance(value, list):
                yield from _slots(value)
            elif isinstance(value, str):
                yield _Slot(value, str(title))


def _assemble(
    entries: Sequence[object], numbers: Iterator[int], found: Mapping[int, tuple[Item, ...]]
) -> Iterator[Item]:
    """Put resolved entries in their places, in the order of `_slots`."""
    for entry in entries:
        title, inner = _section(entry)
        if inner is not None:
            children = tuple(_assemble(inner, numbers, found))
            if children:
                yield Section(title, children)
        elif any(_slots([entry])):
            yield from found[next(numbers)]


def _section(entry: object) -> tuple[str, Sequence[object] | None]:
    """Title and entries of a section; None for any other entry."""
    if isinstance(entry, dict) and len(entry) == 1 and "glob" not in entry:
        ((title, value),) = entry.items()
        if isinstance(value, list):
            return str(title), value
    return "", None


def _join(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined


def _rules(data: Mapping[str, object], folder: str, above: _Rules) -> _Rules:
    sort = data.get("sort")
    known: Mapping[str, Any] = sort if isinstance(sort, dict) else {}
    fields = {key: known[key] for key in _Sort.__struct_fields__ if known.get(key) is not None}
    flags: dict[str, bool] = {
        key: bool(data[key])
        for key in (
            "preserve_directory_names",
            "flatten_single_child_sections",
            "append_unmatched",
        )
        if isinstance(data.get(key), bool)
    }
    fields["ignore_case"] = bool(fields.get("ignore_case") or above.sort.ignore_case)
    return replace(
        above,
        sort=replace(above.sort, **fields),
        ignore=_ignored(data.get("ignore"), folder, above.ignore),
        **flags,
    )


def _ignored(value: object, folder: str, above: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(value, str | list):
        return above
    found: list[str] = []
    for pattern in [value] if isinstance(value, str) else value:
        if pattern == "$inherit":
            found += above
        elif str(pattern).startswith("/"):
            found.append(_join(folder, str(pattern)[1:]))
        else:
            found.append(_join(posixpath.join(folder, "**"), str(pattern)))
    return tuple(found)


def _sorted(items: Sequence[Item], sort: _Sort, docs: Docs) -> list[Item]:
    def text(item: Item) -> str:
        found = _sort_text(item, sort.by, docs)
        return found.casefold() if sort.ignore_case else found

    is_reverse = sort.direction == "desc"
    if sort.type == "natural":
        by_path = sort.by != "title"
        ordered = sorted(
            items, key=lambda item: _natural(text(item), by_path=by_path), reverse=is_reverse
        )
    else:
        ordered = sorted(items, key=text, reverse=is_reverse)
    if sort.sections in ("first", "last"):
        is_first = sort.sections == "first"
        ordered.sort(key=lambda item: isinstance(item, Section) != is_first)
    return ordered


def _natural(text: str, *, by_path: bool) -> tuple[object, ...]:
    """Sort as natsort does with GROUPLETTERS: numbers by value, `a` before `A` before `b`."""
    parts = text.split("/") if by_path else [text]
    return tuple(natural("".join(c.casefold() + c.swapcase() for c in part)) for part in parts)


def _sort_text(item: Item, by: str, docs: Docs) -> str:
    if by == "filename":
        return item.name
    if by == "title":
        return item.title if isinstance(item, Section) else _page_title(item, docs)
    return item.path or ""


def _page_title(page: Page, docs: Docs) -> str:
    from generator.config.navigation.meta import front_matter

    return str(front_matter(docs, page.path).get("title") or page.name)
