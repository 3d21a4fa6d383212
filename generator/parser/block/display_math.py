r"""Display formulas: `$$ … $$`, `\[ … \]` and bare `\begin{…}` (pymdownx.arithmatex)."""

import re
from collections.abc import Collection
from typing import NamedTuple

from markdown_it.token import Token
from msgspec import Struct

from generator.config.extensions import Arithmatex
from generator.parser.block_state import BlockRule, BlockState

_BEGIN = re.compile(r"\\begin\{([a-zA-Z]+\*?)\}")
_TAIL = re.compile(r"[ ]*(?:\{[^{}\n]*\})?[ ]*$")
_MAX_LINES = 2000


class _Delimiters(NamedTuple):
    opening: str
    closing: str
    is_kept: bool = False


class _Formula(Struct):
    """A formula as found.

    Attributes:
        delimiters: Around it.
        lines: Its lines of text, without indent.
        columns: 0-based column of each of these lines.
        last: Line that holds the closing delimiter.
        tail: Offset in that line's text after the delimiter.
    """

    delimiters: _Delimiters
    lines: tuple[str, ...]
    columns: tuple[int, ...]
    last: int
    tail: int


_DOLLARS = _Delimiters("$$", "$$")
_BRACKETS = _Delimiters("\\[", "\\]")


def _read_opening(text: str, syntax: Collection[str]) -> _Delimiters | None:
    if text.startswith("$$"):
        return _DOLLARS if "dollar" in syntax else None
    if text.startswith("\\["):
        return _BRACKETS if "square" in syntax else None
    begin = _BEGIN.match(text) if "begin" in syntax else None
    return _Delimiters(begin[0], f"\\end{{{begin[1]}}}", is_kept=True) if begin else None


def _find_closing(text: str, closing: str, position: int) -> int:
    r"""Return the offset of a closing delimiter that no backslash escapes, or -1."""
    position = text.find(closing, position)
    while position > 0 and text[position - 1] == "\\" and closing[0] in "$\\":
        backslashes = len(text[:position]) - len(text[:position].rstrip("\\"))
        if backslashes % 2 == 0:
            break
        position = text.find(closing, position + 1)
    return position


def _may_close(state: BlockState, start: int, delimiters: _Delimiters) -> bool:
    """Whether a closing delimiter follows before the next blank line."""
    begin = state.text_start(start) + len(delimiters.opening)
    found = state.src.find(delimiters.closing, begin)
    if found < 0:
        return False
    blank = state.src.find("\n\n", begin)
    return blank < 0 or found < blank


def _find(state: BlockState, start: int, end: int) -> _Formula | None:
    options = state.page.extensions.arithmatex or Arithmatex()
    delimiters = _read_opening(state.line_text(start), options.block_syntax)
    if delimiters is None:
        return None
    if not _may_close(state, start, delimiters):
        return None
    skip = 0 if delimiters.is_kept else len(delimiters.opening)
    depth = 0
    lines: list[str] = []
    columns: list[int] = []
    for line in range(start, min(end, start + _MAX_LINES)):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return None
        text = state.line_text(line)
        if delimiters.is_kept:
            depth += text.count(delimiters.opening)
        position = _find_closing(text, delimiters.closing, skip)
        while position >= 0 and delimiters.is_kept and depth > 1:
            depth -= 1
            position = _find_closing(text, delimiters.closing, position + 1)
        columns.append(state.column(line) + skip)
        if position >= 0:
            tail = position + len(delimiters.closing)
            lines.append(text[skip : tail if delimiters.is_kept else position])
            return _Formula(delimiters, tuple(lines), tuple(columns), line, tail)
        lines.append(text[skip:])
        skip = 0
    return None


def _push(state: BlockState, start: int, formula: _Formula) -> None:
    content = "\n".join(formula.lines)
    lead = len(content) - len(content.lstrip())
    skipped = content.count("\n", 0, lead)
    first = start + skipped
    before = lead - (content.rfind("\n", 0, lead) + 1)
    token = state.push("math_block", "math", 0)
    token.content = content.strip()
    token.markup = formula.delimiters.opening
    token.map = [start, formula.last + 1]
    page = state.page
    if not page.draws_math:
        state.report_off("arithmatex", start)
    columns = formula.columns
    token.meta = {
        "location": page.place(first, columns[min(skipped, len(columns) - 1)] + before),
        "columns": tuple(
            [page.column(start + i, c) for i, c in enumerate(columns) if i >= skipped]
        ),
    }


def push_tex(state: BlockState, first: int, text: str) -> Token:
    """Push the content of a fence ` ```math ` whose first line is `first`."""
    lines = tuple(line.strip() for line in text.split("\n"))
    columns = tuple(state.column(first + index) for index in range(len(lines)))
    delimiters = _Delimiters("```", "```")
    _push(state, first, _Formula(delimiters, lines, columns, first + len(lines) - 1, 0))
    return state.tokens[-1]


def _math(state: BlockState, start: int, end: int, silent: bool) -> bool:
    formula = _find(state, start, end)
    if formula is None:
        if not silent:
            _report_unclosed(state, start)
        return False
    tail = state.line_text(formula.last)[formula.tail :]
    is_alone = _TAIL.match(tail) is not None
    # `$$a$$ is …` is text; `$$⏎a⏎$$ is …` is a formula followed by text.
    if not is_alone and (formula.last == start or formula.delimiters.is_kept):
        return False
    if silent:
        return True
    if state.is_under_text(start) and formula.delimiters.opening == "$$":
        state.lint(
            start,
            "L223",
            "a formula directly under a paragraph: the site shows its dollar signs",
            "put a blank line before the formula",
        )
    _push(state, start, formula)
    state.line = formula.last + 1
    if not is_alone:
        _leave_tail(state, formula)
    return True


def _leave_tail(state: BlockState, formula: _Formula) -> None:
    """Let the next block begin after the closing delimiter."""
    line = formula.last
    rest = state.line_text(line)[formula.tail :]
    state.tShift[line] += formula.tail + len(rest) - len(rest.lstrip())
    state.line = line


def _report_unclosed(state: BlockState, line: int) -> None:
    text = state.line_text(line)
    options = state.page.extensions.arithmatex or Arithmatex()
    is_opened = text.startswith("$$") and "$$" not in text[2:]
    if not is_opened or "dollar" not in options.block_syntax:
        return
    state.report(
        line,
        "E205",
        "the display formula is not closed",
        "close it with $$ before the next blank line",
    )


RULE = BlockRule("math_block", _math, "$\\", interrupts=True)
