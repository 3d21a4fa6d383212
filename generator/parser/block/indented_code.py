"""Indented code. In it a comment is text, as everything else."""

from bisect import bisect_left

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
    first = _first_line(state, start)
    last = line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.code_column):
        if not state.isEmpty(line) or _is_comment(state, line):
            last = line
        line += 1
    token = state.push("code_block", "code", 0)
    token.content = _cut_lines(state, first, last + 1)
    if state.page.extensions.codehilite:
        token.meta["fence"], token.content = read_first_line(token.content)
    token.map = [first, last + 1]
    state.line = last + 1
    return True


def _is_comment(state: BlockState, line: int) -> bool:
    """Whether a line, now blank, held only a comment that was indented as code is."""
    column = state.page.comment_columns.get(line)
    if column is None:
        return False
    return column - (state.bMarks[line] - state.starts[line]) >= state.code_column


def _first_line(state: BlockState, start: int) -> int:
    """Return the line of the first comment right above code, or that of the code."""
    line = start
    while line > state.first and _is_comment(state, line - 1):
        line -= 1
    return line if line == state.first or state.isEmpty(line - 1) else start


def _cut_lines(state: BlockState, first: int, after: int) -> str:
    """Return lines from the code's column on, each with its end; text left of it is kept."""
    has_comments = _show_comments(state, first, after)
    cut = []
    for line in range(first, after):
        begin, indent = state.bMarks[line], state.tShift[line]
        text = state.src[begin : state.eMarks[line]]
        if has_comments:
            text = state.page.commented[line][begin - state.starts[line] :]
            indent = len(text) - len(text.lstrip(" "))
        left = state.code_column - (state.sCount[line] - state.tShift[line])
        cut.append(text[min(max(left, 0), indent) :])
    return "\n".join(cut) + "\n"


def _show_comments(state: BlockState, first: int, after: int) -> bool:
    """Mark the comments in code as shown; one that goes beyond it is not part of the code."""
    page = state.page
    low = bisect_left(page.comments, first, key=lambda comment: comment.line)
    high = bisect_left(page.comments, after, key=lambda comment: comment.line)
    is_cut = low > 0 and page.comments[low - 1].last >= first
    if low == high or is_cut or page.comments[high - 1].last >= after:
        return False
    page.shown_comments.update(comment.line for comment in page.comments[low:high])
    return True


RULE = BlockRule("code", _code)
