"""Indented code."""

from generator.parser.block.code_shebang import read_first_line
from generator.parser.block_state import BlockRule, BlockState

GLYPHS = "•◦▪●‣·⁃∙"
"""Bullets that authors paste; Markdown does not recognize them."""


def is_code(state: BlockState, line: int) -> bool:
    """Whether a line is indented enough, outside a paragraph, and not a pasted bullet."""
    if state.sCount[line] < state.code_column:
        return False
    fences = state.page.extensions.superfences
    if fences and fences.disable_indented_code_blocks:
        return False
    is_apart = line == state.first or state.isEmpty(line - 1)
    return is_apart and state.src[state.text_start(line)] not in GLYPHS


def _code(state: BlockState, start: int, end: int, _silent: bool) -> bool:
    """Take all lines that are indented enough, and the blank lines between them."""
    if not is_code(state, start):
        return False
    last = line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.code_column):
        if not state.isEmpty(line):
            last = line
        line += 1
    token = state.push("code_block", "code", 0)
    token.content = _cut_lines(state, start, last + 1, state.code_column)
    if state.page.extensions.codehilite:
        token.meta["fence"], token.content = read_first_line(token.content)
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _cut_lines(state: BlockState, first: int, after: int, column: int) -> str:
    """Return lines from `column` on, each with its line end; text left of it is kept."""
    cut = []
    for line in range(first, after):
        skip = min(max(column - (state.sCount[line] - state.tShift[line]), 0), state.tShift[line])
        cut.append(state.src[state.bMarks[line] + skip : state.eMarks[line]])
    return "\n".join(cut) + "\n"


RULE = BlockRule("code", _code)
