"""Pipe tables with alignment."""

import re
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Final, TypeAlias

from generator.parser.block.heading import push_line
from generator.parser.block.indented_code import is_code
from generator.parser.block.lists import read_marker
from generator.parser.block_state import BlockRule, BlockState

_CODE_OR_PIPE = re.compile(r"\\.|(?P<run>`+)|(?P<pipe>\|)")
_MATH = re.compile(r"(?<![\\$])\$(?=[^\s$])(?:\\.|[^\\$])+?(?<!\s)\$(?!\d)|\\\(.+?\\\)")
_MOST_FILLED: Final = 20_000  # cells of a page

_Cell: TypeAlias = tuple[str, int]
"""Its text, and the column at which that begins."""

_Style: TypeAlias = dict[str, str | int | float]
"""The attributes of a column's cells."""


def _split(text: str, column: int, *, pipes_in_math: bool = False) -> list[_Cell]:
    """Split a row at its pipes; one in code, or after a backslash, is text."""
    cells = []
    for piece in _cut(text.rstrip(), pipes_in_math=pipes_in_math):
        inner = piece.lstrip()
        cells.append((inner.rstrip(), column + len(piece) - len(inner)))
        column += len(piece) + 1
    if len(cells) > 1 and not cells[0][0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1][0]:
        del cells[-1]
    return cells


def _cut(text: str, *, pipes_in_math: bool) -> list[str]:
    """Return the text between a row's pipes, before the first and after the last."""
    if not pipes_in_math and "`" not in text and "\\" not in text:
        return text.split("|")
    cuts = _find_pipes(text)
    if pipes_in_math:
        spans = [m.span() for m in _MATH.finditer(text)]
        cuts = [cut for cut in cuts if not any(a <= cut < b for a, b in spans)]
    return [text[a + 1 : b] for a, b in pairwise((-1, *cuts, len(text)))]


def _find_pipes(text: str) -> list[int]:
    cuts = []
    position = 0
    while match := _CODE_OR_PIPE.search(text, position):
        position = match.end()
        if match["pipe"]:
            cuts.append(match.start())
        elif match["run"]:
            closing = re.compile(f"(?<!`){match['run']}(?!`)").search(text, position)
            position = closing.end() if closing else position
    return cuts


@lru_cache(maxsize=256)  # a site has few kinds of tables
def _styles(row: str) -> list[_Style]:
    """Return each column's alignment, from the table's second row."""
    return [_alignment(cell) for cell, _ in _split(row, 0)]


def _alignment(cell: str) -> _Style:
    if cell.startswith(":"):
        side = "center" if cell.endswith(":") and len(cell) > 1 else "left"
    else:
        side = "right" if cell.endswith(":") else ""
    return {"style": f"text-align:{side}"} if side else {}


def _row(state: BlockState, line: int, width: int = 0) -> list[_Cell]:
    text, column = state.line_text(line), state.column(line)
    cells = _split(text, column)
    if width and len(cells) != width and ("$" in text or "\\(" in text):
        # `| $p(x|y)$ | b |`: the author's cells, although the site splits the formula.
        whole = _split(text, column, pipes_in_math=True)
        if len(whole) == width:
            _report_cut_formula(state, line)
            return whole
    return cells


def _report_cut_formula(state: BlockState, line: int) -> None:
    state.report(
        line,
        "L208",
        "a | in a formula: the site ends the table cell there",
        "write \\mid or \\vert in the formula",
    )


def _head(state: BlockState, start: int, end: int) -> tuple[list[_Cell], list[_Style]] | None:
    if start + 1 >= end or state.isEmpty(start + 1) or state.sCount[start + 1] < state.blkIndent:
        return None
    text = state.line_text(start)
    if "|" not in text and "|" not in state.line_text(start + 1):
        return None
    styles = _styles(state.line_text(start + 1))
    cells = _row(state, start, len(styles))
    return (cells, styles) if len(cells) == len(styles) else None


def _push_row(
    state: BlockState, line: int, cells: list[_Cell], styles: list[_Style], tag: str
) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    if not _can_fill(state, line, len(styles) - len(cells)):
        styles = styles[: len(cells)]
    for cell, style in zip_longest(cells, styles):
        text, column = cell or ("", 0)
        token = push_line(state, tag, tag, line, text, column)
        token.map = None
        if style:
            token.attrs = {**style, **token.attrs}
    state.push("tr_close", "tr", -1)


def _can_fill(state: BlockState, line: int, missing: int) -> bool:
    """Whether missing cells may be added; a page of 12 KB could require a million of them."""
    page = state.page
    was_enough = page.filled_cells <= _MOST_FILLED
    page.filled_cells += max(0, missing)
    is_enough = page.filled_cells <= _MOST_FILLED
    if was_enough and not is_enough:
        message = "too many cells are missing in the page's tables: from here on none are added"
        state.report(line, "W212", message, "write the cells")
    return is_enough or missing <= 0


def _find_end(state: BlockState, start: int, end: int) -> int:
    line = start + 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        text = state.line_text(line)
        if ("|" not in text or text.startswith("///")) and state.is_interrupted(line, end):
            break
        line += 1
    return line


def _begins_other(state: BlockState, start: int, end: int) -> bool:
    """Whether a line belongs to another block: markdown-it tries tables first."""
    if is_code(state, start) or read_marker(state, start):
        return True
    return state.is_interrupted(start, end)


def _table(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if start + 1 not in state.page.regions.delimiter_rows or _begins_other(state, start, end):
        return False
    head = _head(state, start, end)
    if head is None or silent:
        return head is not None
    if state.is_under_text(start):
        state.lint(
            start,
            "L222",
            "a table directly under a paragraph: the site shows it as text",
            "put a blank line before the table",
        )
    state.report_off("tables", start)
    cells, styles = head
    after = _find_end(state, start, end)
    state.push("table_open", "table", 1).map = [start, after]
    state.push("thead_open", "thead", 1).map = [start, start + 1]
    _push_row(state, start, cells, styles, "th")
    state.push("thead_close", "thead", -1)
    if after > start + 2:
        state.push("tbody_open", "tbody", 1).map = [start + 2, after]
        for line in range(start + 2, after):
            row = _row(state, line, len(styles))
            _report_width(state, line, len(row), len(styles))
            _push_row(state, line, row, styles, "td")
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = after
    return True


def _report_width(state: BlockState, line: int, width: int, wanted: int) -> None:
    if width <= wanted:
        return
    state.report(
        line,
        "W207",
        f"the row has {width} cells, the table header {wanted}: the site drops the rest",
        "add columns to the header, or write \\| for a literal |",
    )


RULE = BlockRule("table", _table)
