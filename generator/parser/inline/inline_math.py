r"""Inline formulas: `$x$`, `\(x\)`, and display delimiters inside a text.

A dollar opens a formula when no space follows, and closes it when none precedes and no digit
follows: `$5 and $10` is money, `$n$` is not (pymdownx.arithmatex's smart dollar).
"""

import re

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Arithmatex
from generator.config.settings import Site
from generator.parser.inline_reader import InlineRule
from generator.parser.page import page_of

_PATTERNS = {
    "$$": re.compile(r"\$\$(?!\$\$)(?P<tex>[^\\$]*+(?>(?:(?:\\[\s\S]|\$(?!\$))[^\\$]*+)*))\$\$"),
    "$": re.compile(r"\$(?=[^\s$])(?P<tex>[^\\$]*+(?>(?:\\[\s\S][^\\$]*+)*))(?<!\s)\$(?!\d)"),
    "\\(": re.compile(r"\\\((?P<tex>[\s\S]+?)\\\)"),
    "\\[": re.compile(r"\\\[(?P<tex>[\s\S]+?)\\\]"),
    "\\\\(": re.compile(r"\\\\\((?P<tex>[\s\S]+?)\\\\\)"),
    "\\\\[": re.compile(r"\\\\\[(?P<tex>[\s\S]+?)\\\\\]"),
}
_LOOSE_DOLLAR = re.compile(r"\$(?!\$)(?P<tex>[^\\$]*+(?>(?:\\[\s\S][^\\$]*+)*))\$")
_CLOSINGS = {"$$": "$$", "$": "$", "\\(": "\\)", "\\[": "\\]", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_INLINE_SYNTAX = {"$": "dollar", "\\(": "round"}
_BLOCK_SYNTAX = {"$$": "dollar", "\\[": "square"}
_TEX = re.compile(r"\\[a-zA-Z{},;!]|[\^_=]")
"""What makes `\\[ … \\]` in a text a formula: `\\[NOIP 2021\\]` is escaped brackets."""


def _opening(state: StateInline) -> str:
    """Return the delimiter that begins here, or "" if the site does not read one."""
    options = page_of(state.env).extensions.arithmatex
    src, begin = state.src, state.pos
    if src.startswith("\\\\", begin):  # MathJax reads these when no extension does
        return "" if options else src[begin : begin + 3]
    opening = src[begin : begin + 2]
    if opening not in _PATTERNS:
        opening = src[begin]
    return opening if options is None or _is_wanted(opening, options) else ""


def _is_wanted(opening: str, options: Arithmatex) -> bool:
    if opening in _INLINE_SYNTAX:
        return _INLINE_SYNTAX[opening] in options.inline_syntax
    return _BLOCK_SYNTAX.get(opening) in options.block_syntax


def _pattern(state: StateInline, opening: str) -> re.Pattern[str]:
    options = page_of(state.env).extensions.arithmatex
    is_loose = opening == "$" and options is not None and not options.smart_dollar
    return _LOOSE_DOLLAR if is_loose else _PATTERNS[opening]


def _math(state: StateInline, silent: bool) -> bool:
    begin = state.pos
    opening = _opening(state)
    # Nothing can close it: searching the rest for each of many openings would be quadratic.
    if opening not in _CLOSINGS or state.html_terminator_last(_CLOSINGS[opening]) <= begin:
        return False
    match = _pattern(state, opening).match(state.src, begin, state.posMax)
    if not match or (opening[-1] == "[" and not _TEX.search(match["tex"])):
        return False
    if not silent:
        _push(state, match, opening)
    state.pos = match.end()
    return True


def _bare(tex: str, site: Site) -> str:
    """Return the formula in GitHub's ``$`x`$``; a site of MkDocs reads code in dollars."""
    is_github = site.path is None and len(tex) > 2 and tex[0] == tex[-1] == "`"
    return tex[1:-1] if is_github else tex


def _push(state: StateInline, match: re.Match[str], opening: str) -> None:
    page = page_of(state.env)
    tex = _bare(match["tex"], page.config.site).lstrip()
    start = match.start("tex") + match["tex"].index(tex)
    if not page.draws_math:
        page.report_off("arithmatex", page.here(state.pos))
    token = state.push("math_inline", "math", 0)
    token.content = tex = tex.rstrip()
    token.markup = opening
    location = page.here(start)
    token.meta = {"location": location}
    if "\n" in tex:
        ends = [i for i, c in enumerate(tex) if c == "\n"]
        token.meta["columns"] = (location.column, *(page.here(start + e + 1).column for e in ends))


RULE = InlineRule("math_inline", _math, "$\\")
