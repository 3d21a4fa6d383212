"""Footnotes: read where they are written, then taken out for the fragments that cite them."""

import re

from markdown_it.token import Token

from generator.parser.block_state import BlockRule, BlockState
from generator.parser.page import Page

_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]:[ ]*")
_BODY = 4


def _find_note_end(state: BlockState, start: int, end: int) -> int:
    """Return the line after a footnote: text right under it, or lines indented by four."""
    line = after = start + 1
    is_after_blank = False
    indent = state.sCount[start] + _BODY
    while line < end:
        if state.isEmpty(line):
            is_after_blank = True
            line += 1
            continue
        if state.sCount[line] < indent and (is_after_blank or state.is_interrupted(line, end)):
            break
        is_after_blank = False
        line += 1
        after = line
    return after


def _footnote(state: BlockState, start: int, end: int, silent: bool) -> bool:
    match = _FOOTNOTE.match(state.line_text(start))
    if not match or silent:
        return match is not None
    state.report_off("footnotes", start)
    after = _find_note_end(state, start, end)
    token = state.push("footnote_open", "", 1)
    token.map = [start, after]
    token.meta["label"] = match["label"]
    state.page.footnote_labels.add(match["label"])
    state.read_hanging(start, after, width=match.end(), parent="footnote")
    state.push("footnote_close", "", -1)
    state.line = after
    return True


def take_footnotes(tokens: list[Token], page: Page) -> None:
    """Move the footnotes out of a page's tokens; the page keeps them.

    Args:
        tokens: Of the page, changed in place.
        page: The page.
    """
    if not page.footnote_labels:
        return
    flow: list[Token] = []
    notes: dict[str, list[Token]] = {}
    opened: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_open":
            opened.append(notes.setdefault(token.meta["label"], []))  # twice: it means both
        elif token.type == "footnote_close":
            opened.pop()
        else:
            (opened[-1] if opened else flow).append(token)
    tokens[:], page.footnotes = flow, notes


RULE = BlockRule("footnote", _footnote, "[", interrupts=True)
