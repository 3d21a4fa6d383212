"""`==mark==`, `^^insert^^`, `~~delete~~`: doubled characters around a text.

As in markdown-it's own strikethrough rule, runs become delimiters, which markdown-it pairs
like the stars of emphasis, so that both can be nested.
"""

import re
from typing import Final, NamedTuple

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from generator.config.extensions import Extensions
from generator.parser.inline.emphasis import is_word
from generator.parser.inline_reader import InlineRule, push_marks
from generator.parser.page import page_of


class Pair(NamedTuple):
    """What a doubled character means.

    Attributes:
        rule: Its name in markdown-it.
        char: It comes twice.
        tag: Of the element, and the name of the tokens.
    """

    rule: str
    char: str
    tag: str

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
    Pair("mark", "=", "mark"),
    Pair("insert", "^", "ins"),
    Pair("strikethrough", "~", "del"),
)


def _is_smart(char: str, extensions: Extensions) -> bool:
    """Whether marks open and close at a word's edge only."""
    mark, caret, tilde = extensions.mark, extensions.caret, extensions.tilde
    smart = {
        "=": mark is not None and mark.smart_mark,
        "^": caret is not None and caret.smart_insert,
        "~": tilde is not None and tilde.smart_delete,
    }
    return smart[char]


def _read(state: StateInline, silent: bool) -> bool:
    char = state.src[state.pos]
    if silent or state.src[state.pos + 1 : state.pos + 2] != char:
        return False
    length = state.scanDelims(state.pos, True).length
    if length % 2:
        state.push("text", "", 0).content = char
    may_open, may_close = _flanking(state, char, length)
    push_marks(state, char * 2, length // 2, length=0, may_open=may_open, may_close=may_close)
    state.pos += length
    return True


def _flanking(state: StateInline, char: str, length: int) -> tuple[bool, bool]:
    """Whether a run of marks may open and may close a span.

    Punctuation of other scripts counts as letters do: `~~删，~~后` is one deletion.
    """
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + length : state.pos + length + 1] or " "
    is_loose = char != "=" or not (before + after).isascii()
    run = state.scanDelims(state.pos, True)
    may_open = not after.isspace() if is_loose else run.can_open
    may_close = not before.isspace() if is_loose else run.can_close
    if _is_smart(char, page_of(state.env).extensions):
        may_open, may_close = may_open and not is_word(before), may_close and not is_word(after)
    return may_open, may_close
