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
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.config.box_types import TYPES
from generator.model import Admonition
from generator.parser.block.box import box
from generator.parser.block_state import BlockRule, BlockState

_HEAD = re.compile(
    r"(?P<slashes>/{3,})[ ]*(?P<name>[a-z][\w-]*)(?:[ ]*\|[ ]*(?P<argument>.*?))?[ ]*$"
)
_OPTION = re.compile(r"(?P<key>[\w-]+):(?:[ ]+(?P<value>.*?))?[ ]*$")
_ELEMENT = re.compile(
    r"(?P<name>[a-z][a-z0-9]*)(?P<marks>(?:[.#][\w-]+|\[[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\]]*))?\])*)$"
)
_MARK = re.compile(
    r"(?P<sign>[.#])(?P<mark>[\w-]+)|\[(?P<key>[\w:-]+)(?:=[\"']?(?P<value>[^\]]*?)[\"']?)?\]"
)
_CAPTIONS = frozenset({"caption", "figure-caption", "table-caption"})
_NAMES = TYPES | _CAPTIONS | {"admonition", "define", "details", "html", "tab"}


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


def _find(state: BlockState, start: int, end: int) -> _Block | None:
    last = state.page.regions.pairs.get(start)
    head = _HEAD.match(state.line_text(start)) if last is not None and last < end else None
    if last is None or not head or head["name"] not in _names(state):
        return None
    first, options = _read_options(state, start + 1, last)
    at = state.column(start) + max(head.start("argument"), 0)
    return _Block(start, head["name"], head["argument"] or "", at, first, last, options)


def _names(state: BlockState) -> frozenset[str]:
    """Return the names of blocks: our own list, and the types that the site has configured."""
    used = state.page.extensions
    given = (used.blocks_admonition, used.blocks_details, used.blocks_caption)
    return _NAMES.union(*(options.types for options in given if options))


def _read_options(state: BlockState, line: int, last: int) -> tuple[int, dict[str, str]]:
    options: dict[str, str] = {}
    while line < last and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent + 4:
        match = _OPTION.match(state.line_text(line))
        if not match:
            break
        options[match["key"]] = (match["value"] or "").strip("\"'")
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


def _is_details(state: BlockState, block: _Block) -> bool:
    options = state.page.extensions.blocks_details
    return block.name == "details" or (options is not None and block.name in options.types)


def _push_box(state: BlockState, block: _Block) -> None:
    is_open = block.options.get("open", "").lower() in ("true", "yes", "on")
    marker = ("???+" if is_open else "???") if _is_details(state, block) else "!!!"
    given = block.options.get("type", "").lower()
    kind = given if block.name in ("details", "admonition") else block.name
    place = state.page.place(block.start, state.column(block.start))
    title = block.argument or None
    admonition = Admonition(place, marker, kind, (), title, state.admonition_depth)
    lines = (block.start, block.last + 1)
    with box(state, admonition, lines, title_column=block.argument_at):
        _push_body(state, block, "admonition")


def _push_definitions(state: BlockState, block: _Block) -> None:
    """Push terms (paragraphs) and what they mean (the items of the lists after them)."""
    state.push("dl_open", "dl", 1).map = [block.start, block.last + 1]
    level, begun = state.level, len(state.tokens)
    _push_body(state, block, "dl")
    kept = []
    for token in state.tokens[begun:]:
        name, _, end = token.type.rpartition("_")
        if token.level == level and name == "bullet_list":
            continue
        if token.level == level and name == "paragraph":
            token.type, token.tag = f"dt_{end}", "dt"
        elif token.level == level + 1 and name == "list_item":
            token.type, token.tag, token.level = f"dd_{end}", "dd", level
        kept.append(token)
    state.tokens[begun:] = kept
    state.push("dl_close", "dl", -1)


def _push_tabs(state: BlockState, block: _Block, end: int) -> int:
    """Push a tab and those right after it as one set; return the last line."""
    opening = state.push("tab_set_open", "div", 1)
    opening.markup = "///"
    tab: _Block | None = block
    last = block.last
    while tab:
        last = tab.last
        token = state.push("tab_open", "div", 1)
        token.map = [tab.start, tab.last + 1]
        token.meta["is_selected"] = tab.options.get("select", "").lower() == "true"
        state.push_text("tab_title", "p", tab.start, tab.argument, (tab.argument_at,))
        _push_body(state, tab, "tab")
        state.push("tab_close", "div", -1)
        line = state.skipEmptyLines(last + 1)
        following = _find(state, line, end) if line < end else None
        is_same = following and following.name == "tab" and "new" not in following.options
        tab = following if is_same else None
    opening.map = [block.start, last + 1]
    state.push("tab_set_close", "div", -1)
    return last


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
    given: dict[str, str] = {}
    for mark in _MARK.finditer(match["marks"]):
        if mark["sign"] == ".":
            given["class"] = f"{given.get('class', '')} {mark['mark']}".strip()
        elif mark["sign"]:
            given["id"] = mark["mark"]
        else:
            given[mark["key"]] = mark["value"] or ""
    said = "".join(f' {name}="{escapeHtml(value)}"' for name, value in given.items())
    opening = f"<{match['name']}{said}>"
    for content, line in ((f"{opening}\n", block.start), (f"</{match['name']}>\n", block.last)):
        if line == block.last:
            _push_body(state, block, "html")
        token = state.push("html_block", "", 0)
        token.content = content
        token.map = [line, line + 1]
    return True


def _report_off(state: BlockState, block: _Block) -> None:
    kinds = {"html": "blocks_html", "tab": "blocks_tab", "define": "blocks_definition"}
    kinds |= dict.fromkeys(_CAPTIONS, "blocks_caption")
    usual = "blocks_details" if _is_details(state, block) else "blocks_admonition"
    state.report_off(kinds.get(block.name, usual), block.start)


def _slashes(state: BlockState, start: int, end: int, silent: bool) -> bool:
    block = _find(state, start, end)
    if block is None or silent:
        return block is not None
    _report_off(state, block)
    last = block.last
    if block.name in _CAPTIONS:
        _push_caption(state, block)
    elif block.name == "html":
        if not _push_element(state, block):
            return False
    elif block.name == "tab":
        last = _push_tabs(state, block, end)
    elif block.name == "define":
        _push_definitions(state, block)
    else:
        _push_box(state, block)
    state.line = last + 1
    return True


RULE = BlockRule("slashes", _slashes, "/", interrupts=True)
