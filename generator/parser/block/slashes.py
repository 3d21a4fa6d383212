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

import yaml
from markdown_it.common.utils import escapeHtml
from msgspec import Struct, field

from generator.config.box_types import TYPES
from generator.config.extensions import BlockType, Caption, Types
from generator.config.yaml_data import read_settings
from generator.markup.allowed import ELEMENTS
from generator.model import Admonition
from generator.parser.block.box import box
from generator.parser.block.captions import push_caption
from generator.parser.block.html import push_html
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.caption_numbers import Figure
from generator.parser.elements import RAW

_HEAD = re.compile(
    r"(?P<slashes>/{3,})[ ]*(?P<name>[a-z][\w-]*)(?:[ ]*\|[ ]*(?P<argument>.*?))?[ ]*$"
)
_VALUE = r"(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\]\"']*))?"
_ELEMENT = re.compile(
    rf"(?P<name>[a-z][\w-]*)(?P<marks>(?:[.#][\w-]+|\[[ ]*(?:[\w:-]+{_VALUE}[ ]*)*\])*)$"
)
_START = re.compile(r"\bstart=(\d{1,6})\b")
_MARK = re.compile(r"(?P<sign>[.#])(?P<mark>[\w-]+)|(?P<key>[\w:-]+)(?P<value>" + _VALUE + ")")
_CAPTION_HEAD = re.compile(
    r"(?P<sign>[<>]?)[ ]*"
    r"(?:\^(?P<level>[1-9]\d?)|(?P<number>[1-9]\d{0,5}(?:\.[1-9]\d{0,5}){0,9}))?(?=[ ]|$)"
)
_USUAL_TYPES = {name: BlockType(name) for name in TYPES}


class _Block(Struct, frozen=True):
    """A block as found: its body is the lines `[first, last)`, and `last` holds its end.

    Attributes:
        kind: What pushes it.
        argument: After the bar, None without a bar.
    """

    start: int
    name: str
    kind: str
    argument: str | None
    argument_at: int
    first: int
    last: int
    options: Mapping[str, object] = field(default_factory=dict)


def _find(state: BlockState, start: int, end: int) -> _Block | None:
    last = state.page.regions.pairs.get(start)
    head = _HEAD.match(state.line_text(start)) if last is not None and last < end else None
    kind = _kind(state, head["name"]) if head else ""
    if last is None or not head or not kind:
        return None
    first, options = _read_options(state, start + 1, last)
    at = state.column(start) + max(head.start("argument"), 0)
    return _Block(start, head["name"], kind, head["argument"], at, first, last, options)


def _kind(state: BlockState, name: str) -> str:
    """Return the extension that reads blocks of a name, or ""."""
    used = state.page.extensions
    if any(item.name == name for item in (used.blocks_caption or Caption()).types):
        return "blocks_caption"
    if name == "details" or name in _types(used.blocks_details):
        return "blocks_details"
    if name == "admonition" or name in TYPES or name in _types(used.blocks_admonition):
        return "blocks_admonition"
    return _OTHERS.get(name, "")


_OTHERS = {
    "define": "blocks_definition",
    "fancylists": "fancylists",
    "html": "blocks_html",
    "tab": "blocks_tab",
}


def _types(options: Types | None) -> Mapping[str, BlockType]:
    return {item.name: item for item in options.types} if options else {}


def _read_options(state: BlockState, line: int, last: int) -> tuple[int, Mapping[str, object]]:
    """Read the indented lines below the first one, which are YAML."""
    after = line
    while after < last and not state.isEmpty(after) and state.sCount[after] >= state.blkIndent + 4:
        after += 1
    lines = [
        state.src[state.bMarks[at] + state.blkIndent : state.eMarks[at]]
        for at in range(line, after)
    ]
    if not lines:
        return line, {}
    is_comment = all(text.lstrip().startswith("#") for text in lines)
    try:
        options = read_settings("\n".join(lines)).value
    except (yaml.YAMLError, ValueError):
        return line, {}
    return (after, options) if isinstance(options, dict) else (after if is_comment else line, {})


def _attributes(block: _Block) -> Mapping[str, object]:
    given = block.options.get("attrs")
    return given if isinstance(given, dict) else {}


