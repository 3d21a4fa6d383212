"""`x^2^` and `H~2~O`: superscript and subscript without blanks (pymdownx.caret, .tilde)."""

import re
from typing import Final

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Extensions
from generator.parser.inline_reader import InlineRule, read_inside
from generator.parser.page import page_of

_TAGS: Final = {"^": "sup", "~": "sub"}
_BODIES: Final = {
    char: re.compile(rf"{re.escape(char)}((?:\\[\s\S]|[^\s\\{re.escape(char)}])+){re.escape(char)}")
    for char in _TAGS
}
_SPACED: Final = {
    char: re.compile(rf"{c}(?=[^\s{c}])((?:\\[\s\S]|[^\\{c}])+)(?<!\s){c}(?!{c})")
    for char, c in ((char, re.escape(char)) for char in _TAGS)
}


_DOUBLED: Final = {
    char: re.compile(rf"{c}({c}[^\s{c}]+{c}){c}(?!{c})")
    for char, c in ((char, re.escape(char)) for char in _TAGS)
}
"""Two marks where the site reads single ones only: a script in a script."""


def _body(char: str, extensions: Extensions) -> re.Pattern[str]:
    options = extensions.caret if char == "^" else extensions.tilde
    return _BODIES[char] if options is None or options.no_space else _SPACED[char]


def _read(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    body = _body(char, page_of(state.env).extensions)
    match = body.match(state.src, state.pos, state.posMax)
    match = match or _DOUBLED[char].match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        tag = _TAGS[char]
        state.push(f"{tag}_open", tag, 1).markup = char
        read_inside(state, *match.span(1))
        state.push(f"{tag}_close", tag, -1).markup = char
    state.pos = match.end()
    return True


def escapes_blanks(extensions: Extensions) -> bool:
    """Whether the site escapes blanks: scripts are the reason, but it does so everywhere."""
    caret, tilde = extensions.caret, extensions.tilde
    is_caret = caret is not None and caret.superscript and caret.no_space
    return is_caret or (tilde is not None and tilde.subscript and tilde.no_space)


def _read_blank(state: StateInline, silent: bool) -> bool:
    r"""Read `\ `: an escaped blank is a blank."""
    if state.src[state.pos + 1 : state.pos + 2] != " ":
        return False
    if not silent:
        state.append_pending(" ")
    state.pos += 2
    return True


SUPERSCRIPT = InlineRule("superscript", _read, "^")
SUBSCRIPT = InlineRule("subscript", _read, "~")
BLANK = InlineRule("script_blank", _read_blank, "\\")
