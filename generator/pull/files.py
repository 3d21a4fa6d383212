"""Edits of a page's text as edits of files: the page's own lines and those of its snippets."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Final

from msgspec import Struct
from rapidfuzz.distance import Postfix, Prefix

from generator.model import SourceFile
from generator.pull.field import Edit
from generator.reader.lines import line_starts
from generator.reader.text import normalize

_UNUSUAL = re.compile(r"[\x00-\x1f\x7f\"\\]")
_LINE_END = re.compile(r"\r\n|\r|\n")
BOM: Final = "\ufeff"


class FileEdit(Struct, frozen=True):
    """A replacement of characters in one file.

    Attributes:
        path: The file.
        first: 0-based line and column of the first character.
        after: 0-based line and column after the last one.
        text: The replacement, with `LF` line ends.
    """

    path: Path
    first: tuple[int, int]
    after: tuple[int, int]
    text: str

    def overlaps(self, other: "FileEdit") -> bool:
        """Whether two edits touch the same characters, and are not the same edit."""
        if self.path != other.path or self == other:
            return False
        return self.first < other.after and other.first < self.after

    def meets(self, other: "FileEdit") -> bool:
        """Whether two edits overlap, or begin at the same place, in an order nobody knows."""
        is_same_place = (self.path, self.first) == (other.path, other.first)
        return self.overlaps(other) or (is_same_place and self != other)


class NotInOneFileError(Exception):
    """An edit that crosses the boundary between a page and a snippet."""


def file_edits(
    edits: Iterable[Edit],
    whole: SourceFile,
    *,
    page: Path,
    find_snippet: Callable[[str], Path | None],
    lines_of: Callable[[Path], Sequence[str]],
) -> tuple[FileEdit, ...]:
    """Map edits of a page's text to edits of files.

    Args:
        edits: Of `whole.text`.
        whole: The page with its snippets.
        page: The page's file.
        find_snippet: Finds a snippet's file.
        lines_of: Reads a file's lines.

    Returns:
        One edit for each.

    Raises:
        NotInOneFileError: When an edit touches two files, or text that is in no file (the value
            of a variable, a table made from data).
    """
    lines, starts = whole.text.split("\n"), line_starts(whole.text)
    place = _Places(whole, lines, starts, page, find_snippet, lines_of)
    return tuple(place.file_edit(edit) for edit in edits)


class _Places(Struct, frozen=True):
    """Locates places of a page's text in files."""

    whole: SourceFile
    lines: Sequence[str]
    starts: Sequence[int]
    page: Path
    find_snippet: Callable[[str], Path | None]
    lines_of: Callable[[Path], Sequence[str]]

    def file_edit(self, edit: Edit) -> FileEdit:
        first, after = self._line(edit.start), self._line(edit.end)
        is_line_end = after > first and edit.end == self.starts[after]
        last = after - 1 if is_line_end else after
        found = [self._origin(line) for line in range(first, last + 1)]
        head, tail = found[0], found[-1]
        for step, origin in enumerate(found):
            if (origin.path, origin.line) != (head.path, head.line + step):
                raise NotInOneFileError
        if edit.text and any(map(self._has_value(edit), found, range(first, last + 1))):
            raise NotInOneFileError
        column = edit.start - self.starts[first]
        start = (head.line, head.column(column))
        if is_line_end:
            end = (tail.line + 1, 0)
        else:
            end = (tail.line, tail.column(edit.end - self.starts[last]))
        return FileEdit(head.path, start, end, head.written(edit.text, is_line=column == 0))

    def _has_value(self, edit: Edit) -> Callable[["_OriginLine", int], bool]:
        """Whether an edit replaces the value of a variable on a line."""

        def has_value(origin: "_OriginLine", line: int) -> bool:
            start = self.starts[line]
            return origin.has_value(edit.start - start, edit.end - start)

        return has_value

    def _line(self, offset: int) -> int:
        return min(bisect_right(self.starts, offset) - 1, len(self.lines) - 1)

    def _origin(self, line: int) -> "_OriginLine":
        whole = self.whole
        origin = whole.origins[line] if whole.origins else None
        if origin is None:
            path, number = self.page, whole.file_line(line)
        else:
            found = self.find_snippet(origin.path)
            if found is None:
                raise NotInOneFileError
            path, number = found, origin.line
        lines = self.lines_of(path)
        own = lines[number] if number < len(lines) else ""
        return _OriginLine(path, number, own, self.lines[line])


