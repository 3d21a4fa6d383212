"""Read pages: bytes → SourceFile."""

import re
import unicodedata
from pathlib import Path

from generator.errors import Diagnostic, Location
from generator.model import FrontMatter, SourceFile
from generator.reader.front_matter import read_front_matter
from generator.reader.meta import read_meta
from generator.reader.text import normalize

_FENCE = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_OPENED = re.compile(r"---[ \t]*\n[A-Za-z][\w-]*:(?:[ \t]|\n)")
_Diagnostics = tuple[Diagnostic, ...]


def decode(
    data: bytes, *, page: str, display: str, reads_meta: bool = False
) -> tuple[SourceFile | None, _Diagnostics]:
    """Build a page from a file's bytes.

    Args:
        data: The whole file.
        page: See `SourceFile.page`.
        display: See `SourceFile.path`.
        reads_meta: Whether lines `Key: value` at the top are metadata, without `---` (MkDocs).

    Returns:
        The page, or None when it is not UTF-8; and what is wrong with it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_undecodable(data, error, display),)
    return read_text(text, page=page, display=display, reads_meta=reads_meta)


def read_text(
    text: str, *, page: str, display: str, reads_meta: bool = False
) -> tuple[SourceFile, _Diagnostics]:
    """Build a page from text, as `decode` does from bytes.

    Args:
        text: The whole file, decoded.
        page: See `SourceFile.page`.
        display: See `SourceFile.path`.
        reads_meta: See `decode`.

    Returns:
        The page and what is wrong with its text.
    """
    text, diagnostics = _normalized(text, display)
    match = _FENCE.match(text)
    if not match:
        diagnostics = (*diagnostics, *_unclosed(text, display))
        meta = read_meta(text, display=display) if reads_meta else None
        if meta is None:
            return SourceFile(display, page, text), diagnostics
        body = "".join(text.splitlines(keepends=True)[meta.lines :])
        return SourceFile(display, page, body, meta.lines, meta.settings), (
            *diagnostics,
            *meta.found,
        )
    front, problem = read_front_matter(match["yaml"], display=display)
    if front is None:
        found = (*diagnostics, problem) if problem else diagnostics
        if problem is None:  # `---`, text, `---`: two rules, not front matter
            return SourceFile(display, page, text), found
        front, diagnostics = FrontMatter(), found
    elif problem:
        diagnostics = (*diagnostics, problem)
    body = text[match.end() :]
    return SourceFile(display, page, body, text[: match.end()].count("\n"), front), diagnostics


def _unclosed(text: str, display: str) -> _Diagnostics:
    """Report front matter that nothing closes: the site shows it as text."""
    if not _OPENED.match(text):
        return ()
    message = "the front matter is not closed: it is shown as text"
    return (_at(display, "W107", message, "close it with --- on a line of its own"),)


def page_name(path: Path, root: Path) -> str:
    """Return a page's identity, see `SourceFile.page`."""
    try:
        name = path.resolve().relative_to(root.resolve()).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a loop of symbolic links
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


def _normalized(text: str, display: str) -> tuple[str, _Diagnostics]:
    found: _Diagnostics = ()
    whole = normalize(text)
    if "\0" in text:
        at = text.index("\0")
        line, column = text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)
        message = "the file contains NUL characters: each is shown as U+FFFD"
        place = Location(display, line + 1, column + 1)
        found = (Diagnostic(place, "W105", message, "remove them"),)
    if not whole.strip():
        found = (
            *found,
            _at(display, "W104", "the file is empty", "add content, or delete the file"),
        )
    return whole, found
