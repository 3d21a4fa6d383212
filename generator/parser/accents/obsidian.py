"""Links of Obsidian: `[[page]]`, `[[page#heading|text]]`, and `![[image.png|300]]`."""

import re

from markdown_it.rules_inline import StateInline

from generator.parser.accents.accent import Accent
from generator.parser.inline.brackets import normalize
from generator.parser.inline_reader import InlineRule, matched
from generator.parser.page import page_of

_LINK = re.compile(
    r"(?P<bang>!?)\[\[(?!#?(?:\\?\||\]))"  # it names something
    r"(?P<path>[^\[\]|#\n\\]*)(?:#(?P<anchor>[^\[\]|\n\\]*))?"
    r"(?:\\?\|(?P<text>[^\[\]\n]*))?\]\]"  # in a table, the bar is escaped
)
BY_NAME = "name"
"""`info` of a link that a program finds by the page's name; there may be no such page yet."""

_SIZE = re.compile(r"(?P<width>\d+)(?:x(?P<height>\d+))?$")
_HIDDEN = re.compile(r"%%.*?%%|(?<![^\s])\^[A-Za-z\d-]+\Z", re.S)
_PLACES = frozenset({"center", "left", "right"})
"""Themes place images by such words: `![[a.png|center|300]]`."""
_NOTE = re.compile(r"[^.]*$|.*\.(?:md|markdown)$", re.IGNORECASE)


def _push(state: StateInline, match: re.Match[str]) -> None:
    is_image = match["bang"] and not _NOTE.match(match["path"])
    (_push_image if is_image else _push_link)(state, match)


def _push_image(state: StateInline, match: re.Match[str]) -> None:
    words = [word.strip() for word in (match["text"] or "").split("|")]
    size = _SIZE.match(words[-1])
    text = " ".join(word for word in words[: -1 if size else None] if word not in _PLACES)
    token = state.push("image", "img", 0)
    token.attrs = {"src": normalize(match["path"].strip()), "alt": ""}
    token.meta["location"] = page_of(state.env).here(state.pos)
    token.content = text
    if size:
        token.attrs |= {key: value for key, value in size.groupdict().items() if value}


def _push_link(state: StateInline, match: re.Match[str]) -> None:
    path, anchor = match["path"].strip(), (match["anchor"] or "").strip()
    page = page_of(state.env)
    opening = state.push("link_open", "a", 1)
    is_block = anchor.startswith("^")
    opening.attrs["href"] = _address(path, "" if is_block else page.anchor_of(anchor))
    opening.info = BY_NAME
    opening.meta["location"] = page.here(state.pos)
    shown = match["text"] or " > ".join(part for part in (path, anchor.lstrip("^")) if part)
    state.append_pending(shown.removesuffix(".md"))
    state.push("link_close", "a", -1)


def _address(path: str, anchor: str) -> str:
    if path and not path.lower().endswith((".md", ".markdown")) and _NOTE.match(path):
        path = f"{path}.md"
    return normalize(path) + (f"#{anchor}" if anchor else "")


def _push_nothing(_state: StateInline, _match: re.Match[str]) -> None:
    """Leave out a comment `%%…%%`, and the id of a block at its end: ` ^id`."""


ACCENT = Accent(
    (),
    (
        InlineRule("wiki_link", matched(_LINK, _push), "[!", r"!?\[|\["),
        InlineRule("hidden", matched(_HIDDEN, _push_nothing), "%^", r"%|[A-Za-z\d-]+\Z"),
    ),
)
