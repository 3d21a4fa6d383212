"""Find what must be known before blocks are read: fences, table rows, definitions.

A fence hides whatever stands in it, at any indent and in any container; finding all fences in
one pass beforehand lets every container rule skip over them in constant time.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

_FENCE = re.compile(
    r"^(?P<prefix>[ >]*(?:(?:[-*+]|\d{1,9}[.)])[ ]+)*)(?P<run>`{3,}|~{3,})(?P<info>[^\n]*)$", re.M
)
_DELIMITER_ROW = re.compile(
    r"^[ >]*(?:[-*+] +|\d+[.)] +)?\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$", re.M
)
_DEFINITION = re.compile(r"^[ >]*:[ ]{1,3}(?=\S)", re.M)


@dataclass(frozen=True, slots=True)
class FenceRegion:
    """Where a fenced block stands, in 0-based lines of the text.

    Attributes:
        first: Line of the opening fence.
        last: Line of the closing fence.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Regions:
    """Line facts of a page.

    Attributes:
        fences: Line of the opening fence → region.
        unclosed: Lines that look like opening fences and have no end.
        delimiter_rows: Lines that could be the second line of a table.
        definitions: Lines that start with `: `.
    """

    fences: Mapping[int, FenceRegion] = field(default_factory=dict)
    unclosed: frozenset[int] = frozenset()
    delimiter_rows: frozenset[int] = frozenset()
    definitions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _FenceLine:
    line: int
    indent: int
    char: str
    length: int
    can_open: bool
    can_close: bool


def line_starts(text: str) -> list[int]:
    """Return the offset of each line's first character."""
    starts = [0]
    find = text.find
    position = find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = find("\n", position + 1)
    return starts


def find_regions(text: str) -> Regions:
    """Find the regions of a page.

    Args:
        text: The page, tabs expanded.

    Returns:
        Facts by 0-based line of `text`.
    """
    starts = line_starts(text)
    fences, unclosed = find_fences(text, starts)
    rows = _lines_of(_DELIMITER_ROW, text, starts) if "|" in text else frozenset()
    definitions = _lines_of(_DEFINITION, text, starts) if ": " in text else frozenset()
    return Regions(fences, unclosed, rows, definitions)


def _lines_of(pattern: re.Pattern[str], text: str, starts: list[int]) -> frozenset[int]:
    return frozenset(bisect_right(starts, m.start()) - 1 for m in pattern.finditer(text))


def _fence_lines(text: str, starts: list[int]) -> list[_FenceLine]:
    found = []
    for match in _FENCE.finditer(text):
        run, info = match["run"], match["info"]
        prefix = match["prefix"]
        found.append(
            _FenceLine(
                bisect_right(starts, match.start()) - 1,
                len(prefix),
                run[0],
                len(run),
                can_open=run[0] == "~" or "`" not in info,
                can_close=not info.strip() and not prefix.strip(" >"),
            )
        )
    return found


def find_fences(text: str, starts: list[int]) -> tuple[Mapping[int, FenceRegion], frozenset[int]]:
    """Find the fences of a page.

    Args:
        text: The page, tabs expanded.
        starts: Offset of each of its lines.

    Returns:
        Fences by the line of their opening, and the lines of openings without an end.
    """
    if "```" not in text and "~~~" not in text:
        return {}, frozenset()
    lines = _fence_lines(text, starts)
    fences: dict[int, FenceRegion] = {}
    unclosed: set[int] = set()
    index = 0
    while index < len(lines):
        opening = lines[index]
        index += 1
        if not opening.can_open:
            continue
        end = _closing(lines, index)
        if end is None:
            unclosed.add(opening.line)
            continue
        fences[opening.line] = FenceRegion(opening.line, lines[end].line)
        index = end + 1
    return fences, frozenset(unclosed)


_LOOKAHEAD = 2000
"""Fence-like lines looked at for an end: keeps a page of nothing but openings linear."""


def _closing(lines: list[_FenceLine], index: int) -> int | None:
    """Return the index of the line that closes the fence before `index`.

    The end stands at the opening's own column (three columns of slack, as CommonMark has).
    An end that stands left of it belongs to an outer container, and the fence has none.
    """
    opening = lines[index - 1]
    for position in range(index, min(len(lines), index + _LOOKAHEAD)):
        line = lines[position]
        if line.char != opening.char or line.length < opening.length:
            continue
        if line.can_close and line.indent <= opening.indent + 3:
            return position if line.indent >= opening.indent - 3 else None
    return None
