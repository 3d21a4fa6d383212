"""Admonitions: `!!! note "Title"`, `??? question`, `???+`, at any depth."""

from collections.abc import Sequence

from markdown_it.token import Token
from msgspec.structs import replace

from generator.model import Admonition
from generator.parser.attribute_syntax import Attributes, read_attributes
from generator.parser.block import lists
from generator.parser.block.box import box
from generator.parser.block.marker import Marker, read_marker
from generator.parser.block_state import BlockRule, BlockState

_BODY = 4


def _read(state: BlockState, line: int, end: int) -> Marker | None:
    if line in state.page.regions.jinja:
        return None
    marker = read_marker(state.line_text(line))
    if marker is None or not marker.needs_body:
        return marker
    below = state.skipEmptyLines(line + 1)
    has_body = below < end and state.sCount[below] >= state.sCount[line] + _BODY
    return marker if has_body else None


def body_indent(state: BlockState, start: int, end: int) -> int:
    """Return the column at which the body begins: four more than the marker.

    A body that is indented by two or three columns is accepted, with a warning.
    """
    wanted = state.sCount[start] + _BODY
    line = state.skipEmptyLines(start + 1)
    if line >= end:
        return wanted
    column = state.sCount[line]
    by = column - state.sCount[start]
    if not (1 if line == start + 1 else 2) <= by < _BODY:
        return wanted
    state.report(
        line,
        "W204",
        f"the body is indented by {by} spaces, not 4: the site does not read it as the box's body",
        "indent the body by 4 spaces",
    )
    return column


def find_body_end(state: BlockState, start: int, end: int, indent: int) -> int:
    """Return the line after the last one of a body that begins at column `indent`.

    Args:
        state: The parser's state.
        start: Line of the marker.
        end: Line after the last one of the enclosing container.
        indent: Column of the body.
    """
    fences, columns = state.page.regions.fences, state.sCount
    is_empty = state.isEmpty
    line = start + 1
    while line < end and (columns[line] >= indent or is_empty(line)):
        line = min(fences[line].last + 1, end) if line in fences else line + 1
    comments = state.page.comment_columns
    while line > start + 1 and state.isEmpty(line - 1):
        if comments.get(line - 1, -1) >= indent:  # a body may contain nothing else
            break
        line -= 1
    return line


def _attributes(marker: Marker) -> Attributes:
    """Return the attribute list on the marker's line."""
    found = read_attributes(marker.attributes) if marker.attributes else None
    return found[0] if found else ()


def _given(marker: Marker, name: str) -> str:
    return dict(_attributes(marker)).get(name, "")


def _id_lines(state: BlockState, start: int) -> list[int]:
    """Return the lines of comments with an id, `<!-- id: x -->`, at the body's top."""
    ids = state.page.explicit_ids
    if not ids:
        return []
    first = state.skipEmptyLines(start + 1)
    return [line for line in range(start + 1, first + 1) if line in ids]


def _take_id(state: BlockState, opening: Token, lines: Sequence[int]) -> None:
    """Give a box the id of a comment, unless its body shows that as code."""
    admonition, page = opening.meta["admonition"], state.page
    shown = page.shown_comments
    said = next((page.explicit_ids[line] for line in lines if line not in shown), None)
    if said and not admonition.explicit_id:
        opening.meta["admonition"] = replace(admonition, explicit_id=said)


def _report_slip(state: BlockState, start: int, marker: Marker) -> None:
    if marker.slip:
        page, slip = state.page, marker.slip
        place = page.place(start, state.column(start) + slip.offset)
        page.report(place, slip.code, slip.message, slip.hint)


def _report_off(state: BlockState, start: int, marker: Marker) -> None:
    name = "details" if marker.marker.startswith("?") else "admonition"
    state.report_off(name, start)


def _admonition(state: BlockState, start: int, end: int, silent: bool) -> bool:
    marker = _read(state, start, end)
    if marker is None or silent:
        return marker is not None
    _report_slip(state, start, marker)
    _report_off(state, start, marker)
    indent = body_indent(state, start, end)
    after = find_body_end(state, start, end, indent)
    column = state.column(start)
    admonition = Admonition(
        state.page.place(start, column),
        marker.marker,
        marker.type,
        (*marker.classes, *_given(marker, "class").split()),
        marker.title,
        state.admonition_depth,
        _given(marker, "id") or None,
        _attributes(marker),
    )
    id_lines = _id_lines(state, start)
    title_column = column + marker.title_offset
    with box(state, admonition, (start, after), title_column=title_column) as opening:
        state.read_inside(start + 1, after, indent=indent, parent="admonition")
        _take_id(state, opening, id_lines)
        state.line = after
        if "annotate" in admonition.classes:
            _push_annotations(state, start, after, end)
    return True


def _push_annotations(state: BlockState, start: int, after: int, end: int) -> None:
    """Push the numbered list right after a box: the texts of the `(1)` marks in it (Material)."""
    line = state.skipEmptyLines(after)
    if line >= end or state.sCount[line] != state.sCount[start]:
        return
    marker = lists.read_marker(state, line)
    if marker and marker.number == 1:
        lists.RULE.read(state, line, end, False)


RULE = BlockRule("admonition", _admonition, "?!", interrupts=True)
