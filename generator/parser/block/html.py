"""Raw HTML blocks, and Markdown in them (md_in_html).

Python-Markdown keeps a block-level element as it is up to its end tag, blank lines included, and
reads Markdown in it when it has the attribute `markdown`. In an admonition it reads the Markdown
in any case, because it looks for elements at the page's left edge only.
"""

import re

from msgspec import Struct

from generator.parser.block.paragraph import push_paragraph
from generator.parser.block_state import BlockRule, BlockState
from generator.parser.elements import BLOCK, INLINE_CONTENT, RAW
from generator.parser.page import line_at
from generator.parser.regions import fence_around

_OPENING = re.compile(
    r"<(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\s+[^\s<>=/\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'"
    r"|[^\s\"'=<>`]+))?)*)\s*(?P<void>/?)>"
)
_MARKDOWN = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?P<value>\w*)[\"']?)?(?=\s|$)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MAX_TAG_LINES = 20


class Element(Struct, frozen=True):
    """A block-level element.

    Attributes:
        name: Lower case.
        opening: The opening tag as written.
        is_marked: Whether its tag has the attribute `markdown`.
        has_markdown: Whether Markdown is read in it.
        inner: Offset after the opening tag.
        first: Line that holds it.
        close: Offsets of the end tag's start and end.
        last: Line of the end tag.
    """

    name: str
    opening: str
    is_marked: bool
    has_markdown: bool
    inner: int
    first: int
    close: tuple[int, int]
    last: int


def _find_close(
    state: BlockState, name: str, position: int, end: int
) -> tuple[int, int, int] | None:
    """Return line, begin and end of the tag that closes an element, or None."""
    page = state.page
    pairs = page.tag_pairs.get(name)
    if pairs is None:
        pairs = page.tag_pairs[name] = _pair_tags(state, name)
    close = pairs.get(position)
    if close is None or close[0] >= state.eMarks[end - 1]:
        return None
    return line_at(state.starts, close[0]), *close


def _pair_tags(state: BlockState, name: str) -> dict[int, tuple[int, int]]:
    """Map the offset after each opening tag of the page to the span of its end tag."""
    fences = list(state.page.regions.fences.values())
    pairs: dict[int, tuple[int, int]] = {}
    opened: list[int] = []
    for match in re.finditer(rf"<(/?){name}(?=[\s/>])[^<>]*?(/?)>", state.src, re.I):
        line = line_at(state.starts, match.start())
        if (fence := fence_around(fences, line)) and line < fence.last:
            continue
        if match[1]:
            if opened:
                pairs[opened.pop()] = match.span()
        elif not match[2]:
            opened.append(match.end())
    return pairs


def find_element(state: BlockState, start: int, end: int) -> Element | None:
    """Return the block-level element that begins at a line, or None."""
    position = state.text_start(start)
    limit = state.eMarks[min(end, start + _MAX_TAG_LINES) - 1]
    match = _OPENING.match(state.src, position, limit)
    if not match:
        return None
    name = match["name"].lower()
    if name not in BLOCK or match["void"]:
        return None
    first = start + state.src.count("\n", position, match.end())
    close = _find_close(state, name, match.end(), end)
    if close is None or (close[0] == start and state.src[close[2] : state.eMarks[start]].strip()):
        return None
    mark = _MARKDOWN.search(match["attributes"])
    is_wanted = mark is not None and mark["value"] != "0"
    is_inside = state.admonition_depth > 0 or state.parentType == "html"
    has_markdown = (name == "table" or name not in RAW) and (is_wanted or is_inside)
    opening = _MARKDOWN.sub("", match[0].replace(">", " >")).replace(" >", ">")
    return Element(
        name,
        opening if mark else match[0],
        is_wanted,
        has_markdown,
        match.end(),
        first,
        close[1:],
        close[0],
    )


def report_off(state: BlockState, start: int, element: Element) -> None:
    """Report an element with Markdown that the site shows unread."""
    if element.is_marked:
        state.report_off("md_in_html", start)


def push_html(state: BlockState, content: str, first: int, after: int) -> None:
    """Push raw HTML."""
    token = state.push("html_block", "", 0)
    token.content = content
    token.map = [first, after]


def _push_raw(state: BlockState, start: int, element: Element) -> None:
    lines = [
        state.src[state.text_start(line) : state.eMarks[line]]
        if line == start
        else state.src[
            min(state.bMarks[line] + state.blkIndent, state.text_start(line)) : state.eMarks[line]
        ]
        for line in range(start, element.last)
    ]
    begin = state.text_start(element.last)
    lines.append(state.src[begin : element.close[1]])
    push_html(state, "\n".join(lines) + "\n", start, element.last + 1)


def push_inner(state: BlockState, element: Element) -> None:
    """Push the content between the tags as Markdown."""
    first, last = element.first, element.last
    with state.restoring(first, last + 1):
        state.eMarks[last] = element.close[0]
        _cut_line(state, first, element.inner, state.eMarks[first])
        filled = [line for line in range(first, last + 1) if not state.isEmpty(line)]
        if filled:
            _tokenize(state, element, filled[0], last + 1, min(state.sCount[n] for n in filled))


def _cut_line(state: BlockState, line: int, begin: int, end: int) -> None:
    """Let a line begin at an offset, at its container's column."""
    rest = state.src[begin:end]
    gap = len(rest) - len(rest.lstrip(" "))
    state.tShift[line] = begin + gap - state.bMarks[line]
    state.eMarks[line] = max(end, begin + gap)
    state.sCount[line] = state.blkIndent


def _holds_blocks(state: BlockState, element: Element) -> bool:
    """Whether a `<p>` wraps blocks, as GitHub's `<details>` do: a browser ends it before them."""
    text = state.src[element.inner : element.close[0]]
    return element.name == "p" and _BLANK_LINE.search(text) is not None


def _tokenize(state: BlockState, element: Element, first: int, after: int, indent: int) -> None:
    if element.name in INLINE_CONTENT and not _holds_blocks(state, element):
        push_paragraph(state, first, after)
        state.tokens[-3].hidden = state.tokens[-1].hidden = True
        return
    state.read_inside(first, after, indent=indent, parent="html")


def _html(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    element = find_element(state, start, end)
    if element is None or silent:
        return element is not None
    report_off(state, start, element)
    if element.has_markdown and _holds_blocks(state, element):
        push_inner(state, element)
    elif element.has_markdown:
        push_html(state, element.opening + "\n", start, element.first + 1)
        push_inner(state, element)
        push_html(state, f"</{element.name}>\n", element.last, element.last + 1)
    else:
        _push_raw(state, start, element)
    go_behind(state, element)
    return True


def go_behind(state: BlockState, element: Element) -> None:
    """Let the next block begin after an element's end tag."""
    state.line = element.last + 1
    rest = state.src[element.close[1] : state.eMarks[element.last]]
    if rest.strip():
        line = state.line = element.last
        state.tShift[line] = element.close[1] + len(rest) - len(rest.lstrip()) - state.bMarks[line]


RULE = BlockRule("html_block", _html, "<", interrupts=True)
