"""Boxes in raw HTML: `<details open><summary>Title</summary> … </details>`."""

import re

from msgspec.structs import replace

from generator.config.box_types import TYPES
from generator.model import Admonition
from generator.parser.block.box import box
from generator.parser.block.html import (
    Element,
    find_element,
    go_behind,
    push_html,
    push_inner,
    report_off,
)
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.page import line_at

_SUMMARY = re.compile(r"\s*<summary\b[^<>]*>(?P<title>.*?)</summary\s*>", re.DOTALL | re.IGNORECASE)
_OPEN = re.compile(r"\sopen(?=[\s=>/])", re.IGNORECASE)
_CLASS = re.compile(r"\sclass\s*=\s*[\"']?(?P<names>[^\"'>]*)", re.IGNORECASE)


def _details(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    element = find_element(state, start, end)
    if element is None or element.name != "details" or silent:
        return element is not None and element.name == "details"
    report_off(state, start, element)
    summary = _SUMMARY.match(state.src, element.inner, element.close[0])
    title = " ".join(summary["title"].split()) if summary else None
    at = summary.start("title") if summary else element.inner
    admonition = _read(state, start, element, title)
    line = line_at(state.starts, at)
    lines, column = (start, element.last + 1), at - state.starts[line]
    with box(state, admonition, lines, title_line=line, title_column=column):
        _push_body(state, element, summary.end() if summary else element.inner)
    go_behind(state, element)
    return True


def _read(state: BlockState, start: int, element: Element, title: str | None) -> Admonition:
    classes = _CLASS.search(element.opening)
    names = classes["names"].lower().split() if classes else []
    kind = next((name for name in names if name in TYPES), "")
    return Admonition(
        state.page.place(start, state.column(start)),
        "???+" if _OPEN.search(element.opening) else "???",
        kind,
        tuple(name for name in names if name != kind),
        title or None,
        state.admonition_depth,
        is_fold=True,
    )


def _push_body(state: BlockState, element: Element, begin: int) -> None:
    """Push what follows the summary: as Markdown, or unchanged if the site does so."""
    first = line_at(state.starts, begin)
    if element.has_markdown or state.page.config.site.path is None:
        push_inner(state, replace(element, inner=begin, first=first))
        return
    raw = state.src[begin : element.close[0]].strip()
    if raw:
        push_html(state, f"{raw}\n", first, element.last + 1)


RULE = BlockRule("details", _details, "<", interrupts=True)
