"""`x^2^` and `H~2~O`: superscript and subscript without blanks (pymdownx.caret, .tilde)."""

import re
from typing import Final

from markdown_it.rules_inline import StateInline

from generator.parser.inline.enabled import is_enabled
from generator.parser.inline_reader import InlineRule, read_inside

_SCRIPTS: Final = {"^": ("sup", "pymdownx.caret"), "~": ("sub", "pymdownx.tilde")}
_BODIES: Final = {
    char: re.compile(rf"{re.escape(char)}((?:\\[\s\S]|[^\s\\{re.escape(char)}])+){re.escape(char)}")
    for char in _SCRIPTS
}


def _read(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    match = _BODIES[char].match(state.src, state.pos, state.posMax)
    name, extension = _SCRIPTS[char]
    if match is None or not is_enabled(state, extension):
        return False
    if not silent:
        state.push(f"{name}_open", name, 1).markup = char
        read_inside(state, *match.span(1))
        state.push(f"{name}_close", name, -1).markup = char
    state.pos = match.end()
    return True


def _read_blank(state: StateInline, silent: bool) -> bool:
    r"""Read `\ ` inside a script: an escaped blank is a blank."""
    if state.src[state.pos : state.pos + 2] != "\\ " or state.posMax == len(state.src):
        return False
    if not silent:
        state.append_pending(" ")
    state.pos += 2
    return True


SUPERSCRIPT = InlineRule("superscript", _read, "^")
SUBSCRIPT = InlineRule("subscript", _read, "~")
BLANK = InlineRule("script_blank", _read_blank, "\\")
