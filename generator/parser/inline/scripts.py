"""`x^2^` and `H~2~O`: superscript and subscript without blanks (pymdownx.caret, .tilde)."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from generator.parser.inline.enabled import is_enabled

_SCRIPTS: Final = {"^": ("sup", "pymdownx.caret"), "~": ("sub", "pymdownx.tilde")}
_BODIES: Final = {
    char: re.compile(rf"{re.escape(char)}((?:\\[\s\S]|[^\s\\{re.escape(char)}])+){re.escape(char)}")
    for char in _SCRIPTS
}


def _read(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    script = _SCRIPTS.get(char)
    if script is None:
        return False
    match = _BODIES[char].match(state.src, state.pos, state.posMax)
    name, extension = script
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


def _read_blank(state: StateInline, silent: bool) -> bool:
    r"""Read `\ ` inside a script: an escaped blank is a blank."""
    if state.src[state.pos : state.pos + 2] != "\\ " or state.posMax == len(state.src):
        return False
    if not silent:
        state.push("text", "", 0).content = " "
    state.pos += 2
    return True


def plugin(md: MarkdownIt) -> None:
    """Read superscripts and subscripts."""
    md.inline.ruler.before("emphasis", "scripts", _read)
    md.inline.ruler.before("escape", "script_blank", _read_blank)
