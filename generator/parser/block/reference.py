"""Definitions of links and abbreviations, separate from their uses."""

import re

from markdown_it.common.utils import normalizeReference

from generator.parser.block_state import BlockRule, BlockState

_LINK = re.compile(
    r"\[(?P<label>[^\[\]^][^\[\]]*)\]:[ ]*(?P<href><[^<>]*>|\S+)"
    r"(?:[ ]+(?P<title>\".*\"|'.*'|\(.*\)))?[ ]*$"
)
_TITLE = re.compile(r"(?P<title>\".*\"|'.*'|\(.*\))[ ]*$")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]]*[^\]\s][^\]]*)\][ ]?:[ ]*(?P<long>\S.*?)[ ]*$")


def _match(
    state: BlockState, pattern: re.Pattern[str], start: int, end: int
) -> tuple[re.Match[str] | None, int]:
    """Match a definition, whose value may be on the next line. Return the line after it."""
    text, after = state.line_text(start).rstrip(), start + 1
    if text.endswith("]:") and after < end and not state.isEmpty(after):
        text, after = f"{text} {state.line_text(after)}", after + 1
    return pattern.match(text), after


def _link(state: BlockState, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3:
        return False
    match, after = _match(state, _LINK, start, end)
    if not match or silent:
        return match is not None
    title = match["title"] or ""
    if not title and after < end and not state.isEmpty(after):
        below = _TITLE.match(state.line_text(after))
        if below:
            title, after = below["title"], after + 1
    label = normalizeReference(match["label"])
    href = match["href"].removeprefix("<").removesuffix(">")
    references = state.env.setdefault("references", {})
    references[label] = {
        "title": title[1:-1],
        "href": state.md.normalizeLink(href),
        "map": [start, after],
    }
    state.line = after
    return True


def _abbreviation(state: BlockState, start: int, end: int, silent: bool) -> bool:
    match, after = _match(state, _ABBREVIATION, start, end)
    if match and not silent:
        _define(state.page.abbreviations, match["short"].strip(), match["long"])
        state.line = after
    return match is not None


def _define(known: dict[str, str], short: str, meaning: str) -> None:
    """Keep an abbreviation; `*[HTML]: ""` takes one back."""
    if meaning in ('""', "''"):
        known.pop(short, None)
    else:
        known[short] = meaning


LINK = BlockRule("reference", _link, "[", interrupts=True)
ABBREVIATION = BlockRule("abbreviation", _abbreviation, "*", interrupts=True)
