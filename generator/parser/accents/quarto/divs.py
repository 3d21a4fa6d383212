"""Divs of Pandoc and Quarto: `::: {.callout-tip title="…" collapse="true"}`, ended by `:::`.

A callout without a title uses the heading that its body begins with. Other divs only group: what
is in them is read as if the div were not there.
"""

import re

from generator.model import Admonition
from generator.parser.accents.containers import find_last, push_container
from generator.parser.attribute_syntax import read_attributes
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(r":{3,}[ ]*(?:(?P<attributes>\{[^{}]*\})|(?P<name>callout-[\w-]+))[ ]*:*[ ]*$")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ ]+(?P<title>.*?)[ ]*#*[ ]*$")
_ATTRIBUTES = re.compile(r"[ ]*\{[^{}]*\}$")
_PREFIX = "callout-"


def _div(state: BlockState, start: int, end: int, silent: bool) -> bool:
    last = find_last(state, start, end)
    head = _HEAD.match(state.line_text(start)) if last is not None else None
    found = read_attributes(head["attributes"]) if head and head["attributes"] else None
    if last is None or head is None or (found is None and not head["name"]) or silent:
        return found is not None or (head is not None and head["name"] is not None)
    given = dict(found[0]) if found else {"class": head["name"]}
    classes = given.get("class", "").split()
    kind = next((name for name in classes if name.startswith(_PREFIX)), "")
    if kind:
        _push_callout(state, (start, last), kind.removeprefix(_PREFIX), given)
    elif "panel-tabset" in classes:
        _push_tabs(state, start, last)
    else:
        state.read_between(start + 1, last, "admonition")
    state.line = last + 1
    return True


def _push_callout(
    state: BlockState, lines: tuple[int, int], kind: str, given: dict[str, str]
) -> None:
    start, last = lines
    title, column, first = given.get("title") or None, state.column(start), start + 1
    top = state.skipEmptyLines(first)
    heading = _HEADING.match(state.line_text(top)) if title is None and top < last else None
    if heading:
        title = _ATTRIBUTES.sub("", heading["title"])
        column, first = state.column(top) + heading.start("title"), top + 1
    markers = {"true": "???", "false": "???+"}
    admonition = Admonition(
        state.page.place(start, state.column(start)),
        markers.get(given.get("collapse", ""), "!!!"),
        kind.lower(),
        (),
        title,
        state.admonition_depth,
        given.get("id"),
    )
    push_container(state, admonition, (start, first, last), title_column=column)


def _push_tabs(state: BlockState, start: int, last: int) -> None:
    """Push a tab for each heading of the highest level in the div (`panel-tabset`)."""
    fences = state.page.regions.fences
    heads: list[tuple[int, re.Match[str]]] = []
    line = start + 1
    while line < last:
        if match := _HEADING.match(state.line_text(line)):
            heads.append((line, match))
        line = fences[line].last + 1 if line in fences else line + 1
    level = min((len(match["marks"]) for _, match in heads), default=0)
    tabs = [(line, match) for line, match in heads if len(match["marks"]) == level]
    if not tabs:
        state.read_between(start + 1, last, "admonition")
        return
    state.read_between(start + 1, tabs[0][0], "admonition")
    state.push("tab_set_open", "div", 1).map = [start, last + 1]
    ends = [*(line for line, _ in tabs[1:]), last]
    for (line, match), end in zip(tabs, ends, strict=True):
        state.push("tab_open", "div", 1).map = [line, end]
        column = state.column(line) + match.start("title")
        state.push_text("tab_title", "p", line, match["title"], (column,))
        state.read_between(line + 1, end, "admonition")
        state.push("tab_close", "div", -1)
    state.push("tab_set_close", "div", -1)


RULE = BlockRule("div", _div, ":", interrupts=True)
