"""Addresses in a text as links: `https://a.b/c`, `www.a.b`."""

import re

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Magiclink
from generator.parser.inline.brackets import normalize
from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_BEGIN = re.compile(r"(?:(?:ht|f)tps?://|www\.)(?P<domain>[^_\W][-\w.]*)", re.IGNORECASE)
_REST = re.compile(r"[^\s<`]*")
_BEFORE = "*_~^[('\""
_AFTER = "?!.,:*_~^'\""
_OPENERS = {")": "(", "]": "["}
_ENTITY = re.compile(r"&[^\W_]+;\Z")
PROTOCOL = re.compile(r"^\w+://")


def _find(state: StateInline) -> str:
    """Return the address that begins here, or ""."""
    src, begin = state.src, state.pos
    before = src[begin - 1] if begin else " "
    is_after_text = bool(state.pending) or not state.tokens or state.tokens[-1].type == "text"
    if is_after_text and not (before.isspace() or before in _BEFORE):
        return ""
    match = _BEGIN.match(src, begin, state.posMax)
    rest = _REST.match(src, match.end(), state.posMax) if match else None
    if match is None or rest is None:
        return ""
    address = _trimmed(_balanced(src[begin : rest.end()]))
    domain = address[match.start("domain") - begin : match.end("domain") - begin]
    is_valid = domain and not any("_" in part for part in domain.split(".")[-2:])
    return address if is_valid else ""


def _balanced(address: str) -> str:
    """Return an address up to the bracket that ends the link whose text it is in."""
    depth = 0
    for offset, char in enumerate(address):
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return address[:offset]
    return address


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        if last == ";":
            entity = _ENTITY.search(address)
            address = address[: entity.start()] if entity else address[:-1]
        elif last in _AFTER or address.count(last) > address.count(_OPENERS.get(last, last)):
            address = address[:-1]
        else:
            break
    return address


def _read(state: StateInline, silent: bool) -> bool:
    address = "" if state.linkLevel > 0 else _find(state)
    if not address:
        return False
    if not silent:
        options = page_of(state.env).extensions.magiclink or Magiclink()
        opening = state.push("link_open", "a", 1)
        href = address if "://" in address else f"http://{address}"
        opening.attrs["href"] = normalize(href)
        opening.meta["location"] = page_of(state.env).here(state.pos)
        opening.info = "auto"
        state.append_pending(PROTOCOL.sub("", address) if options.hide_protocol else address)
        state.push("link_close", "a", -1).info = "auto"
    state.pos += len(address)
    return True


RULE = InlineRule("bare_link", _read, "hHfFwW", r"(?i:ttps?://|tps?://|ww\.)")
