"""Admonitions: `!!! note "Title"`, `??? question`, `???+`, at any depth."""

import re
from dataclasses import dataclass

from generator.model import Admonition
from generator.parser.attributes import read_attributes
from generator.parser.block_state import BlockRule, BlockState, parser_of

_MARKER = re.compile(
    r"(?P<marker>\?\?\?\+?|!!!\+?)(?P<dash>-?)(?P<gap>[ ]*)"
    r"(?P<words>(?:[\w-]+(?:[ ]+|(?=\"|$|\{)))*)"
    r"(?P<title>\".*?\"?)?(?P<attributes>[ ]*\{[^{}\"]*\})?$"
)
_BODY = 4


@dataclass(frozen=True, slots=True)
class _Title:
    text: str | None
    offset: int


def _read(state: BlockState, line: int) -> re.Match[str] | None:
    match = _MARKER.match(state.line_text(line).rstrip())
    if not match:
        return None
    if not match["words"] and match["title"] is None:
        return None
    return match


def _read_title(state: BlockState, line: int, match: re.Match[str]) -> _Title:
    raw = match["title"]
    if raw is None:
        return _Title(None, 0)
    text = raw.rstrip()
    if len(text) > 1 and text.endswith('"'):
        text = text[1:-1]
    else:
        text = text[1:]
        page = state.page
        page.report(
            page.place(line, state.column(line) + match.start("title")),
            "E203",
            "the title's quote is not closed",
            'end the title with "',
        )
    return _Title(text, match.start("title") + 1)


def _body_indent(state: BlockState, start: int, end: int) -> int:
    """Return the column at which the body begins: four more than the marker.

    A body that starts right under its marker and is indented by less is taken as the author meant
    it, with a warning.
    """
    wanted = state.sCount[start] + _BODY
    line = start + 1
    if line >= end or state.isEmpty(line):
        return wanted
    column = state.sCount[line]
    if not state.sCount[start] < column < wanted:
        return wanted
    page = state.page
    page.report(
        page.place(line, state.column(line)),
        "W204",
        f"the body is indented by {column - state.sCount[start]} columns, not 4: "
        "the site does not take it as part of the box",
        "indent the body by 4 spaces",
    )
    return column


def find_body_end(state: BlockState, start: int, end: int, indent: int) -> int:
    """Return the line after the last one of a body that begins at column `indent`.

    Args:
        state: Where the parser stands.
        start: Line of the marker.
        end: Line after the last one of the enclosing container.
        indent: Column of the body.
    """
    fences = state.page.regions.fences
    line = after = start + 1
    while line < end:
        if state.isEmpty(line):
            line += 1
            continue
        if state.sCount[line] < indent:
            break
        fence = fences.get(line)
        line = min(fence.last + 1, end) if fence else line + 1
        after = line
    return after


def push_body(state: BlockState, first: int, after: int, indent: int, parent: str) -> None:
    """Push the content of a body whose lines begin at column `indent`."""
    if first < after:
        with state.container(indent=indent, base=indent, code_column=indent + 4, parent=parent):
            parser_of(state).tokenize(state, first, after)


def push_title(state: BlockState, kind: str, line: int, text: str, column: int) -> None:
    """Push a title as inline content."""
    state.push(f"{kind}_open", "p", 1).map = [line, line + 1]
    state.push_inline(line, line + 1, text, (column,))
    state.push(f"{kind}_close", "p", -1)


def _find_id(state: BlockState, start: int, attributes: str | None) -> str | None:
    """Return the id of `{ #x }` on the marker's line or `<!-- id: x -->` at the body's top."""
    if attributes:
        found = read_attributes(attributes.strip())
        given = dict(found[0]).get("id") if found else None
        if given:
            return given
    ids = state.page.explicit_ids
    if not ids:
        return None
    first = state.skipEmptyLines(start + 1)
    return next((ids[line] for line in range(start + 1, first + 1) if line in ids), None)


def _admonition(state: BlockState, start: int, end: int, silent: bool) -> bool:
    match = _read(state, start)
    if match is None:
        return False
    if silent:
        return True
    title = _read_title(state, start, match)
    indent = _body_indent(state, start, end)
    after = find_body_end(state, start, end, indent)
    words = match["words"].lower().split()
    location = state.page.place(start, state.column(start))
    token = state.push("admonition_open", "div", 1)
    token.map = [start, after]
    token.markup = match["marker"]
    token.meta = {
        "admonition": Admonition(
            location,
            match["marker"],
            words[0] if words else "",
            tuple(words[1:]),
            title.text,
            state.admonition_depth,
            _find_id(state, start, match["attributes"]),
        )
    }
    if title.text:
        push_title(state, "admonition_title", start, title.text, state.column(start) + title.offset)
    state.admonition_depth += 1
    push_body(state, start + 1, after, indent, "admonition")
    state.admonition_depth -= 1
    state.push("admonition_close", "div", -1)
    state.line = after
    return True


RULE = BlockRule("admonition", _admonition, "?!", interrupts=True)
