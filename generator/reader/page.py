"""Find pages and read them: bytes → SourceFile."""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import yaml

from generator.errors import Diagnostic, Location
from generator.files import PAGE, read_file
from generator.model import FrontMatter, SourceFile

_SUFFIXES = (".md", ".markdown")
_FENCE = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_Diagnostics = tuple[Diagnostic, ...]


def find_pages(paths: Iterable[Path]) -> tuple[tuple[Path, ...], _Diagnostics]:
    """List the Markdown files that paths name.

    Args:
        paths: Files, taken whatever their name, and folders, searched without hidden ones.

    Returns:
        Files, each once, a folder's in the order of their paths; and E101 for a path that does
        not exist, E106 for a folder without Markdown.
    """
    found: dict[Path, None] = {}
    diagnostics: list[Diagnostic] = []
    for path in paths:
        pages = _pages_of(path)
        found.update(dict.fromkeys(pages))
        if not pages:
            diagnostics.append(_missing(path))
    return tuple(found), tuple(diagnostics)


def _missing(path: Path) -> Diagnostic:
    location = Location(path.as_posix())
    if path.is_dir():
        return Diagnostic(
            location, "E106", "the folder holds no Markdown", "add a file that ends in .md"
        )
    return Diagnostic(location, "E101", "there is no such file or folder", "check the path")


def _pages_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    pages = []
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        pages += [
            Path(folder, name)
            for name in names
            if name.lower().endswith(_SUFFIXES) and not name.startswith(".")
        ]
    return sorted(pages, key=lambda page: page.relative_to(path).as_posix())


def read(path: Path, *, root: Path, display: str) -> tuple[SourceFile | None, _Diagnostics]:
    """Read one page.

    Args:
        path: The file.
        root: Folder that the page's identity is relative to.
        display: The path as diagnostics name it.

    Returns:
        The page, or None when it cannot be read; and what is wrong with the file.
    """
    try:
        data = read_file(path, most=PAGE, inside=root)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, (_at(display, "E101", f"the file cannot be read: {reason}", "check it"),)
    return decode(data, page=page_name(path, root), display=display)


def decode(data: bytes, *, page: str, display: str) -> tuple[SourceFile | None, _Diagnostics]:
    """Make a page of a file's bytes, as `read` does.

    Args:
        data: The whole file.
        page: See `SourceFile.page`.
        display: See `SourceFile.path`.

    Returns:
        The page, or None when it is not UTF-8; and what is wrong with it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_undecodable(data, error, display),)
    return read_text(text, page=page, display=display)


def read_text(text: str, *, page: str, display: str) -> tuple[SourceFile, _Diagnostics]:
    """Make a page of text, as `read` does of a file.

    Args:
        text: The whole file, decoded.
        page: See `SourceFile.page`.
        display: See `SourceFile.path`.

    Returns:
        The page and what is wrong with its text.
    """
    text, diagnostics = _normalize(text, display)
    match = _FENCE.match(text)
    if not match:
        return SourceFile(display, page, text), diagnostics
    front, problem = _front_matter(match["yaml"], display)
    if front is None:
        found = (*diagnostics, problem) if problem else diagnostics
        if problem is None:  # `---`, a text, `---`: two rules, not front matter
            return SourceFile(display, page, text), found
        front, diagnostics = FrontMatter(), found
    body = text[match.end() :]
    return SourceFile(display, page, body, text[: match.end()].count("\n"), front), diagnostics


def page_name(path: Path, root: Path) -> str:
    """Return a page's identity, see `SourceFile.page`."""
    try:
        name = path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        name = path.name
    return unicodedata.normalize("NFC", name)


def _at(display: str, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Location(display), code, message, hint)


def _undecodable(data: bytes, error: UnicodeDecodeError, display: str) -> Diagnostic:
    before = data[: error.start]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    return Diagnostic(
        Location(display, before.count(b"\n") + 1, column),
        "E102",
        f"byte 0x{data[error.start]:02x} is not UTF-8",
        "save the file as UTF-8",
    )


def _normalize(text: str, display: str) -> tuple[str, _Diagnostics]:
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: _Diagnostics = ()
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0"))
        column = text.index("\0") - (text.rfind("\n", 0, text.index("\0")) + 1)
        found = (
            Diagnostic(
                Location(display, line + 1, column + 1),
                "W105",
                "the file holds NUL characters: each is shown as U+FFFD",
                "remove them",
            ),
        )
        text = text.replace("\0", "\ufffd")
    if not text.strip():
        found = (*found, _at(display, "W104", "the file is empty", "write a page, or remove it"))
    return unicodedata.normalize("NFC", text), found


def _front_matter(text: str, display: str) -> tuple[FrontMatter | None, Diagnostic | None]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return None, _broken(error, display)
    except (ValueError, RecursionError) as error:
        return None, _at(display, "E103", f"the front matter is broken: {error}", "correct it")
    if data is None:
        return FrontMatter(), None
    return (_read_mapping(data), None) if isinstance(data, dict) else (None, None)


def _broken(error: yaml.YAMLError, display: str) -> Diagnostic:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    # The block begins in the file's second line.
    location = Location(display, mark.line + 2, mark.column + 1) if mark else Location(display)
    return Diagnostic(
        location,
        "E103",
        f"the front matter is broken: {reason or 'not valid YAML'}",
        "put values that hold : or # or quotes between quotes",
    )


def _read_mapping(data: Mapping[object, object]) -> FrontMatter:
    title = data.get("title")
    options = data.get("admonki")
    return FrontMatter(
        title=_text(title) or None,
        tags=_texts(data.get("tags")),
        categories=_texts(data.get("categories")),
        date=_date(data.get("date")),
        slug=_text(data.get("slug")),
        options={str(k): v for k, v in options.items()} if isinstance(options, dict) else {},
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for item in items if (text := _text(item)))


def _date(value: object) -> str:
    """Read `date: 2025-10-30` and Material's `date: {created: 2025-10-30}`."""
    if isinstance(value, dict):
        value = value.get("created")
    return value.isoformat() if isinstance(value, date) else _text(value)
