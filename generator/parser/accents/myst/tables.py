"""Tables of MyST that are written as lists or as comma-separated values."""

import csv
from collections.abc import Callable, Sequence
from typing import TypeAlias

from markdown_it.token import Token

from generator.parser.accents.myst.directive import Head
from generator.parser.block.heading import push_line
from generator.parser.block_state import BlockState
from generator.parser.unread_kinds import FILLED_IN

_PushCell: TypeAlias = Callable[[str], None]
"""Pushes a cell, given its tag."""


def push_list_table(state: BlockState, head: Head, last: int) -> None:
    """Push a `{list-table}`: an item is a row, an item of the list in it a cell.

    Args:
        state: Where the rules are.
        head: Of the directive.
        last: Line that ends it.
    """
    begun = len(state.tokens)
    state.read_between(head.first, last, "admonition")
    rows = [_items(row) for row in _items(state.tokens[begun:])]
    if not rows or not all(rows):
        return  # something else, which is shown as it is
    state.tokens[begun:] = []
    cells = [[_cell_of(state, cell) for cell in row] for row in rows]
    _push_table(state, cells, _count_heads(head), (head.first, last))


def push_csv_table(state: BlockState, head: Head, last: int) -> None:
    """Push a `{csv-table}`.

    Args:
        state: Where the rules are.
        head: Of the directive.
        last: Line that ends it.
    """
    delimiter, heads = head.options.get("delim", ","), _count_heads(head)
    lines = [state.line_text(line) for line in range(head.first, last)]
    rows = [
        [_text_of(state, cell, head.first + line) for cell in row]
        for line, row in _read_csv(lines, delimiter)
    ]
    for _, row in _read_csv([head.options.get("header", "")], delimiter):
        rows.insert(0, [_text_of(state, cell, max(head.first - 1, 0)) for cell in row])
        heads += 1
    if rows:
        _push_table(state, rows, heads, (head.first, last))
    else:
        place = state.page.place(max(head.first - 1, 0), 0)
        message = f"a table from a file: {FILLED_IN}"
        state.page.report_kind("table", place, message, "write out what the card should show")


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return what is in each item of a list; empty if the tokens are not one list."""
    if not tokens or not tokens[0].type.endswith("_list_open"):
        return []
    level = tokens[0].level
    if sum(token.level == level for token in tokens) != 2:
        return []
    items: list[list[Token]] = []
    for token in tokens[1:-1]:
        if token.level > level + 1:
            items[-1].append(token)
        elif token.nesting > 0:
            items.append([])
    return items


def _read_csv(lines: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, with the index of the line that each ends in."""
    is_usable = len(delimiter) == 1 and delimiter not in '" \\'
    sign = delimiter if is_usable else ","
    reader = csv.reader(lines, delimiter=sign, skipinitialspace=True)
    try:
        rows = [(reader.line_num - 1, row) for row in reader]
    except csv.Error:  # a cell of more than 128 KiB, or a quote that does not end
        rows = [(index, [line]) for index, line in enumerate(lines)]
    return [(line, row) for line, row in rows if any(cell.strip() for cell in row)]


def _count_heads(head: Head) -> int:
    """Return how many rows the directive calls the table's head."""
    given = head.options.get("header-rows", "0")
    return int(given) if given.isdecimal() and len(given) < 4 else 0


def _cell_of(state: BlockState, content: Sequence[Token]) -> _PushCell:
    def push(tag: str) -> None:
        state.push(f"{tag}_open", tag, 1)
        state.tokens += content
        state.push(f"{tag}_close", tag, -1)

    return push


def _text_of(state: BlockState, text: str, line: int) -> _PushCell:
    text = " ".join(text.split())
    column = state.column(line) + max(state.line_text(line).find(text), 0)

    def push(tag: str) -> None:
        push_line(state, tag, tag, line, text, column)

    return push


def _push_table(
    state: BlockState, rows: Sequence[Sequence[_PushCell]], heads: int, lines: tuple[int, int]
) -> None:
    state.push("table_open", "table", 1).map = [*lines]
    for part, tag, found in (("thead", "th", rows[:heads]), ("tbody", "td", rows[heads:])):
        if not found:
            continue
        state.push(f"{part}_open", part, 1)
        for row in found:
            state.push("tr_open", "tr", 1)
            for push_cell in row:
                push_cell(tag)
            state.push("tr_close", "tr", -1)
        state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)
