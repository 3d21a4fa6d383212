"""`*emphasis*` and `**strong**` as Python-Markdown with pymdownx.betterem reads them.

CommonMark refuses `**注意：**内容` and `**"x"**y`, because a mark between punctuation and a letter
neither opens nor closes there. For the site, a mark opens before and closes behind anything but a
space; an underscore does so only at a word's edge.
"""

from markdown_it.rules_inline import StateInline

from generator.parser.inline_reader import InlineRule, push_marks


def _emphasis(state: StateInline, silent: bool) -> bool:
    if silent:
        return False
    marker = state.src[state.pos]
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    behind = state.src[end] if end < state.posMax else " "
    may_open = not behind.isspace() and not (marker == "_" and _is_word(before))
    may_close = not before.isspace() and not (marker == "_" and _is_word(behind))
    length = end - state.pos
    push_marks(state, marker, length, length=length, may_open=may_open, may_close=may_close)
    state.pos = end
    return True


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


RULE = InlineRule("emphasis", _emphasis, "*_")
