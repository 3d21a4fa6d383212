"""Bullet and ordered lists, nested by two, three or four columns, as the author meant them.

Python-Markdown counts levels in fours from the container's edge; CommonMark from where the text
of the item begins. A line belongs to an item if either rule applies.
"""

import re
from functools import lru_cache

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from generator.parser.block.fancy_lists import FIRST, Style, read_fancy
from generator.parser.block.indented_code import GLYPHS
from generator.parser.block_state import BlockRule, BlockState

_ZEROS = (
    *(0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66),
    *(0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10),
)
_DIGITS = "".join(chr(zero + digit) for zero in _ZEROS for digit in range(10))
"""Lists may be numbered in any script: 1, ١, १."""

_BEGINNINGS = frozenset(f"-*+{_DIGITS}{GLYPHS}")
_MARKER = re.compile(rf"(?:[-*+{GLYPHS}]|\d{{1,9}}[.)])(?: +|$)")
_DECIMAL: tuple[Style, ...] = (("1", 1),)
_TASK = re.compile(r"\[([ xX])\](?: +|$)")


class _Marker(Struct, frozen=True):
    """An item's marker.

    Attributes:
        number: Of an ordered item, else None.
        width: Columns from the marker to the item's text.
        is_glyph: Whether the marker is a Unicode bullet.
        has_text: Whether text follows on the line.
        styles: Of an item of a fancy list: what its number can be, likeliest first.
    """

    number: int | None
    width: int
    is_glyph: bool
    has_text: bool
    styles: tuple[Style, ...] = ()

    def is_sibling_of(self, other: "_Marker") -> bool:
        """Whether an item belongs to the list that another one has begun."""
        if self.styles or other.styles:
            wanted = other.styles[0][0] if other.styles else "1"
            return self.is_generic or wanted in [style for style, _ in self.styles or _DECIMAL]
        return (self.number is None) == (other.number is None) and self.is_glyph == other.is_glyph

    @property
    def is_generic(self) -> bool:
        """Whether it is `#.`, which goes on with any numbers."""
        return self.styles == _DECIMAL

    def in_list_of(self, other: "_Marker") -> "_Marker":
        """Return the marker with the style of the list that it is an item of."""
        if self.is_generic:
            return replace(self, styles=other.styles)
        wanted = other.styles[0][0] if other.styles else ""
        first = sorted(self.styles, key=lambda style: style[0] != wanted)
        return replace(self, styles=tuple(first))


def read_marker(state: BlockState, line: int) -> _Marker | None:
    """Return the marker of the item that a line begins, or None."""
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if begin >= end or state.src[begin] not in _BEGINNINGS:
        return _read_fancy(state, begin, end)
    match = _MARKER.match(state.src, begin, end)
    return _marker(match[0], match.end() < end) if match else None


def _read_fancy(state: BlockState, begin: int, end: int) -> _Marker | None:
    options = state.page.extensions.fancylists
    if options is None or begin >= end or state.src[begin] not in FIRST:
        return None
    found = read_fancy(state.src[begin : min(end, begin + 32)], options)
    if found is None:
        return None
    text, styles = found
    has_text = begin + len(text) < end
    return _Marker(styles[0][1], len(text.rstrip()) + 1, False, has_text, styles)


@lru_cache(maxsize=256)  # there are few
def _marker(text: str, has_text: bool) -> _Marker:
    """Parse a marker with the spaces after it."""
    mark = text.rstrip(" ")
    number = int(mark[:-1]) if mark[0].isdecimal() else None
    width = len(text) if text != mark else len(mark) + 1
    return _Marker(number, width, mark in GLYPHS, has_text)


class _Item(Struct):
    """The columns of an item.

    Attributes:
        start: Line of the marker.
        marker: Its marker.
        at: Column of the marker.
        text: Column of the item's text.
        enter: Column from which, after a blank line, Python-Markdown takes a line as its own.
    """

    start: int
    marker: _Marker
    at: int
    text: int
    enter: int


def _measure(state: BlockState, start: int, marker: _Marker) -> _Item:
    at = state.sCount[start]
    level = max(at - state.base, 0) // 4
    return _Item(start, marker, at, at + marker.width, state.base + level * 4 + 4)


