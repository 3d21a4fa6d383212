"""Definition lists: a term, and below it `:   what it means` (def_list)."""

import re
from typing import NamedTuple

from generator.parser.block_state import BlockRule, BlockState

_MARK = re.compile(r":[ ]+")


class _Terms(NamedTuple):
    """Term lines `[first, after)` and the line of the first definition."""

    first: int
    after: int
    definition: int


def _is_definition(state: BlockState, line: int, end: int) -> bool:
    if line >= end or line not in state.page.regions.definitions:
        return False
    return 0 <= state.sCount[line] - state.blkIndent <= 3 and (
        _MARK.match(state.src, state.text_start(line)) is not None
    )


def _find_terms(state: BlockState, start: int, end: int) -> _Terms | None:
    line = start
    while line < end and not state.isEmpty(line) and not _is_definition(state, line, end):
        if state.sCount[line] < state.blkIndent:
            return None
        line += 1
    definition = line + 1 if line < end and state.isEmpty(line) else line
    if line == start or not _is_definition(state, definition, end):
        return None
    return _Terms(start, line, definition)


def _find_definition_end(state: BlockState, start: int, end: int) -> int:
    fences = state.page.regions.fences
    at = state.sCount[start]
    line = after = start + 1
    is_after_blank = False
    while line < end:
        if state.isEmpty(line):
            is_after_blank = True
            line += 1
            continue
        if state.sCount[line] < at + (4 if is_after_blank else 2) and (
            is_after_blank or _is_definition(state, line, end) or state.is_interrupted(line, end)
        ):
            break
        fence = fences.get(line)
        line = after = min(fence.last + 1, end) if fence else line + 1
        is_after_blank = False
    return after


def _push_definition(state: BlockState, start: int, end: int) -> int:
    after = _find_definition_end(state, start, end)
    match = _MARK.match(state.line_text(start))
    width = match.end() if match else 2
    state.push("dd_open", "dd", 1).map = [start, after]
    was_tight, state.tight = state.tight, True
    index = len(state.tokens)
    state.read_hanging(start, after, width=width, parent="dl")
    if state.tight:
        level = state.level
        for token in state.tokens[index:]:
            if token.level == level and token.type in ("paragraph_open", "paragraph_close"):
                token.hidden = True
    state.tight = was_tight
    state.push("dd_close", "dd", -1)
    return after


def _push_terms(state: BlockState, terms: _Terms) -> None:
    for line in range(terms.first, terms.after):
        text = state.line_text(line).rstrip()
        state.push_text("dt", "dt", line, text, (state.column(line),))


def _definitions(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if not state.page.regions.definitions or silent:
        return False
    terms = _find_terms(state, start, end)
    if terms is None:
        return False
    state.report_off("def_list", start)
    opening = state.push("dl_open", "dl", 1)
    after = start
    while terms:
        _push_terms(state, terms)
        line = terms.definition
        while _is_definition(state, line, end):
            after = _push_definition(state, line, end)
            line = state.skipEmptyLines(after)
        terms = None
        if line < end and state.sCount[line] >= state.blkIndent:
            is_text = not state.is_interrupted(line, end)
            terms = _find_terms(state, line, end) if is_text else None
    opening.map = [start, after]
    state.push("dl_close", "dl", -1)
    state.line = after
    return True


RULE = BlockRule("definition_list", _definitions)
