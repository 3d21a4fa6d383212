"""Critic marks on lines of their own around whole blocks: `{++`, blocks, `++}`."""

import re
from typing import Final

from generator.parser.block.html import push_html
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.inline.critic import DROPPED

_OPENING: Final = re.compile(r"\{(?P<mark>\+\+|--|==|>>)[ ]*$")
_TAGS: Final = {"++": "ins", "--": "del", "==": "mark", ">>": "span"}


def _critic(state: BlockState, start: int, end: int, silent: bool) -> bool:
    opening = _OPENING.match(state.line_text(start))
    last = state.page.regions.critics.get(start, end)
    if opening is None or last >= end:
        return False
    if silent:
        return True
    _push(state, _TAGS[opening["mark"]], start, last)
    state.line = last + 1
    return True


def _push(state: BlockState, tag: str, start: int, last: int) -> None:
    options = state.page.extensions.critic
    dropped = DROPPED.get(options.mode if options else "", ())
    if tag in dropped:
        return
    is_shown = not dropped or tag == "mark"
    css_class = "critic comment" if tag == "span" else "critic"
    if is_shown:
        push_html(state, f'<{tag} class="{css_class}">\n', start, start + 1)
    state.read_between(start + 1, last, "html")
    if is_shown:
        push_html(state, f"</{tag}>\n", last, last + 1)


RULE = BlockRule("critic_block", _critic, "{", interrupts=True)
