"""`==mark==`, `^^insert^^`, `~~delete~~`: doubled characters around a text.

The way of markdown-it's own strikethrough rule: runs become delimiters, which markdown-it pairs
as it pairs the stars of emphasis, so that they nest with them.
"""

from dataclasses import dataclass
from typing import Final

from markdown_it.rules_inline.state_inline import Delimiter

from generator.parser.inline.enabled import is_enabled
from generator.parser.inline_state import InlineRule, InlineState


@dataclass(frozen=True, slots=True)
class _Pair:
    """What a doubled character means.

    Attributes:
        name: Of the tokens.
        extension: That the site needs.
    """

    name: str
    extension: str


_PAIRS: Final = {
    "=": _Pair("mark", "pymdownx.mark"),
    "^": _Pair("ins", "pymdownx.caret"),
    "~": _Pair("del", "pymdownx.tilde"),
}
_BY_MARKER: Final = {ord(char): pair.name for char, pair in _PAIRS.items()}


def _read(state: InlineState, silent: bool) -> bool:
    char = state.src[state.pos]
    if silent or state.src[state.pos + 1 : state.pos + 2] != char:
        return False
    if not is_enabled(state, _PAIRS[char].extension):
        return False
    run = state.scanDelims(state.pos, True)
    if run.length % 2:
        state.push("text", "", 0).content = char
    may_open, may_close = run.can_open, run.can_close
    count = run.length // 2
    state.push_marks(char * 2, count, length=0, may_open=may_open, may_close=may_close)
    state.pos += run.length
    return True


def close_pairs(state: InlineState) -> None:
    """Make spans of the marks that belong together."""
    _turn_into_tags(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _turn_into_tags(state, meta["delimiters"])


def _turn_into_tags(state: InlineState, delimiters: list[Delimiter]) -> None:
    for opening in delimiters:
        name = _BY_MARKER.get(opening.marker)
        if name is None or opening.end == -1:
            continue
        for index, nesting in ((opening.token, 1), (delimiters[opening.end].token, -1)):
            token = state.tokens[index]
            token.type = f"{name}_open" if nesting == 1 else f"{name}_close"
            token.tag = name
            token.nesting = 1 if nesting == 1 else -1
            token.markup, token.content = token.content, ""


RULE = InlineRule("pairs", _read, "=^~", r"[=^~]")
