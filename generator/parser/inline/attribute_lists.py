"""Attribute lists after images, links, code and emphasis."""

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.parser.attribute_syntax import read_attributes
from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_KIND = "attributes"


def _read(state: StateInline, silent: bool) -> bool:
    if state.pos == 0 or state.src[state.pos - 1].isspace():
        return False
    is_after_link = state.src[state.pos - 1] in ")]"
    found = read_attributes(state.src, state.pos, may_be_bare=is_after_link)
    if found is None:
        return False
    attributes, end = found
    if not silent:
        token = state.push(_KIND, "", 0)
        token.content = state.src[state.pos : end]
        token.meta = {"attributes": attributes}
    state.pos = end
    return True


def attach(state: StateInline) -> None:
    """Apply attributes to the preceding element; without one they are text.

    A rule of `ruler2`.
    """
    if _KIND not in [token.type for token in state.tokens]:
        return
    kept: list[Token] = []
    opened: list[Token] = []
    closed: Token | None = None
    for token in state.tokens:
        if token.nesting > 0:
            opened.append(token)
        if token.type == _KIND:
            owner = _owner(kept, closed)
            if owner:
                page_of(state.env).give(owner, token.meta["attributes"])
                continue
            token.type = "text"
            token.meta.clear()
        closed = opened.pop() if token.nesting < 0 and opened else None
        if token.type == "text" and not token.content:
            continue
        kept.append(token)
    state.tokens[:] = kept


def _owner(before: list[Token], closed: Token | None) -> Token | None:
    last = before[-1] if before else None
    if last is None or last.type in ("text", "softbreak", "hardbreak"):
        return None
    return closed if last.nesting < 0 else last if last.nesting == 0 else None


RULE = InlineRule(_KIND, _read, "{")
