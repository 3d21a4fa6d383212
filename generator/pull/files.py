"""Edits of a page's text as edits of files: the page's own lines and those of its snippets."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from generator.model import SourceFile
from generator.pull.edits import Edit

_UNUSUAL = re.compile(r"[\x00-\x1f\x7f\"\\]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class FileEdit:
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
        NotInOneFileError: When an edit touches two files, or lines that were changed when the page
            was read (composed characters, tabs).
    """
    lines = whole.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    place = _Places(whole, lines, starts, page, find_snippet, lines_of)
    return tuple(place.file_edit(edit) for edit in edits)


@dataclass(frozen=True, slots=True)
class _Places:
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
        path, start, shift = found[0]
        for step, (other, line, _) in enumerate(found):
            if other != path or line != start + step:
                raise NotInOneFileError
        end = (found[-1][1], edit.end - self.starts[last] - found[-1][2])
        if is_line_end:
            end = (found[-1][1] + 1, 0)
        column = max(0, edit.start - self.starts[first] - shift)
        return FileEdit(path, (start, column), end, _dedented(edit.text, shift))

    def _line(self, offset: int) -> int:
        return min(bisect_right(self.starts, offset) - 1, len(self.lines) - 1)

    def _origin(self, line: int) -> tuple[Path, int, int]:
        """File, 0-based line in it, and by how much the snippet's lines were indented."""
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
        shown = self.lines[line]
        if not shown.endswith(own):
            raise NotInOneFileError
        return path, number, len(shown) - len(own)


def _dedented(text: str, shift: int) -> str:
    if not shift:
        return text
    head, *rest = text.split("\n")
    pad = " " * shift
    return "\n".join([head, *(line.removeprefix(pad) for line in rest)])


def edited(text: str, edits: Iterable[FileEdit]) -> str:
    """Apply the edits of one file, keeping its line ends.

    Args:
        text: The file, decoded.
        edits: Of this file, not overlapping.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    for edit in sorted(set(edits), key=lambda edit: edit.first, reverse=True):
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
    """Lines with their ends; nothing but LF ends a line in a patch."""
    found = [f"{line}\n" for line in text.split("\n")]
    found[-1] = found[-1][:-1]
    return [line for line in found if line]


def _numbered(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
