"""ATX headings and thematic breaks."""

import re

from markdown_it.token import Token

from generator.parser.attribute_syntax import find_trailing
from generator.parser.block_state import BlockRule, BlockState

_HEADING = re.compile(r"(#{1,6})[ ]*(.*?)[ ]*#*[ ]*$")
_BREAK = re.compile(r"(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")


def _heading(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    match = _HEADING.match(state.line_text(start))
    if not match or not match[2]:
        return False
    if match.start(2) == match.end(1) and state.page.extensions.saneheaders:
        return False
    if silent:
        return True
    column = state.column(start) + match.start(2)
    tag = f"h{len(match[1])}"
    push_heading(state, tag, start, match[2], column).markup = match[1]
    state.line = start + 1
    return True


def push_heading(state: BlockState, tag: str, line: int, text: str, column: int) -> Token:
    """Push a heading; return its opening token."""
    opening = push_line(state, "heading", tag, line, text, column)
    state.page.headings.append((opening, state.tokens[-2]))
    return opening


def push_line(state: BlockState, kind: str, tag: str, line: int, text: str, column: int) -> Token:
    """Push a heading or cell; an attribute list at its text's end goes to the opening token."""
    may_have = text.endswith("}") and state.page.extensions.attr_list
    trailing = find_trailing(text) if may_have else None
    if trailing is None:
        return state.push_text(kind, tag, line, text, (column,))
    attributes, end = trailing
    opening = state.push_text(kind, tag, line, text[:end], (column,))
    state.page.give(opening, attributes)
    return opening


def _break(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    end = state.eMarks[start]
    if state.src[end - 1] not in "*-_ ":  # most lines that begin like this are list items
        return False
    if not _BREAK.match(state.src, state.text_start(start), end):
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
