"""Find what the block rules need to know in advance: fences, table rows, definitions.

A fence hides its content, at any indent and in any container; finding all fences in
one pass beforehand lets every container rule skip over them in constant time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple, TypeAlias, cast

from msgspec import Struct, field

from generator.parser.directive_names import DIRECTIVE, GATE

# Patterns of lines begin with the line end before, which `re` looks for much faster than for `^`;
# without backtracking after an indent (`*+`), other lines are rejected quickly.
_MARK = re.compile(
    r"\n[ >]*+(?=[-*+\d`~|:])(?:"
    r"(?P<fence>(?P<items>(?>(?:(?:[-*+]|\d{1,9}[.)])[ ]++)*))(?P<run>`{3,}|~{3,})(?P<info>[^\n]*))"
    r"|(?P<row>(?:[-*+] +|\d+[.)] +)?\|?[ ]*:?-++:?[ ]*+(?>(?:\|[ ]*:?-++:?[ ]*+)*)\|?[ ]*$)"
    r"|(?P<definition>:[ ]+(?=\S)))",
    re.M,
)
_PAIRED = {
    "/": re.compile(
        r"\n[ >]*+(?P<run>/{3,})[ ]*(?P<head>[a-z][\w-]*(?:[ ]*\|[^\n]*)?)?[ ]*$", re.M
    ),
    ":": re.compile(r"\n[ >]*+(?P<run>:{3,})[ ]*(?P<head>[^\s:][^\n]*?)?[ ]*:*[ ]*$", re.M),
}
_CRITIC = re.compile(r"\n[ >]*+(?:\{(?P<opens>\+\+|--|==|>>)|(?P<ends>\+\+|--|==|<<)\})[ ]*$", re.M)
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_JINJA_CALL = re.compile(r"\{\{-?\s*[A-Za-z_][\w.]*\s*\(")
_JINJA_END = re.compile(r"\)\s*(?:\|[^{}\n]*)?-?\}\}")
_BOX = re.compile(r"^[ >]*(?:(?:\?\?\?|!!!|===)[+!]?[ ]|\[!)", re.M)


class FenceRegion(NamedTuple):
    """The extent of a fenced block, in 0-based lines of the text.

    Attributes:
        first: Line of the opening fence.
        last: Line of the closing fence; without one, the last line of its container.
        is_closed: Whether there is a closing fence.
    """

    first: int
    last: int
    is_closed: bool = True


def fence_around(fences: Sequence[FenceRegion], line: int) -> FenceRegion | None:
    """Return the fence that a line is in, its first and last included, or None.

    Args:
        fences: In order.
        line: 0-based.
    """
    index = bisect_right(fences, line, key=lambda fence: fence.first) - 1
    return fences[index] if index >= 0 and line <= fences[index].last else None


class Regions(Struct, frozen=True):
    """Line facts of a page.

    Attributes:
        fences: Line of the opening fence → region, in order.
        unclosed: Lines that look like opening fences and have no end.
        delimiter_rows: Lines that could be the second line of a table.
        definitions: Lines that start with `: `.
        jinja: Lines that a Jinja call (`{{ macro("…") }}`) begun on an earlier line goes over.
        pairs: Line of a marker `/// name` or `::: name` → line of the marker that ends it.
        gates: Line of a fence `{exercise-start}` → line of the fence `{exercise-end}`.
        critics: Line `{++` → the first line `++}` after it; likewise for the other marks.
        starts: Offset of each line's first character.
    """

    fences: Mapping[int, FenceRegion] = field(default_factory=dict)
    unclosed: frozenset[int] = frozenset()
    delimiter_rows: frozenset[int] = frozenset()
    definitions: frozenset[int] = frozenset()
    jinja: frozenset[int] = frozenset()
    pairs: Mapping[int, int] = field(default_factory=dict)
    gates: Mapping[int, int] = field(default_factory=dict)
    critics: Mapping[int, int] = field(default_factory=dict)
    starts: Sequence[int] = (0,)


_Line: TypeAlias = tuple[int, re.Match[str]]
"""Its number, and what fits."""


class _FenceLine(Struct):
    line: int
    indent: int
    char: str
    length: int
    can_open: bool
    can_close: bool
    is_directive: bool
    file: str | None


def line_starts(text: str) -> list[int]:
    """Return the offset of each line's first character."""
    ends = accumulate([len(line) + 1 for line in text.split("\n")])
    return [0, *ends][:-1]


