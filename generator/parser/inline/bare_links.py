"""Addresses in a text as links: `https://a.b/c`, `www.a.b`, `me@a.b` (pymdownx.magiclink)."""

import re

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Magiclink
from generator.parser.inline.brackets import normalize
from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_ADDRESS = re.compile(
    r"(?:(?:https?|ftps?)://(?:[^\s<>()\[\]{}'\"`]|\([^\s<>()]*\))+"
    r"|www\.(?=[a-z0-9])[^\s<>()\[\]{}'\"`]+)(?<![.,;:!?*_~'\"])",
    re.IGNORECASE,
)
_PROTOCOL = re.compile(r"^\w+://")


def _read(state: StateInline, silent: bool) -> bool:
    if state.linkLevel > 0 or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    match = _ADDRESS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        options = page_of(state.env).extensions.magiclink or Magiclink()
        href = match[0] if "://" in match[0] else f"https://{match[0]}"
        opening = state.push("link_open", "a", 1)
        opening.attrs["href"] = normalize(href)
        opening.meta["location"] = page_of(state.env).here(state.pos)
        opening.info = "auto"
        text = _PROTOCOL.sub("", match[0]) if options.hide_protocol else match[0]
        state.append_pending(text)
        state.push("link_close", "a", -1).info = "auto"
    state.pos = match.end()
    return True


RULE = InlineRule("bare_link", _read, "hHfFwW", r"(?i:ttps?://|tps?://|ww\.)")
