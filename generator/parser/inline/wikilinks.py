"""`[[Page Name]]` as a link (markdown.extensions.wikilinks)."""

import re

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Wikilinks
from generator.parser.inline.brackets import normalize
from generator.parser.inline_reader import InlineRule, matched, read_inside
from generator.parser.page import page_of

_LINK = re.compile(r"\[\[(?P<label>[\w -]+)\]\]", re.ASCII)
_BLANKS = re.compile(r"[ ]*_[ ]+|[ ]+_?")


def _push(state: StateInline, match: re.Match[str]) -> None:
    label = match["label"].strip()
    if not label:
        return
    begin = match.start("label") + len(match["label"]) - len(match["label"].lstrip())
    page = page_of(state.env)
    options = page.extensions.wikilinks or Wikilinks()
    opening = state.push("link_open", "a", 1)
    name = _BLANKS.sub("_", label)
    opening.attrs["href"] = normalize(f"{options.base_url}{name}{options.end_url}")
    opening.meta["location"] = page.here(state.pos)
    read_inside(state, begin, begin + len(label))
    state.push("link_close", "a", -1)


RULE = InlineRule("wikilinks", matched(_LINK, _push), "[", r"\[")
