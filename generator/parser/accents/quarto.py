"""Divs of Pandoc and Quarto: `::: {.callout-tip title="…" collapse="true"}`, ended by `:::`.

A callout without a title uses the heading that its body begins with. Other divs only group: what
is in them is read as if the div were not there.
"""

import re

from generator.model import Admonition
from generator.parser.accents.accent import Accent
from generator.parser.accents.containers import find_last, push_container, read_between
from generator.parser.attribute_syntax import read_attributes
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(r":{3,}[ ]*(?:(?P<attributes>\{[^{}]*\})|(?P<name>callout-[\w-]+))[ ]*:*[ ]*$")
_HEADING = re.compile(r"#{1,6}[ ]+(?P<title>.*?)[ ]*#*[ ]*$")
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
    else:
        read_between(state, start + 1, last)
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
        title, column, first = heading["title"], state.column(top) + heading.start("title"), top + 1
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


ACCENT = Accent("quarto", (BlockRule("div", _div, ":", interrupts=True),))
