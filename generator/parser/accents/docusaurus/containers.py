"""Containers of Docusaurus and VuePress: `:::note[Title]` or `:::tip Title`, ended by `:::`."""

import re

from generator.model import Admonition
from generator.parser.accents.containers import KNOWN, find_last, push_container
from generator.parser.attribute_syntax import read_attributes
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(
    r":{3,}[ ]*(?!callout-)(?P<type>[A-Za-z][\w-]*)(?:\[(?P<label>.*)\])?"
    r"(?P<attributes>\{[^{}]*\})?"
    r"(?:[ ]+(?P<title>[^:\s].*?))?[ ]*$"
)

_GROUPS = frozenset({"code-group", "code-tabs", "raw", "tabs", "v-pre"})
"""Containers that are not boxes: each block of code in them has its own title."""


def _container(state: BlockState, start: int, end: int, silent: bool) -> bool:
    last = find_last(state, start, end)
    head = _HEAD.match(state.line_text(start)) if last is not None else None
    if last is None or head is None or silent:
        return head is not None
    kind, column = head["type"].lower(), state.column(start)
    if kind in _GROUPS:
        state.read_between(start + 1, last, "admonition")
        state.line = last + 1
        return True
    found = read_attributes(head["attributes"]) if head["attributes"] else None
    given = dict(found[0]) if found else {}
    is_folded = kind in ("details", "dropdown")
    group = "label" if head["label"] is not None else "title"
    admonition = Admonition(
        state.page.place(start, column),
        "???" if is_folded else "!!!",
        "" if is_folded or kind == "admonition" else kind,
        tuple(given.get("class", "").split()),
        head[group] or None,
        state.admonition_depth,
        given.get("id"),
        is_fold=is_folded,
    )
    if kind not in KNOWN:
        state.page.report_kind(
            "container",
            admonition.location,
            f"unknown container type: {kind}; it is read as a box of that type",
            "to make it a card, add its type to card_types",
        )
    push_container(
        state, admonition, (start, start + 1, last), title_column=column + max(head.start(group), 0)
    )
    return True


RULE = BlockRule("container", _container, ":", interrupts=True)
