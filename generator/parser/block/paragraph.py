"""Paragraphs, and the two-line headings that start like one."""

import re

from markdown_it.token import Token

from generator.parser.attributes import find_trailing, give
from generator.parser.block.heading import push_text
from generator.parser.block_state import BlockRule, BlockState, parser_of
from generator.parser.elements import BLOCK_TAG

_UNDERLINE = re.compile(r"(=+|-+) *$")


def _is_continued(state: BlockState, line: int, end: int) -> bool:
    regions = state.page.regions
    if line + 1 in regions.delimiter_rows and "|" in state.line_text(line) and line + 1 < end:
        return False
    return not parser_of(state).is_interrupted(state, line, end)


def _is_underline(state: BlockState, line: int) -> bool:
    if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return False
    return _UNDERLINE.match(state.src, state.text_start(line), state.eMarks[line]) is not None


def _push_heading(state: BlockState, start: int) -> None:
    level = 1 if state.line_text(start + 1)[0] == "=" else 2
    token = state.push("heading_open", f"h{level}", 1)
    token.markup = "=" if level == 1 else "-"
    token.map = [start, start + 2]
    push_text(state, token, start, state.line_text(start).rstrip(), state.column(start))
    state.push("heading_close", f"h{level}", -1)
    state.line = start + 2


def _paragraph(state: BlockState, start: int, end: int, _silent: bool) -> bool:
    after = start + 1
    if after < end and _is_underline(state, after):
        _push_heading(state, start)
        return True
    while after < end and not state.isEmpty(after) and _is_continued(state, after, end):
        after += 1
    push_paragraph(state, start, after)
    state.line = after
    return True


def push_paragraph(state: BlockState, start: int, after: int) -> None:
    """Push the lines `[start, after)` as one paragraph."""
    content = "\n".join([state.line_text(line) for line in range(start, after)]).rstrip()
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, after]
    if content.endswith("}"):
        content = _take_attributes(token, content)
    columns = tuple([state.column(line) for line in range(start, after)])
    state.push_inline(start, after, content, columns)
    closing = state.push("paragraph_close", "p", -1)
    if content[:1] == "<" and BLOCK_TAG.match(content):
        token.hidden = closing.hidden = True  # an element's own line: no `<p>` around it


def _take_attributes(token: Token, content: str) -> str:
    """Take an attribute list that stands in the last line, below the text, off a paragraph."""
    trailing = find_trailing(content)
    if not trailing or content[trailing[1] :].lstrip(" ")[0] != "\n":
        return content
    give(token, trailing[0])
    return content[: trailing[1]]


RULE = BlockRule("paragraph", _paragraph)
