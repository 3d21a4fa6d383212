"""Content tabs: `=== "Title"` (pymdownx.tabbed)."""

import re

from generator.parser.block.admonition import body_indent, find_body_end
from generator.parser.block_state import BlockRule, BlockState

_MARKER = re.compile(r'===(?P<flags>[!+]{0,2})[ ]+"(?P<title>.*)"[ ]*$')


def _read(state: BlockState, line: int) -> re.Match[str] | None:
    return _MARKER.match(state.line_text(line))


def _push_tab(state: BlockState, start: int, end: int, match: re.Match[str]) -> int:
    indent = body_indent(state, start, end)
    after = find_body_end(state, start, end, indent)
    token = state.push("tab_open", "div", 1)
    token.map = [start, after]
    token.markup = "==="
    token.meta = {"is_selected": "+" in match["flags"]}
    column = state.column(start) + match.start("title")
    state.push_text("tab_title", "p", start, match["title"], (column,))
    state.read_inside(start + 1, after, indent=indent, parent="tab")
    state.push("tab_close", "div", -1)
    return after


def _tabs(state: BlockState, start: int, end: int, silent: bool) -> bool:
    match = _read(state, start)
    if match is None or silent:
        return match is not None
    state.report_off("tabbed", start)
    opening = state.push("tab_set_open", "div", 1)
    opening.markup = "==="
    line = start
    while match:
        after = _push_tab(state, line, end, match)
        line = state.skipEmptyLines(after)
        if line >= end or state.sCount[line] != state.sCount[start]:
            break
        match = _read(state, line)
        if match and "!" in match["flags"]:
            break
    opening.map = [start, after]
    state.push("tab_set_close", "div", -1)
    state.line = after
    return True


RULE = BlockRule("tabs", _tabs, "=", interrupts=True)