def find_regions(
    text: str, *, reads_directives: bool = False, files: Sequence[str | None] = ()
) -> Regions:
    """Find the regions of a page.

    Args:
        text: The page, tabs expanded.
        reads_directives: Whether ```` ```{note} ```` begins a box rather than code (MyST).
        files: The file that each line was included from, None for the page's own; empty when the
            page includes nothing.

    Returns:
        Facts by 0-based line of `text`.
    """
    starts = line_starts(text)
    marks = _find_marks(text, starts)
    directives: dict[int, int] = {}
    wanted = directives if reads_directives else None
    lines = [_fence_line(line, match, files) for line, match in marks["fence"]]
    fences, unclosed = _pair_fences(text, starts, lines, wanted)
    return Regions(
        fences,
        unclosed,
        frozenset([line for line, _ in marks["row"]]),
        frozenset([line for line, _ in marks["definition"]]),
        _find_jinja(text, starts),
        {**_pair_markers(text, starts, fences), **directives},
        _pair_gates(marks["fence"], fences) if reads_directives else {},
        _pair_critics(text, starts),
        starts,
    )


def _pair_gates(found: Sequence[_Line], fences: Mapping[int, FenceRegion]) -> Mapping[int, int]:
    pairs: dict[int, int] = {}
    opened: dict[str, int] = {}
    for line, match in found:
        gate = GATE.match(match["info"]) if line in fences else None
        if gate and gate["edge"].lower() == "start":
            opened[gate["name"].lower()] = line
        elif gate and (start := opened.pop(gate["name"].lower(), None)) is not None:
            pairs[start] = line
    return pairs


def _pair_markers(
    text: str, starts: list[int], fences: Mapping[int, FenceRegion]
) -> Mapping[int, int]:
    """Pair the markers of blocks between slashes or colons.

    A marker without a name ends the innermost block of as many characters, and what was left open
    in it; if no block has as many colons, the innermost one, as in Pandoc.
    """
    pairs: dict[int, int] = {}
    regions = list(fences.values())
    for char, pattern in _PAIRED.items():
        if char * 3 not in text:
            continue
        opened: list[tuple[int, int]] = []
        for line, match in _lines_of(pattern, text, starts):
            if fence_around(regions, line):
                continue
            length = len(match["run"])
            if match["head"]:
                opened.append((line, length))
                continue
            is_known = any(known == length for _, known in opened[-_LOOKBACK:])
            if opened and not is_known and char == ":":  # Pandoc: the innermost, of any length
                pairs[opened.pop()[0]] = line
            while is_known and opened:
                first, known = opened.pop()
                if known == length:
                    pairs[first] = line
                    break
    return pairs


_LOOKBACK = 64
"""Open markers searched for the one that ends; keeps pages of many openings linear."""


def _pair_critics(text: str, starts: list[int]) -> dict[int, int]:
    paired: dict[int, int] = {}
    ends: dict[str, int] = {}
    for line, match in reversed(list(_lines_of(_CRITIC, text, starts))):
        if match["ends"]:
            ends[match["ends"].replace("<<", ">>")] = line
        elif match["opens"] in ends:
            paired[line] = ends[match["opens"]]
    return paired


def _find_jinja(text: str, starts: list[int]) -> frozenset[int]:
    lines: set[int] = set()
    position = 0
    while opening := _JINJA_CALL.search(text, position):
        closing = _JINJA_END.search(text, opening.end())
        if closing is None:
            break
        position = closing.end()
        first, last = (bisect_right(starts, m.start()) - 1 for m in (opening, closing))
        lines.update(range(first + 1, last + 1))
    return frozenset(lines)


