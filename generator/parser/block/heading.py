"""ATX headings and thematic breaks."""

import re

from markdown_it.token import Token

from generator.parser.attributes import find_trailing, give
from generator.parser.block_state import BlockRule, BlockState

_HEADING = re.compile(r"(#{1,6})[ ]*(.*?)[ ]*#*[ ]*$")
_BREAK = re.compile(r"(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")


def _heading(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    match = _HEADING.match(state.line_text(start))
    # `#hashtag` in a text is not a heading, though Python-Markdown takes it for one.
    if not match or not match[2] or (match.start(2) == match.end(1)):
        return False
    if silent:
        return True
    tag = f"h{len(match[1])}"
    token = state.push("heading_open", tag, 1)
    token.markup = match[1]
    token.map = [start, start + 1]
    column = state.column(start) + match.start(2)
    push_text(state, token, start, match[2], column)
    state.push("heading_close", tag, -1)
    state.line = start + 1
    return True


def push_text(state: BlockState, opening: Token, line: int, text: str, column: int) -> None:
    """Push a heading's or cell's text; an attribute list at its end goes to the opening token."""
    trailing = find_trailing(text)
    if trailing:
        give(opening, trailing[0])
        text = text[: trailing[1]]
    state.push_inline(line, line + 1, text, (column,))


def _break(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    if not _BREAK.match(state.line_text(start)):
        return False
    if silent:
        return True
    token = state.push("hr", "hr", 0)
    token.markup = state.src[state.text_start(start)] * 3
    token.map = [start, start + 1]
    state.line = start + 1
    return True


HEADING = BlockRule("heading", _heading, "#", interrupts=True)
BREAK = BlockRule("hr", _break, "*-_", interrupts=True)