def _push_box(state: BlockState, block: _Block) -> None:
    used, attributes = state.page.extensions, _attributes(block)
    is_details = block.kind == "blocks_details"
    known = _USUAL_TYPES | {**_types(used.blocks_admonition), **_types(used.blocks_details)}
    usual = known.get(block.name, BlockType(str(block.options.get("type") or "")))
    marker = ("???+" if block.options.get("open") is True else "???") if is_details else "!!!"
    admonition = Admonition(
        state.page.place(block.start, state.column(block.start)),
        marker,
        (usual.css_class or usual.name).lower(),
        tuple(str(attributes.get("class", "")).split()),
        (usual.title or None) if block.argument is None else block.argument,
        state.admonition_depth,
        str(attributes["id"]) if "id" in attributes else None,
    )
    lines = (block.start, block.last + 1)
    with box(state, admonition, lines, title_column=block.argument_at):
        state.read_between(block.first, block.last, "admonition")


def _push_definitions(state: BlockState, block: _Block) -> None:
    """Push terms (paragraphs) and what they mean (the items of the lists after them)."""
    state.push("dl_open", "dl", 1).map = [block.start, block.last + 1]
    level, begun = state.level, len(state.tokens)
    state.read_between(block.first, block.last, "dl")
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
        token.meta["is_selected"] = tab.options.get("select") is True
        state.push_text("tab_title", "p", tab.start, tab.argument or "", (tab.argument_at,))
        state.read_between(tab.first, tab.last, "tab")
        state.push("tab_close", "div", -1)
        line = state.skipEmptyLines(last + 1)
        following = _find(state, line, end) if line < end else None
        is_same = following and following.name == "tab" and following.options.get("new") is not True
        tab = following if is_same else None
    opening.map = [block.start, last + 1]
    state.push("tab_set_close", "div", -1)
    return last


def _push_element(state: BlockState, block: _Block) -> bool:
    match = _ELEMENT.match(block.argument or "")
    if not match:
        return False
    name = match["name"] if match["name"] in ELEMENTS | RAW else "div"  # a card knows no others
    given = {**_selected(match["marks"]), **{k: str(v) for k, v in _attributes(block).items()}}
    said = "".join(f' {key}="{escapeHtml(value)}"' for key, value in given.items())
    opening, closing = f"<{name}{said}>\n", f"</{name}>\n"
    if name in RAW or block.options.get("markdown") in ("raw", "html"):
        content = "\n".join(map(state.line_text, range(block.first, block.last)))
        if block.options.get("markdown") == "raw":
            content = escapeHtml(content)
        push_html(state, f"{opening}{content}\n{closing}", block.start, block.last + 1)
        return True
    push_html(state, opening, block.start, block.start + 1)
    state.read_between(block.first, block.last, "html")
    push_html(state, closing, block.last, block.last + 1)
    return True


def _selected(marks: str) -> Mapping[str, str]:
    """Read the classes, id and attributes of a selector: `.a#b[c="d"]`."""
    given: dict[str, str] = {}
    for mark in _MARK.finditer(marks):
        if mark["sign"] == ".":
            given["class"] = f"{given.get('class', '')} {mark['mark']}".strip()
        elif mark["sign"]:
            given["id"] = mark["mark"]
        else:
            given[mark["key"]] = mark["value"].lstrip("=").strip("\"'")
    return given


def _push_list(state: BlockState, block: _Block) -> None:
    """Push a list whose first number is given (`/// fancylists | start=3 type=a`)."""
    begun = len(state.tokens)
    state.read_between(block.first, block.last, "fancylists")
    start = _START.search(block.argument or "")
    token = state.tokens[begun] if len(state.tokens) > begun else None
    if start and token and token.type == "ordered_list_open":
        token.attrs["start"] = int(start[1])


def _slashes(state: BlockState, start: int, end: int, silent: bool) -> bool:
    block = _find(state, start, end)
    if block is None or silent:
        return block is not None
    state.report_off(block.kind, block.start)
    last = block.last
    if block.kind == "blocks_caption":
        _push_caption(state, block)
    elif block.kind == "blocks_html":
        if not _push_element(state, block):
            return False
    elif block.kind == "blocks_tab":
        last = _push_tabs(state, block, end)
    elif block.kind == "fancylists":
        _push_list(state, block)
    elif block.kind == "blocks_definition":
        _push_definitions(state, block)
    else:
        _push_box(state, block)
    state.line = last + 1
    return True


def _push_caption(state: BlockState, block: _Block) -> None:
    options = state.page.extensions.blocks_caption or Caption()
    head = _CAPTION_HEAD.match(block.argument or "")
    sign = head["sign"] if head else ""
    level = int(head["level"]) if head and head["level"] else None
    push_caption(
        state,
        (block.start, block.last + 1),
        lambda: state.read_between(block.first, block.last, "figcaption"),
        kind=Figure(block.name, (head and head["number"]) or "", level),
        is_above=sign == "<" or (options.prepend and sign != ">"),
    )


RULE = BlockRule("slashes", _slashes, "/", interrupts=True)