def _lines_of(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[_Line]:
    """Yield the number of each line that fits, and what fits."""
    for match in pattern.finditer(f"\n{text}"):
        yield bisect_right(starts, match.start()) - 1, match


def _find_marks(text: str, starts: list[int]) -> Mapping[str, list[_Line]]:
    """Find fences, delimiter rows and definitions in one pass."""
    marks: dict[str, list[_Line]] = {"fence": [], "row": [], "definition": []}
    for line, match in _lines_of(_MARK, text, starts):
        marks[cast(str, match.lastgroup)].append((line, match))
    return marks


def _fence_line(line: int, match: re.Match[str], files: Sequence[str | None] = ()) -> _FenceLine:
    items, run, info = match.group("items", "run", "info")
    return _FenceLine(
        line,
        match.start("run") - match.start() - 1,
        run[0],
        len(run),
        can_open=run[0] == "~" or "`" not in info or "`" not in _QUOTED.sub("", info),
        can_close=not items and not info.strip(),
        is_directive=not items and DIRECTIVE.match(info) is not None,
        file=files[line] if line < len(files) else None,
    )


def find_fences(text: str, starts: list[int]) -> Sequence[FenceRegion]:
    """Find the fences of a page.

    Args:
        text: The page, tabs expanded.
        starts: Offset of each of its lines.

    Returns:
        Fences in order.
    """
    lines = [_fence_line(line, match) for line, match in _find_marks(text, starts)["fence"]]
    return list(_pair_fences(text, starts, lines)[0].values())


def _pair_fences(
    text: str,
    starts: list[int],
    lines: list[_FenceLine],
    directives: dict[int, int] | None = None,
) -> tuple[Mapping[int, FenceRegion], frozenset[int]]:
    """Return the fences by the line of their opening, and the lines of openings without an end.

    Boxes that are written as fences go to `directives`, first line → last one.
    """
    fences: dict[int, FenceRegion] = {}
    unclosed: set[int] = set()
    closers = [number for number, line in enumerate(lines) if line.can_close]
    clear = -1  # from here on, no line is left of this column
    index = 0
    while index < len(lines):
        opening = lines[index]
        index += 1
        if not opening.can_open:
            continue
        end = _closing(lines, closers, index)
        if directives is not None and opening.is_directive and end is not None:
            directives[opening.line] = lines[end].line
            lines[end].can_open = False
            continue
        if end is None and opening.indent <= clear:
            unclosed.add(opening.line)
            continue
        between = lines[index - 1 : index] if end is None else lines[index - 1 : end + 1]
        region = _region(text, starts, between, is_ended=end is not None)
        if region is None:
            unclosed.add(opening.line)
            clear = max(clear, opening.indent) if end is None else clear
            continue
        fences[opening.line] = region
        while index < len(lines) and lines[index].line <= region.last:
            index += 1
    return fences, frozenset(unclosed)


def _region(
    text: str, starts: list[int], between: list[_FenceLine], *, is_ended: bool
) -> FenceRegion | None:
    """Return the fence of the first of the fence-like lines `between`; the last ends it or not.

    Code to the left of its fence is the author's mistake if only the end follows; with
    another fence or box in between, the end belongs to that one, and the code ends where its
    container does.
    """
    opening = between[0]
    last = between[-1].line if is_ended else len(starts) - 1
    outdent = _find_outdent(text, starts, opening, last)
    if outdent is None:
        return FenceRegion(opening.line, last) if is_ended else None
    is_slip = len(between) == 2 and not _BOX.search(text, starts[outdent], starts[last])
    if is_ended and is_slip:
        return FenceRegion(opening.line, last)
    while outdent > opening.line + 1 and not text[starts[outdent - 1] : starts[outdent]].strip(
        " >\n"
    ):
        outdent -= 1
    return FenceRegion(opening.line, outdent - 1, is_closed=False)


_LOOKAHEAD = 2000
"""Fence-like lines searched for an end; keeps pages of many openings linear."""


def _closing(lines: list[_FenceLine], closers: list[int], index: int) -> int | None:
    """Return the index of the line, one of `closers`, that ends the fence before `index`.

    The end is at the opening's column, with the three columns of slack that CommonMark allows.
    An end further left belongs to an outer container, and the fence is not closed.
    """
    opening = lines[index - 1]
    first, after = bisect_left(closers, index), bisect_left(closers, index + _LOOKAHEAD)
    for position in closers[first:after]:
        line = lines[position]
        if line.char != opening.char or line.length < opening.length or line.file != opening.file:
            continue  # a fence in a file that is shown as code does not end that code
        if line.indent <= opening.indent + 3:
            return position if line.indent >= opening.indent - 3 else None
    return None


def _find_outdent(text: str, starts: list[int], opening: _FenceLine, last: int) -> int | None:
    """Return the first line from the fence to `last` that is left of the fence, if any."""
    if not opening.indent:
        return None
    begin = text.find("\n", starts[opening.line])
    end = starts[last + 1] - 1 if last + 1 < len(starts) else len(text)
    indent = 0 if _is_quoted(text, starts, opening) else opening.indent
    is_left = _left_of(indent).search(text, begin, end)
    return bisect_right(starts, is_left.end()) - 1 if begin >= 0 and is_left else None


def _is_quoted(text: str, starts: list[int], opening: _FenceLine) -> bool:
    return text.find(">", starts[opening.line], starts[opening.line] + opening.indent) >= 0


@cache
def _left_of(indent: int) -> re.Pattern[str]:
    """Return a pattern for text left of a column; 0 means a line that leaves a quote."""
    if not indent:
        return re.compile(r"\n(?![ ]*>)")
    return re.compile(rf"\n(?![ ]{{{indent}}})(?=[^\S\n]*+\S)")
