"""Block quotes."""

from collections.abc import Iterator
from contextlib import contextmanager

from generator.parser.block_state import BlockRule, BlockState

_Saved = list[tuple[int, int, int, int]]


def _strip(state: BlockState, line: int, saved: _Saved) -> None:
    """Move a line's start past its `>` and one optional space."""
    saved.append((line, state.bMarks[line], state.tShift[line], state.sCount[line]))
    position = state.text_start(line) + 1
    if state.src[position : position + 1] == " ":
        position += 1
    rest = state.src[position : state.eMarks[line]]
    state.bMarks[line] = position
    state.tShift[line] = state.sCount[line] = len(rest) - len(rest.lstrip(" "))


def _take_lazy(state: BlockState, line: int, saved: _Saved) -> None:
    saved.append((line, state.bMarks[line], state.tShift[line], state.sCount[line]))
    state.bMarks[line] = state.text_start(line)
    state.tShift[line] = state.sCount[line] = 0


def _quoted_lines(state: BlockState, start: int, end: int) -> tuple[int, _Saved]:
    saved: _Saved = []
    line = start
    fence_end = -1
    while line < end and not state.isEmpty(line):
        if state.src[state.text_start(line)] == ">" and state.sCount[line] >= state.blkIndent:
            if line > fence_end and line in state.page.regions.fences:
                fence_end = state.page.regions.fences[line].last
            _strip(state, line, saved)
        elif (
            state.isEmpty(line - 1)
            or line - 1 <= fence_end
            or state.is_interrupted(line, end, chain="blockquote")
        ):
            break
        else:
            _take_lazy(state, line, saved)
        line += 1
    return line, saved


@contextmanager
def quoted(state: BlockState, start: int, end: int) -> Iterator[int]:
    """Strip the marks from the lines of a quote inside the `with` block.

    Args:
        state: Where the rules are.
        start: First line of the quote.
        end: Line after the last one of the container.

    Yields:
        The line after the quote's last one.
    """
    after, saved = _quoted_lines(state, start, end)
    yield after
    for line, begin, shift, count in saved:
        state.bMarks[line], state.tShift[line], state.sCount[line] = begin, shift, count


def _quote(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if silent:
        return True
    with quoted(state, start, end) as after:
        token = state.push("blockquote_open", "blockquote", 1)
        token.markup = ">"
        token.map = [start, after]
        state.read_inside(start, after, indent=0, parent="blockquote")
        state.push("blockquote_close", "blockquote", -1)
    state.line = after
    return True


RULE = BlockRule("blockquote", _quote, ">", interrupts=True)
