"""Directives that place what is in them: tabs, figures, cards, columns."""

from generator.parser.accents.containers import find_last
from generator.parser.accents.myst.directive import Head, name_at, read_head
from generator.parser.accents.myst.tables import push_csv_table, push_list_table
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.directive_names import GROUPS, OTHERS, TAB_SETS, TABS

_TABLES = {"csv-table": push_csv_table, "list-table": push_list_table}
_NAMES = GROUPS | OTHERS | TABS | TAB_SETS


def _layout(state: BlockState, start: int, end: int, silent: bool) -> bool:
    last = find_last(state, start, end) if name_at(state, start) in _NAMES else None
    head = read_head(state, start, last) if last is not None else None
    if last is None or head is None or silent:
        return head is not None
    _PUSH.get(head.name, _push_group)(state, start, head, last)
    state.line = last + 1
    return True


def _push_group(state: BlockState, start: int, head: Head, last: int) -> None:
    if head.argument and head.name.endswith("card"):
        text = f"**{head.argument}**"
        state.push_text("paragraph", "p", start, text, (head.argument_at,))
    state.read_between(head.first, last, "admonition")


def _push_tabs(state: BlockState, start: int, head: Head, last: int) -> None:
    state.push("tab_set_open", "div", 1).map = [start, last + 1]
    state.read_between(head.first, last, "admonition")
    state.push("tab_set_close", "div", -1)


def _place_tab(state: BlockState, start: int, head: Head, last: int) -> None:
    """Push a tab; outside of a set, into the set of the tab right before it or into a new one."""
    before = state.tokens[-1] if state.tokens else None
    if before is not None and before.type in ("tab_set_open", "tab_close"):
        _push_tab(state, start, head, last)
        return
    if before is not None and before.meta.get("is_made_for_tab"):
        state.tokens.pop()
        state.level += 1
    else:
        state.push("tab_set_open", "div", 1).map = [start, last + 1]
    _push_tab(state, start, head, last)
    state.push("tab_set_close", "div", -1).meta["is_made_for_tab"] = True


def _push_tab(state: BlockState, start: int, head: Head, last: int) -> None:
    token = state.push("tab_open", "div", 1)
    token.map = [start, last + 1]
    token.meta["is_selected"] = "selected" in head.options
    state.push_text("tab_title", "p", start, head.argument, (head.argument_at,))
    state.read_between(head.first, last, "admonition")
    state.push("tab_close", "div", -1)


def _push_figure(state: BlockState, start: int, head: Head, last: int) -> None:
    state.push("figure_open", "figure", 1).map = [start, last + 1]
    alt = head.options.get("alt", "").replace("]", "\\]")
    state.push_text("paragraph", "p", start, f"![{alt}](<{head.argument}>)", (head.argument_at,))
    if state.skipEmptyLines(head.first) < last:
        state.push("figcaption_open", "figcaption", 1).map = [head.first, last]
        state.read_between(head.first, last, "admonition")
        state.push("figcaption_close", "figcaption", -1)
    state.push("figure_close", "figure", -1)


def _push_table(state: BlockState, start: int, head: Head, last: int) -> None:
    """Push a table with its caption."""
    push_body = _TABLES.get(head.name)
    state.push("figure_open", "figure", 1).map = [start, last + 1]
    if head.argument:
        lines, level = [start, start + 1], state.level
        state.push("figcaption_open", "figcaption", 1).map = lines
        state.push_text("paragraph", "p", start, head.argument, (head.argument_at,))
        state.push("figcaption_close", "figcaption", -1)
        state.level = level
    if push_body:
        push_body(state, head, last)
    else:
        state.read_between(head.first, last, "admonition")
    state.push("figure_close", "figure", -1)


_PUSH = {
    **dict.fromkeys(("figure", "image"), _push_figure),
    **dict.fromkeys(TAB_SETS, _push_tabs),
    **dict.fromkeys(TABS, _place_tab),
    **dict.fromkeys(("table", *_TABLES), _push_table),
}
RULE = BlockRule("layout_directive", _layout, ":`~", interrupts=True)
