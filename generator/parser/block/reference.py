"""Definitions that stand apart from what uses them: links, footnotes, abbreviations."""

import re

from markdown_it.common.utils import normalizeReference

from generator.parser.block_state import BlockRule, BlockState

_LINK = re.compile(
    r"\[(?P<label>[^\[\]^][^\[\]]*)\]:[ ]*(?P<href><[^<>]*>|\S+)"
    r"(?:[ ]+(?P<title>\".*\"|'.*'|\(.*\)))?[ ]*$"
)
_TITLE = re.compile(r"(?P<title>\".*\"|'.*'|\(.*\))[ ]*$")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]+)\]:[ ]*")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]]+)\][ ]?:[ ]*(?P<long>.*?)[ ]*$")
_BODY = 4


def _link(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    match = _LINK.match(state.line_text(start))
    if not match or silent:
        return match is not None
    after = start + 1
    title = match["title"] or ""
    if not title and after < end and not state.isEmpty(after):
        below = _TITLE.match(state.line_text(after))
        if below:
            title, after = below["title"], after + 1
    label = normalizeReference(match["label"])
    href = match["href"].removeprefix("<").removesuffix(">")
    references = state.env.setdefault("references", {})
    references.setdefault(
        label,
        {"title": title[1:-1], "href": state.md.normalizeLink(href), "map": [start, after]},
    )
    state.line = after
    return True


def _abbreviation(state: BlockState, start: int, _end: int, silent: bool) -> bool:
    match = _ABBREVIATION.match(state.line_text(start))
    if match and not silent:
        state.page.abbreviations[match["short"].strip()] = match["long"].strip("\"'")
        state.line = start + 1
    return match is not None


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
        if state.sCount[line] < indent and (
            is_after_blank or state.parser.is_interrupted(state, line, end)
        ):
            break
        is_after_blank = False
        line += 1
        after = line
    return after


def _footnote(state: BlockState, start: int, end: int, silent: bool) -> bool:
    match = _FOOTNOTE.match(state.line_text(start))
    if not match or silent:
        return match is not None
    after = _find_note_end(state, start, end)
    indent = state.sCount[start] + _BODY
    saved = [(line, state.sCount[line], state.tShift[line]) for line in range(start, after)]
    state.tShift[start] += match.end()
    for line, count, _ in saved:
        state.sCount[line] = max(count, indent)
    state.sCount[start] = indent
    token = state.push("footnote_open", "", 1)
    token.map = [start, after]
    token.meta = {"label": match["label"]}
    state.page.footnote_labels.add(match["label"])
    state.read_inside(
        start, after, indent=indent, base=indent, code_column=indent + 4, parent="footnote"
    )
    state.push("footnote_close", "", -1)
    for line, count, shift in saved:
        state.sCount[line], state.tShift[line] = count, shift
    state.line = after
    return True


LINK = BlockRule("reference", _link, "[", interrupts=True)
ABBREVIATION = BlockRule("abbreviation", _abbreviation, "*", interrupts=True)
FOOTNOTE = BlockRule("footnote", _footnote, "[", interrupts=True)
