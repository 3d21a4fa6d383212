"""`*emphasis*` and `**strong**` as Python-Markdown with pymdownx.betterem reads them.

CommonMark refuses `**注意：**内容` and `**"x"**y`, because a mark between punctuation and a letter
neither opens nor closes there. Python-Markdown lets a mark open before and close after anything but
a space. A smart mark, as the underscore is, does so only at a word's edge.
"""

from markdown_it.rules_inline import StateInline

from generator.config.extensions import Extensions
from generator.parser.inline_reader import InlineRule, push_marks
from generator.parser.page import page_of

_SMART = {"all": "*_", "asterisk": "*", "underscore": "_", "none": ""}


def _smart_marks(extensions: Extensions) -> str:
    """Return the characters that open and close at a word's edge only."""
    if extensions.betterem:
        return _SMART.get(extensions.betterem.smart_enable, "")
    return "" if extensions.legacy_em else "_"


def _emphasis(state: StateInline, silent: bool) -> bool:
    if silent:
        return False
    marker = state.src[state.pos]
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    is_smart = marker in _smart_marks(page_of(state.env).extensions)
    may_open = not after.isspace() and not (is_smart and is_word(before))
    may_close = not before.isspace() and not (is_smart and is_word(after))
    length = end - state.pos
    push_marks(state, marker, length, length=length, may_open=may_open, may_close=may_close)
    state.pos = end
    return True


def is_word(char: str) -> bool:
    """Whether a character is part of a word for the site."""
    return char.isalnum() or char == "_"


RULE = InlineRule("emphasis", _emphasis, "*_")
