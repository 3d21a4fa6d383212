"""Paragraphs, and the two-line headings that start like one."""

import re

from generator.parser.attribute_syntax import Attributes, find_trailing
from generator.parser.block.heading import push_heading
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.elements import BLOCK_TAG

_UNDERLINE = re.compile(r"(=+|-+) *$")


def _is_continued(state: BlockState, line: int, end: int) -> bool:
    regions = state.page.regions
    if line + 1 in regions.delimiter_rows and "|" in state.line_text(line) and line + 1 < end:
        return False
    return not state.is_interrupted(line, end)


def _is_underline(state: BlockState, line: int) -> bool:
    begin = state.text_start(line)
    if state.src[begin] not in "=-" or state.sCount[line] < state.blkIndent:
        return False
    return _UNDERLINE.match(state.src, begin, state.eMarks[line]) is not None


def _push_heading(state: BlockState, start: int) -> None:
    level = 1 if state.line_text(start + 1)[0] == "=" else 2
    text = state.line_text(start).rstrip()
    token = push_heading(state, f"h{level}", start, text, state.column(start))
    token.markup = "=" if level == 1 else "-"
    token.map = [start, start + 2]
    state.line = start + 2


def _underlined(state: BlockState, start: int, end: int, _silent: bool) -> bool:
    after = start + 1
    if after >= end or state.isEmpty(after) or not _is_underline(state, after):
        return False
    _push_heading(state, start)
    return True


def _paragraph(state: BlockState, start: int, end: int, _silent: bool) -> bool:
    after = _find_end(state, start + 1, end)
    push_paragraph(state, start, after)
    state.line = after
    return True


def _find_end(state: BlockState, line: int, end: int) -> int:
    while line < end and not state.isEmpty(line) and _is_continued(state, line, end):
        line += 1
    return line


def push_paragraph(state: BlockState, start: int, after: int) -> None:
    """Push the lines `[start, after)` as one paragraph."""
    columns: tuple[int, ...]
    if after == start + 1:  # most have one line
        content, columns = state.line_text(start).rstrip(), (state.column(start),)
    else:
        lines = range(start, after)
        content = "\n".join(map(state.line_text, lines)).rstrip()
        columns = tuple(map(state.column, lines))
    if content in state.page.placeholders:
        return
    may_have = content.endswith("}") and state.page.extensions.attr_list
    trailing = _find_attributes(content) if may_have else None
    if trailing:
        content = content[: trailing[1]]
    token = state.push_text("paragraph", "p", start, content, columns)
    if trailing:
        state.page.give(token, trailing[0])
    if content[:1] == "<" and BLOCK_TAG.match(content):
        # An element's own line: no `<p>` around it.
        state.tokens[-3].hidden = state.tokens[-1].hidden = True


def _find_attributes(content: str) -> tuple[Attributes, int] | None:
    """Find an attribute list on the last line, below a paragraph's text."""
    trailing = find_trailing(content)
    if trailing and content[trailing[1] :].lstrip(" ")[0] == "\n":
        return trailing
    return None


UNDERLINED = BlockRule("lheading", _underlined)
RULE = BlockRule("paragraph", _paragraph)
