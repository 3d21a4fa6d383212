"""Callouts: `> [!question]- Title` (GitHub, Obsidian, pymdownx.quotes, Zensical).

The lines below, each with its `>`, are the body; `-` folds it, `+` shows it open.
"""

import re

from generator.model import Admonition
from generator.parser.accents.accent import Accent
from generator.parser.block.box import box
from generator.parser.block.quote import quoted
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(
    r">[ ]*\[!(?P<type>[^\]|\n]+?)(?:\|(?P<more>[^\]\n]*))?\](?P<fold>[+-]?)"
    r"[ ]*(?:#{1,6}[ ]+)?(?P<title>.*?)[ ]*$"
)
_MARKERS = {"": "!!!", "-": "???", "+": "???+"}


def _callout(state: BlockState, start: int, end: int, silent: bool) -> bool:
    head = _HEAD.match(state.line_text(start))
    if head is None or silent:
        return head is not None
    column = state.column(start)
    admonition = Admonition(
        state.page.place(start, column),
        _MARKERS[head["fold"]],
        "-".join(head["type"].lower().split()),
        tuple((head["more"] or "").lower().split()),
        head["title"] or None,
        state.admonition_depth,
    )
    with (
        quoted(state, start, end) as after,
        box(state, admonition, (start, after), title_column=column + head.start("title")),
    ):
        state.read_inside(start + 1, after, indent=0, parent="blockquote")
        state.line = after
    return True


ACCENT = Accent((BlockRule("callout", _callout, ">", interrupts=True),))