def _belongs_after_blank(state: BlockState, item: _Item, line: int) -> bool:
    column = state.sCount[line]
    if column >= min(item.text, item.enter):
        return True
    if column < item.at + 2:
        return False
    marker = read_marker(state, line)
    return marker is None or not marker.is_sibling_of(item.marker)


def _belongs(state: BlockState, item: _Item, line: int, end: int) -> bool:
    """Whether a line directly below a line of the item is part of it."""
    column = state.sCount[line]
    if column >= min(item.text, item.enter):
        return True
    marker = read_marker(state, line)
    if marker:
        if marker.is_sibling_of(item.marker):
            return False
        return column >= item.at + 2 or (marker.is_glyph and column >= item.at)
    is_directive = line in state.page.regions.pairs  # MyST ends the item there
    if state.src[state.text_start(line)] in ">`~$\\" and not is_directive:
        return column >= item.at
    return column > item.at or not state.is_interrupted(line, end, chain="list")


def _is_inside(state: BlockState, item: _Item, line: int, end: int, *, gap: str) -> bool:
    """Whether a line is part of an item; `gap` is what comes before: a blank, fence or text."""
    if state.sCount[line] < state.blkIndent:
        return False
    if gap == "blank":
        return _belongs_after_blank(state, item, line)
    if gap == "fence" and state.sCount[line] <= item.at:
        return False
    return _belongs(state, item, line, end)


def _lint_leaving(state: BlockState, item: _Item, line: int) -> bool:
    """Report that the site ends the item before a line; return whether it was reported."""
    if read_marker(state, line):
        return False
    by = item.enter - state.base
    state.lint(
        line,
        "L227",
        "not indented enough: on the site, the list item ends before this line",
        f"indent what belongs to the item by {by} spaces",
    )
    return True


def _find_end(state: BlockState, item: _Item, end: int) -> int:
    """Return the line after the item's last one."""
    fences = state.page.regions.fences
    line = item.start
    is_told = False
    while True:
        fence = fences.get(line)
        after = min(fence.last + 1, end) if fence else line + 1
        line = state.skipEmptyLines(after)
        gap = "blank" if line > after else "fence" if fence else "text"
        if line >= end or not _is_inside(state, item, line, end, gap=gap):
            return after
        if gap == "blank" and state.sCount[line] < item.enter and not is_told:
            is_told = _lint_leaving(state, item, line)


def _push_item(state: BlockState, item: _Item, after: int) -> bool:
    """Push an item and its content; return whether it is tight."""
    start, text = item.start, item.text
    token = state.push("list_item_open", "li", 1)
    token.map = [start, after]
    if item.marker.number is not None:
        token.info = str(item.marker.number)
    state.tight = True
    code_column = max(item.enter + 4, text + 1)
    with state.restoring(start, after):
        line_end = state.eMarks[start] - state.bMarks[start]
        after_marker = state.tShift[start] + item.marker.width
        state.tShift[start] = after_marker if item.marker.has_text else line_end
        state.indent_lines(start, after, text)
        _take_task(state, start, token)
        state.read_inside(
            start, after, indent=text, base=state.base, code_column=code_column, parent="list"
        )
    state.push("list_item_close", "li", -1)
    return state.tight


def _take_task(state: BlockState, line: int, item: Token) -> None:
    """Take `[x] ` off the item's text."""
    begin = state.text_start(line)
    match = state.src.startswith("[", begin) and _TASK.match(state.src, begin, state.eMarks[line])
    if not match:
        return
    state.report_off("tasklist", line)
    if state.page.extensions.tasklist:
        item.meta["checked"] = match[1] != " "
        state.tShift[line] += match.end() - match.start()


def _next_item(state: BlockState, item: _Item, after: int, end: int) -> _Item | None:
    line = state.skipEmptyLines(after)
    if line >= end or state.sCount[line] < state.blkIndent:
        return None
    marker = read_marker(state, line)
    if marker is None or not marker.is_sibling_of(item.marker):
        return None
    if line > after and state.sCount[line] >= state.code_column and not marker.is_glyph:
        return None
    if _is_break(state, line):
        return None
    return _measure(state, line, marker.in_list_of(item.marker) if marker.styles else marker)


