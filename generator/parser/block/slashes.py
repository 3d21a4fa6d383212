"""Blocks between slashes: captions, boxes, elements (pymdownx.blocks).

/// caption
What the image above shows.
///

/// details | A title
    type: question

What is folded.
///
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from generator.config.box_types import TYPES
from generator.model import Admonition
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(
    r"(?P<slashes>/{3,})[ ]*(?P<name>[a-z][\w-]*)(?:[ ]*\|[ ]*(?P<argument>.*?))?[ ]*$"
)
_OPTION = re.compile(r"(?P<key>[\w-]+):[ ]+(?P<value>.+?)[ ]*$")
_ELEMENT = re.compile(r"(?P<name>[a-z][a-z0-9]*)(?P<marks>(?:[.#][\w-]+)*)$")
_CAPTIONS = frozenset({"caption", "figure-caption", "table-caption"})
_NAMES = TYPES | _CAPTIONS | {"admonition", "details", "html"}


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as found: its body is the lines `[first, last)`, and `last` holds its end."""

    start: int
    name: str
    argument: str
    argument_at: int
    first: int
    last: int
    options: Mapping[str, str] = field(default_factory=dict)


def _find_end(state: BlockState, start: int, slashes: int, end: int) -> int | None:
    ends = state.page.regions.slashes.get(slashes, ())
    for line in ends[bisect_right(ends, start) :]:
        if line >= end:
            return None
        if state.sCount[line] == state.sCount[start]:
            return line
    return None


def _find(state: BlockState, start: int, end: int) -> _Block | None:
    if not state.page.regions.slashes:
        return None
    head = _HEAD.match(state.line_text(start))
    if not head or head["name"] not in _NAMES:
        return None
    last = _find_end(state, start, len(head["slashes"]), end)
    if last is None:
        return None
    first, options = _read_options(state, start + 1, last)
    at = state.column(start) + max(head.start("argument"), 0)
    return _Block(start, head["name"], head["argument"] or "", at, first, last, options)


def _read_options(state: BlockState, line: int, last: int) -> tuple[int, dict[str, str]]:
    options: dict[str, str] = {}
    while line < last and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent + 4:
        match = _OPTION.match(state.line_text(line))
        if not match:
            break
        options[match["key"]] = match["value"].strip("\"'")
        line += 1
    return line, options


def _push_body(state: BlockState, block: _Block, parent: str) -> None:
    if block.first < block.last:
        state.read_inside(
            block.first,
            block.last,
            indent=state.blkIndent,
            code_column=state.code_column,
            parent=parent,
        )


def _push_box(state: BlockState, block: _Block) -> None:
    is_open = block.options.get("open", "").lower() == "true"
    marker = ("???+" if is_open else "???") if block.name == "details" else "!!!"
    given = block.options.get("type", "").lower()
    kind = given if block.name in ("details", "admonition") else block.name
    token = state.push("admonition_open", "div", 1)
    token.map = [block.start, block.last + 1]
    token.markup = "///"
    place = state.page.place(block.start, state.column(block.start))
    title = block.argument or None
    token.meta = {"admonition": Admonition(place, marker, kind, (), title, state.admonition_depth)}
    if title:
        state.push_text("admonition_title", "p", block.start, title, (block.argument_at,))
    state.admonition_depth += 1
    _push_body(state, block, "admonition")
    state.admonition_depth -= 1
    state.push("admonition_close", "div", -1)


def _push_caption(state: BlockState, block: _Block) -> None:
    """Put the block above and its caption into one figure."""
    index = _block_above(state)
    figure = Token("figure_open", "figure", 1, level=state.level, block=True)
    above = state.tokens[index].map if index < len(state.tokens) else None
    figure.map = [above[0] if above else block.start, block.last + 1]
    for token in state.tokens[index:]:
        token.level += 1
    state.tokens.insert(index, figure)
    state.level += 1
    state.push("figcaption_open", "figcaption", 1).map = [block.start, block.last + 1]
    begun = len(state.tokens)
    _push_body(state, block, "figcaption")
    if len(state.tokens) == begun + 3 and state.tokens[begun].type == "paragraph_open":
        state.tokens[begun].hidden = state.tokens[begun + 2].hidden = True
    state.push("figcaption_close", "figcaption", -1)
    state.push("figure_close", "figure", -1)


def _block_above(state: BlockState) -> int:
    """Return the index of the token that opens the block above, in the same container."""
    index = len(state.tokens)
    while index > 0:
        token = state.tokens[index - 1]
        if token.level < state.level:
            break
        index -= 1
        if token.level == state.level and token.nesting >= 0:
            return index
    return len(state.tokens)


def _push_element(state: BlockState, block: _Block) -> bool:
    match = _ELEMENT.match(block.argument)
    if not match:
        return False
    classes = " ".join(re.findall(r"\.([\w-]+)", match["marks"]))
    ids = re.findall(r"#([\w-]+)", match["marks"])
    given = {"id": ids[-1] if ids else "", "class": classes}
    said = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    opening = f"<{match['name']}{said}>"
    for content, line in ((f"{opening}\n", block.start), (f"</{match['name']}>\n", block.last)):
        if line == block.last:
            _push_body(state, block, "html")
        token = state.push("html_block", "", 0)
        token.content = content
        token.map = [line, line + 1]
    return True


def _report_off(state: BlockState, block: _Block) -> None:
    if block.name in _CAPTIONS:
        state.report_off("blocks_caption", block.start)
    elif block.name in ("html", "details"):
        state.report_off(f"blocks_{block.name}", block.start)
    else:
        state.report_off("blocks_admonition", block.start)


def _slashes(state: BlockState, start: int, end: int, silent: bool) -> bool:
    block = _find(state, start, end)
    if block is None or silent:
        return block is not None
    _report_off(state, block)
    if block.name in _CAPTIONS:
        _push_caption(state, block)
    elif block.name == "html":
        if not _push_element(state, block):
            return False
    else:
        _push_box(state, block)
    state.line = block.last + 1
    return True


RULE = BlockRule("slashes", _slashes, "/", interrupts=True)
