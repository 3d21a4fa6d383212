"""`x^2^` and `H~2~O`: superscript and subscript without blanks (pymdownx.caret, .tilde)."""

import re
from typing import Final

from generator.parser.inline.enabled import is_enabled
from generator.parser.inline_state import InlineRule, InlineState

_SCRIPTS: Final = {"^": ("sup", "pymdownx.caret"), "~": ("sub", "pymdownx.tilde")}
_BODIES: Final = {
    char: re.compile(rf"{re.escape(char)}((?:\\[\s\S]|[^\s\\{re.escape(char)}])+){re.escape(char)}")
    for char in _SCRIPTS
}


def _read(state: InlineState, silent: bool) -> bool:
    char = state.src[state.pos]
    match = _BODIES[char].match(state.src, state.pos, state.posMax)
    name, extension = _SCRIPTS[char]
    if match is None or not is_enabled(state, extension):
        return False
    if not silent:
        state.push(f"{name}_open", name, 1).markup = char
        end = state.posMax
        state.pos, state.posMax = match.start(1), match.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{name}_close", name, -1).markup = char
    state.pos = match.end()
    return True


def _read_blank(state: InlineState, silent: bool) -> bool:
    r"""Read `\ ` inside a script: an escaped blank is a blank."""
    if state.src[state.pos : state.pos + 2] != "\\ " or state.posMax == len(state.src):
        return False
    if not silent:
        state.push("text", "", 0).content = " "
    state.pos += 2
    return True


RULE = InlineRule("scripts", _read, "^~")
BLANK = InlineRule("script_blank", _read_blank, "\\")