class _OriginLine(Struct, frozen=True):
    """A line of a file and what it became in the page.

    Attributes:
        path: The file.
        line: 0-based.
        own: The line in the file.
        shown: The line in the page: indented, dedented, in the middle of another one, or with the
            value of a variable.
    """

    path: Path
    line: int
    own: str
    shown: str

    def has_value(self, first: int, after: int) -> bool:
        """Whether columns of the page's line hold text that is not in the file's line."""
        own, shown = self.own, self.shown
        if own in shown or shown in own or normalize(own) in shown:
            return False
        end = len(shown) - Postfix.similarity(own, shown)
        return first < end and after > Prefix.similarity(own, shown)

    def column(self, column: int) -> int:
        """Map a column of the page's line to the file's."""
        own, shown = self.own, self.shown
        if own and (start := shown.find(own)) >= 0:
            if column <= start and not shown[:start].strip():
                return 0
            if start <= column <= start + len(own):
                return column - start
            raise NotInOneFileError
        if column >= len(shown) - Postfix.similarity(own, shown):
            return column + len(own) - len(shown)
        if column <= Prefix.similarity(own, shown):
            return column
        raise NotInOneFileError

    def written(self, text: str, *, is_line: bool) -> str:
        """Indent a replacement as the file does; `is_line`: it begins with a line."""
        own, shown = _indent(self.own), _indent(self.shown)
        less = shown.removesuffix(own)
        more = own.removesuffix(shown)
        lines = text.split("\n")
        for at in range(0 if is_line else 1, len(lines)):
            if shown.endswith(own):
                lines[at] = lines[at].removeprefix(less)
            elif own.endswith(shown) and lines[at]:
                lines[at] = more + lines[at]
        return "\n".join(lines)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def edited_files(texts: Mapping[Path, str], edits: Iterable[FileEdit]) -> dict[Path, str]:
    """Apply edits of several files.

    Args:
        texts: Each file, decoded.
        edits: Not overlapping; of those that begin at one place, the first comes first.

    Returns:
        The files that have edits.
    """
    by_path: dict[Path, dict[FileEdit, None]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, {})[edit] = None
    return {path: _edited(texts[path], of_file) for path, of_file in by_path.items()}


def _edited(text: str, edits: Iterable[FileEdit]) -> str:
    """Apply the edits of one file, keeping its byte order mark and its line ends."""
    end = "\r\n" if "\r\n" in text else "\n"
    starts = [text.startswith(BOM), *(match.end() for match in _LINE_END.finditer(text))]
    in_order = sorted(edits, key=lambda edit: (edit.first, edit.after))
    for edit in in_order[::-1]:
        first = starts[edit.first[0]] + edit.first[1]
        after = min(len(text), starts[min(edit.after[0], len(starts) - 1)] + edit.after[1])
        text = text[:first] + edit.text.replace("\n", end) + text[after:]
    return text


def to_patch(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Write a unified diff that `git apply` accepts.

    Args:
        before: Text of each file by its name in the patch.
        after: The same after the edits.
    """
    parts: list[str] = []
    for name in sorted(after):
        old, new = before[name], after[name]
        if old != new:
            names = _quoted(f"a/{name}"), _quoted(f"b/{name}")
            parts += _numbered(unified_diff(_lines(old), _lines(new), *names))
    return "".join(parts)


def _quoted(name: str) -> str:
    """Write a name as Git does; a line's end in it would be one of the patch."""
    if not _UNUSUAL.search(name):
        return name
    escaped = _UNUSUAL.sub(lambda match: f"\\{ord(match[0]):03o}", name)
    return f'"{escaped}"'


def _lines(text: str) -> list[str]:
    """Lines with their ends; only LF ends a line in a patch."""
    found = [f"{line}\n" for line in text.split("\n")]
    found[-1] = found[-1][:-1]
    return [line for line in found if line]


def _numbered(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
