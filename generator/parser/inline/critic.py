"""Critic marks: `{++in++}`, `{--out--}`, `{~~old~>new~~}`, `{==this==}`, `{>>why<<}`."""

import re
from typing import Final

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule, read_inside
from generator.parser.page import page_of

_MARKS: Final = {
    "{++": (re.compile(r"\{\+\+([\s\S]+?)\+\+\}"), "ins"),
    "{--": (re.compile(r"\{--([\s\S]+?)--\}"), "del"),
    "{==": (re.compile(r"\{==([\s\S]+?)==\}"), "mark"),
    "{>>": (re.compile(r"\{>>([\s\S]+?)<<\}"), "span"),
    "{~~": (re.compile(r"\{~~([\s\S]*?)~>([\s\S]*?)~~\}"), ""),
}
_CLOSERS: Final = {"{++": "++}", "{--": "--}", "{==": "==}", "{>>": "<<}", "{~~": "~~}"}


def _read(state: StateInline, silent: bool) -> bool:
    opening = state.src[state.pos : state.pos + 3]
    mark = _MARKS.get(opening)
    # Looking for the end first keeps lines of many openings linear.
    if mark is None or _is_unclosed(state, _CLOSERS[opening]):
        return False
    pattern, tag = mark
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        if tag:
            _push(state, tag, match.span(1))
        else:
            _push(state, "del", match.span(1))
            _push(state, "ins", match.span(2))
    state.pos = match.end()
    return True


def _is_unclosed(state: StateInline, closer: str) -> bool:
    last = state.env.setdefault("critic_ends", {})
    key = (state.src, closer)
    if key not in last:
        last.clear()
        last[key] = state.src.rfind(closer)
    return bool(last[key] < state.pos)


DROPPED: Final = {"accept": ("del", "span"), "reject": ("ins", "span")}
"""Marks that the modes of pymdownx.critic leave out; they keep the text of the others plain."""


def _push(state: StateInline, tag: str, span: tuple[int, int]) -> None:
    options = page_of(state.env).extensions.critic
    dropped = DROPPED.get(options.mode if options else "", ())
    if span[0] == span[1] or tag in dropped:
        return
    if dropped and tag != "mark":
        read_inside(state, *span)
        return
    css_class = "critic comment" if tag == "span" else "critic"
    state.push("critic_open", tag, 1).attrs = {"class": css_class}
    read_inside(state, *span)
    state.push("critic_close", tag, -1)


RULE = InlineRule("critic", _read, "{")