def _is_break(state: BlockState, line: int) -> bool:
    if state.src[state.eMarks[line] - 1] not in "*- ":
        return False
    text = state.line_text(line)
    return text[0] in "*-" and len(text.strip("*- ")) == 0 and len(text.replace(" ", "")) > 2


def _may_start(state: BlockState, marker: _Marker) -> bool:
    """Whether a list may start directly below a line of text."""
    if not marker.has_text:
        return False
    return marker.number in (None, 1) or state.parentType == "list"


def _lint(state: BlockState, start: int, marker: _Marker) -> None:
    """Report how the site reads a list differently from what the author meant."""
    if marker.is_glyph:
        state.lint(
            start,
            "L224",
            "a pasted bullet: the site merges the items into one paragraph",
            "write - instead",
        )
    elif state.parentType == "list":
        entered = state.code_column - 4
        if state.tShift[start] < entered and state.tokens[-1].type != "list_item_open":
            state.lint(
                start,
                "L221",
                "nested by fewer than 4 spaces: the site puts the items one level up",
                "indent nested lists by 4 spaces",
            )
    elif state.is_under_text(start):
        state.lint(
            start,
            "L220",
            "a list directly under a paragraph: the site merges them",
            "put a blank line before the list",
        )
    if _follows_list(state, start):
        state.lint(
            start,
            "L226",
            "two lists in a row: the site merges them",
            "put text or <!-- --> between them",
        )
    if marker.number not in (None, 0, 1):
        state.lint(
            start,
            "L225",
            f"the list starts at {marker.number}: the site starts it at 1",
            "keep the list in one piece: indent what comes between its items by 4 spaces",
        )


def _follows_list(state: BlockState, start: int) -> bool:
    """Whether nothing is between this list and the one before it, not even a comment."""
    if not state.tokens or state.tokens[-1].type not in ("bullet_list_close", "ordered_list_close"):
        return False
    line = start - 1
    while line > 0 and state.isEmpty(line):
        if line in state.page.comment_columns:
            return False
        line -= 1
    return True


def _list(state: BlockState, start: int, end: int, silent: bool) -> bool:
    marker = read_marker(state, start)
    if marker is None:
        return False
    if silent:
        return _may_start(state, marker)
    _lint(state, start, marker)
    kind, tag = ("bullet_list", "ul") if marker.number is None else ("ordered_list", "ol")
    opening = state.push(f"{kind}_open", tag, 1)
    opening.markup = state.src[state.text_start(start)] if marker.number is None else "."
    if marker.number is not None and marker.number != 1:
        opening.attrs["start"] = marker.number
    if marker.styles and marker.styles[0][0] != "1":
        opening.attrs["type"] = marker.styles[0][0]
    index = len(state.tokens) - 1
    was_tight = state.tight
    item: _Item | None = _measure(state, start, marker)
    is_tight = True
    after = start
    while item:
        if item.start > after and after > start:
            is_tight = False
        after = _find_end(state, item, end)
        is_tight = _push_item(state, item, after) and is_tight
        item = _next_item(state, item, after, end)
    state.push(f"{kind}_close", tag, -1)
    opening.map = [start, after]
    if is_tight:
        _hide_paragraphs(state, index)
    state.tight = was_tight
    state.line = after
    return True


def _hide_paragraphs(state: BlockState, index: int) -> None:
    """Hide the paragraphs of a tight list; their attributes move to the items."""
    tokens = state.tokens
    item = tokens[index]
    of_items = item.level + 1
    for at in range(index + 1, len(tokens)):
        token = tokens[at]
        level = token.level
        if level == of_items and token.nesting > 0:
            item = token
        elif level == of_items + 1 and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = True
            if token.attrs:
                _pass_on(state, token, item)


def _pass_on(state: BlockState, paragraph: Token, item: Token) -> None:
    for name, value in paragraph.attrs.items():
        item.attrSet(name, str(value))
    paragraph.attrs.clear()
    state.page.attributed.append(item)


FANCY = BlockRule("fancy_list", _list, FIRST, interrupts=True)
RULE = BlockRule("list", _list, "".join(_BEGINNINGS), interrupts=True)
