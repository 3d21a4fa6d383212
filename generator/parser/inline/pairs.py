"""`==mark==`, `^^insert^^`, `~~delete~~`: doubled characters around a text.

The way of markdown-it's own strikethrough rule: runs become delimiters, which markdown-it pairs
as it pairs the stars of emphasis, so that they nest with them.
"""

import re
from dataclasses import dataclass
from typing import Final

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from generator.parser.inline.enabled import is_enabled
from generator.parser.inline_reader import InlineRule, push_marks


@dataclass(frozen=True, slots=True)
class Pair:
    """What a doubled character means.

    Attributes:
        rule: Under which markdown-it knows it.
        char: It comes twice.
        tag: Of the element, and the name of the tokens.
        extension: That the site needs.
    """

    rule: str
    char: str
    tag: str
    extension: str

    def to_rule(self) -> InlineRule:
        """Return the rule that finds the marks."""
        return InlineRule(self.rule, _read, self.char, re.escape(self.char))

    def close(self, state: StateInline) -> None:
        """Make spans of the marks that belong together; a rule of `ruler2`."""
        self._close(state, state.delimiters)
        for meta in state.tokens_meta:
            if meta and "delimiters" in meta:
                self._close(state, meta["delimiters"])

    def _close(self, state: StateInline, delimiters: list[Delimiter]) -> None:
        marker = ord(self.char)
        for opening in delimiters:
            if opening.marker != marker or opening.end == -1:
                continue
            for index, nesting in ((opening.token, 1), (delimiters[opening.end].token, -1)):
                token = state.tokens[index]
                token.type = f"{self.tag}_open" if nesting == 1 else f"{self.tag}_close"
                token.tag = self.tag
                token.nesting = 1 if nesting == 1 else -1
                token.markup, token.content = token.content, ""


PAIRS: Final = (
    Pair("mark", "=", "mark", "pymdownx.mark"),
    Pair("insert", "^", "ins", "pymdownx.caret"),
    Pair("strikethrough", "~", "del", "pymdownx.tilde"),
)
_EXTENSIONS: Final = {pair.char: pair.extension for pair in PAIRS}


def _read(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    if silent or state.src[state.pos + 1 : state.pos + 2] != char:
        return False
    if not is_enabled(state, _EXTENSIONS[char]):
        return False
    run = state.scanDelims(state.pos, True)
    if run.length % 2:
        state.push("text", "", 0).content = char
    may_open, may_close = run.can_open, run.can_close
    count = run.length // 2
    push_marks(state, char * 2, count, length=0, may_open=may_open, may_close=may_close)
    state.pos += run.length
    return True
