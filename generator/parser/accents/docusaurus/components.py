"""Components of MDX: `<Tabs>`, `<TabItem label="npm">`, and comments `{/* … */}`.

A component's tags are not on the card, what is between them is; a tab keeps its label. Only names
that the page imports are components, and all in a page `.mdx`: `List<String>` is a text elsewhere.
"""

import re
from functools import lru_cache

from markdown_it.rules_inline import StateInline

from generator.errors import Location
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.inline_reader import InlineRule
from generator.parser.page import Page, page_of
from generator.parser.unread_kinds import FILLED_IN

_TAG = re.compile(r"</?(?P<name>[A-Z][\w.]*)(?:[ ][^<>]*)?/?>|\{/\*(?:[^*]|\*(?!/))*\*/\}")
_BEGIN = re.compile(r"</?[A-Z]|\{/\*")
_LINE = re.compile(rf"(?:(?:{_TAG.pattern.replace('(?P<name>', '(?:')})[ ]*)+$")
_LABEL = re.compile(r"<TabItem\b[^<>]*?\slabel=[\"'](?P<label>[^\"'<>]+)")
_IMPORT = re.compile(r"^import\s+(?P<names>[^;\"']+?)\s+from\s", re.MULTILINE)


@lru_cache(maxsize=8)
def _imported(text: str) -> frozenset[str]:
    """Return the names that a page imports."""
    found = (re.findall(r"\w+", match["names"]) for match in _IMPORT.finditer(text))
    return frozenset(name for names in found for name in names)


def _is_component(name: str | None, page: Page) -> bool:
    """Whether a tag is one of a component; a comment has no name."""
    is_mdx = page.source.page.endswith(".mdx")
    return is_mdx or (name or "Tabs").partition(".")[0] in _imported(page.text)


def _read_line(state: BlockState, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    text = state.line_text(start)
    if not _LINE.match(text):
        return False
    names = [match["name"] for match in _TAG.finditer(text)]
    if not all(_is_component(name, state.page) for name in names):
        return False
    if not silent:
        _report(next(filter(None, names), None), state.page, state.page.place(start, 0))
        if label := _LABEL.search(text):
            column = state.column(start) + label.start("label")
            state.push_text("paragraph", "p", start, f"**{label['label']}**", (column,))
        state.line = start + 1
    return True


def _read_tag(state: StateInline, silent: bool) -> bool:
    if not _BEGIN.match(state.src, state.pos):
        return False
    # Searching the rest for each of many openings that nothing closes would be quadratic.
    closing = "*/}" if state.src[state.pos] == "{" else ">"
    if state.html_terminator_last(closing) <= state.pos:
        return False
    match = _TAG.match(state.src, state.pos, state.posMax)
    page = page_of(state.env)
    if match is None or not _is_component(match["name"], page):
        return False
    if not silent:
        _report(match["name"], page, page.here(state.pos))
    state.pos = match.end()
    return True


def _report(name: str | None, page: Page, location: Location) -> None:
    if name and name not in ("TabItem", "Tabs"):
        message = f"<{name}>: a component: {FILLED_IN}"
        page.report_kind("component", location, message, "write out what the card should show")


LINE = BlockRule("component", _read_line, "<{", interrupts=True)
TAG = InlineRule("component_tag", _read_tag, "<{", r"/?[A-Z]|/\*")
