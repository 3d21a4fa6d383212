"""Directives of MyST: `:::{admonition} Title` or ```` ```{note} ````, with `:class: dropdown`."""

import re

from generator.model import Admonition
from generator.parser.accents.accent import Accent
from generator.parser.accents.containers import KNOWN, find_last, push_container
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(r"(?:`{3,}|~{3,}|:{3,})[ ]*\{(?P<name>[\w:.-]+)\}[ ]*(?P<title>.*?)[ ]*$")
_OPTION = re.compile(r":(?P<key>[\w-]+):[ ]*(?P<value>.*?)[ ]*$")


def _directive(state: BlockState, start: int, end: int, silent: bool) -> bool:
    head = _HEAD.match(state.line_text(start))
    last = find_last(state, start, end) if head and head["name"].lower() in KNOWN else None
    if head is None or last is None or silent:
        return last is not None
    kind, column = head["name"].lower(), state.column(start)
    first, options = _read_options(state, start + 1, last)
    classes = options.get("class", "").lower().split()
    is_folded = kind == "dropdown" or "dropdown" in classes
    is_open = options.get("open", "false").lower() in ("", "true")
    if kind in ("admonition", "dropdown"):
        kind = next((name for name in classes if name in KNOWN and name != "dropdown"), "")
    admonition = Admonition(
        state.page.place(start, column),
        ("???+" if is_open else "???") if is_folded else "!!!",
        kind,
        tuple(name for name in classes if name not in ("dropdown", kind)),
        head["title"] or None,
        state.admonition_depth,
        options.get("label") or options.get("name"),
    )
    lines = (start, first, last)
    push_container(state, admonition, lines, title_column=column + head.start("title"))
    return True


def _read_options(state: BlockState, line: int, last: int) -> tuple[int, dict[str, str]]:
    options: dict[str, str] = {}
    while line < last and (match := _OPTION.match(state.line_text(line))):
        options[match["key"]] = match["value"]
        line += 1
    return line, options


ACCENT = Accent("myst", (BlockRule("directive", _directive, ":`~", interrupts=True),))
