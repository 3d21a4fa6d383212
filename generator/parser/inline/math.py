r"""Inline formulas: `$x$`, `\(x\)`, and display delimiters inside a text.

A dollar opens a formula when no space follows, and closes it when none precedes and no digit
follows: `$5 and $10` is money, `$n$` is not (pymdownx.arithmatex's smart dollar).
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from generator.parser.page import page_of

_PATTERNS = {
    "$$": re.compile(r"\$\$(?P<tex>(?:\\[\s\S]|[^\\$]|\$(?!\$))+?)\$\$"),
    "$": re.compile(r"\$(?=\S)(?P<tex>(?:\\[\s\S]|[^\\$])+?)(?<!\s)\$(?!\d)"),
    "\\(": re.compile(r"\\\((?P<tex>[\s\S]+?)\\\)"),
    "\\[": re.compile(r"\\\[(?P<tex>[\s\S]+?)\\\]"),
}
_CLOSINGS = {"$$": "$$", "$": "$", "\\(": "\\)", "\\[": "\\]"}
_TEX = re.compile(r"\\[a-zA-Z{},;!]|[\^_=]")
"""What makes `\\[ … \\]` in a text a formula: `\\[NOIP 2021\\]` is escaped brackets."""


def _math(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    if char not in "$\\":
        return False
    pair = state.src[state.pos : state.pos + 2]
    opening = pair if pair in _PATTERNS else char
    pattern = _PATTERNS.get(opening)
    if pattern is None:
        return False
    # Nothing can close it: a look at the whole rest for each of many openings would be quadratic.
    closing = _CLOSINGS[opening]
    if state.html_terminator_last(closing) <= state.pos:
        return False
    match = pattern.match(state.src, state.pos, state.posMax)
    if not match or (opening == "\\[" and not _TEX.search(match["tex"])):
        return False
    if not silent:
        _push(state, match, opening)
    state.pos = match.end()
    return True


def _push(state: StateInline, match: re.Match[str], opening: str) -> None:
    page = page_of(state.env)
    tex = match["tex"]
    lead = len(tex) - len(tex.lstrip())
    start = match.start("tex") + lead
    token = state.push("math_inline", "math", 0)
    token.content = tex.strip()
    token.markup = opening
    location = page.here(start)
    token.meta = {"location": location}
    if "\n" in token.content:
        ends = [i for i, c in enumerate(token.content) if c == "\n"]
        token.meta["columns"] = (location.column, *(page.here(start + e + 1).column for e in ends))


def plugin(md: MarkdownIt) -> None:
    """Read formulas before anything else can take their characters."""
    md.inline.ruler.before("escape", "math_inline", _math)
