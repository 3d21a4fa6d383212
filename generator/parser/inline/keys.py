"""Keys: `++ctrl+alt+del++` (pymdownx.keys)."""

import re
from collections.abc import Mapping
from typing import Final

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Keys
from generator.parser.inline_reader import InlineRule, matched
from generator.parser.page import page_of

_KEYS = re.compile(
    r"""\+\+(?P<keys>(?:[\w-]+|"(?:\\.|[^"\\])+"|'(?:\\.|[^'\\])+')"""
    r"""(?:\+(?:[\w-]+|"(?:\\.|[^"\\])+"|'(?:\\.|[^'\\])+'))*)\+\+"""
)
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_KEY = re.compile(r"""[\w-]+|"(?:\\.|[^"\\])+"|'(?:\\.|[^'\\])+'""")

# What is written on a key, where it is not the name with capitals: `page-up` is "Page Up".
_LABELS: Final = {
    "add": "Num +", "alt-graph": "Alt Gr", "altgr": "Alt Gr", "apostrophe": "'", "app": "Menu",
    "apps": "Menu", "arrow-down": "Down", "arrow-left": "Left", "arrow-right": "Right",
    "arrow-up": "Up", "back": "Backspace", "backslash": "\\", "backtab": "Back Tab", "bar": "|",
    "bksp": "Backspace", "brace-left": "{", "brace-right": "}", "bracket-left": "[",
    "bracket-right": "]", "caps": "Caps Lock", "capslock": "Caps Lock", "close-brace": "}",
    "close-bracket": "]", "colon": ":", "comma": ",", "command": "Cmd", "context-menu": "Menu",
    "control": "Ctrl", "ctl": "Ctrl", "decimal": "Num .", "delete": "Del", "divide": "Num /",
    "double-quote": '"', "dquote": '"', "equal": "=", "escape": "Esc", "exclam": "!",
    "exclamation": "!", "grave": "`", "greater": ">", "greater-than": ">", "gt": ">", "hyphen": "-",
    "insert": "Ins", "lbrace": "{", "lbracket": "[", "left-brace": "{", "left-bracket": "[",
    "left-command": "Left Cmd", "left-control": "Left Ctrl", "left-windows": "Left Win",
    "less": "<", "less-than": "<", "lt": "<", "minus": "-", "multiply": "Num *",
    "num-asterisk": "Num *", "num-equal": "Num =", "num-minus": "Num -", "num-plus": "Num +",
    "num-separator": "Num .", "num-slash": "Num /", "numlock": "Num Lock", "open-brace": "{",
    "open-bracket": "[", "opt": "Option", "page-dn": "Page Down", "pagedown": "Page Down",
    "pageup": "Page Up", "period": ".", "pgdn": "Page Down", "pgup": "Page Up", "pipe": "|",
    "plus": "+", "printscreen": "Print Screen", "prtsc": "Print Screen", "question": "?",
    "rbrace": "}", "rbracket": "]", "return": "Enter", "right-brace": "}", "right-bracket": "]",
    "right-command": "Right Cmd", "right-control": "Right Ctrl", "right-windows": "Right Win",
    "scroll": "Scroll Lock", "semicolon": ";", "separator": "Num .", "single-quote": "'",
    "slash": "/", "spc": "Space", "squote": "'", "subtract": "Num -", "tilde": "~",
    "underscore": "_", "windows": "Win",
}  # fmt: skip


def _push(state: StateInline, match: re.Match[str]) -> None:
    options = page_of(state.env).extensions.keys or Keys()
    named = dict(options.key_map)
    token = state.push("keys", "kbd", 0)
    keys = tuple(_label(m[0], named, options) for m in _KEY.finditer(match["keys"]))
    token.meta["keys"] = keys
    if options.separator != "+":
        token.meta["separator"] = options.separator
    token.content = "+".join(keys)


def _label(key: str, named: Mapping[str, str], options: Keys) -> str:
    if key[0] in "\"'":
        return re.sub(r"\\(.)", r"\1", key[1:-1])
    if options.camel_case:
        key = _HUMP.sub("-", key)
    name = key.lower().replace("_", "-")
    if name in named:
        return named[name]
    if name in _LABELS:
        return _LABELS[name]
    if name.startswith("num") and name[3:].isdigit():
        return f"Num {name[3:]}"
    return " ".join(part.capitalize() for part in name.split("-"))


RULE = InlineRule("keys", matched(_KEYS, _push), "+", r"\+")
