"""Shortcodes: `:smile:` and the icons of Material, `:material-check:` (pymdownx.emoji).

A card has no icon fonts: an icon becomes a similar character, else its name in
words. `emoji.tsv` holds the names of gemoji, Twemoji and EmojiOne, as pymdown-extensions (MIT)
lists them.
"""

import re
from functools import cache
from importlib.resources import files

from markdown_it.rules_inline import StateInline

from generator.parser.inline.icons import icon_text
from generator.parser.inline_reader import InlineRule

_SHORTCODE = re.compile(r":([+\w-]+):")
_TONE = re.compile(r"_(?:medium_)?tone([1-5])$")


@cache
def _emoji() -> dict[str, str]:
    table = files("generator.parser.inline").joinpath("emoji.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in table.splitlines():
        char, names = line.split("\t")
        found.update(dict.fromkeys(names.split(), char))
    return found


def _lookup(name: str) -> str:
    """Return the emoji of a name, or ""."""
    char = _emoji().get(name, "")
    tone = _TONE.search(name)
    if char or tone is None:
        return char
    base = _emoji().get(name[: tone.start()], "")
    return base and base[0] + chr(0x1F3FA + int(tone[1])) + base[1:]


def is_shortcode(name: str) -> bool:
    """Whether a name between colons is one of an emoji or an icon."""
    return bool(icon_text(name) or _lookup(name))


def _read(state: StateInline, silent: bool) -> bool:
    match = _SHORTCODE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    icon = icon_text(match[1])
    char = "" if icon else _lookup(match[1])
    if not (icon or char):
        return False
    if not silent:
        has_attributes = state.src.startswith("{", match.end())
        if icon or has_attributes:  # attributes need an element
            state.push("span_open", "span", 1).attrs = {"class": "icon"} if icon else {}
        state.append_pending(icon or char)
        if icon or has_attributes:
            state.push("span_close", "span", -1)
    state.pos = match.end()
    return True


RULE = InlineRule("emoji", _read, ":", r"[+\w-]")
