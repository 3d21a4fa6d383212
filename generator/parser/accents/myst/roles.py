"""Roles of MyST: {math}`x^2`, {kbd}`Ctrl`, {ref}`the text <label>`."""

import re

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule, matched
from generator.parser.page import page_of

_ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:+.-]*)\}(?P<run>`+)(?P<content>.+?)(?P=run)(?!`)", re.S)
_TARGET = re.compile(r"(?P<text>.+?)\s*<(?P<target>[^<>]+)>$", re.S)
_UNNAMED = re.compile(r"(?<!!)\[\]\((?:\./)?#?(?P<target>[^\s()<>:]+?)(?:\.md)?\)")
_TAGS = {"kbd": "kbd", "sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup"}
_CODE = frozenset({"code", "command", "file", "func", "literal", "mod", "meth", "program", "py"})


def _push(state: StateInline, match: re.Match[str]) -> None:
    page, name, content = page_of(state.env), match["name"].lower(), match["content"].strip()
    if name == "math":
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = content, "$"
        token.meta["location"] = page.here(match.start("content"))
    elif name in _TAGS:
        state.push("span_open", _TAGS[name], 1)
        state.append_pending(content)
        state.push("span_close", _TAGS[name], -1)
    elif name in _CODE or name.startswith(("py:", "c:", "cpp:")):
        state.push("code_inline", "code", 0).content = content
    else:
        _push_reference(state, name, content)


def _push_reference(state: StateInline, name: str, content: str) -> None:
    """Show a reference by its own text; without one the site fills it in."""
    named = _TARGET.match(content)
    if named is None and name not in ("abbr", "term", "strong", "emphasis"):
        page = page_of(state.env)
        shown = name if name.startswith("[") else f"{{{name}}}"
        message = f"{shown}: a reference that the site fills in: its target is on the card"
        page.report_kind("role", page.here(state.pos), message, "write {ref}`text <target>`")
    state.append_pending(named["text"] if named else content)


def _push_unnamed(state: StateInline, match: re.Match[str]) -> None:
    """Push `[](#label)`: the site fills in the number or title of what it refers to."""
    _push_reference(state, "[](…)", match["target"])


UNNAMED = InlineRule("unnamed_reference", matched(_UNNAMED, _push_unnamed), "[", r"\]")
RULE = InlineRule("role", matched(_ROLE, _push), "{", r"[A-Za-z]")
