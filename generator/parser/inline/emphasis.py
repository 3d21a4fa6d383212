"""`*emphasis*` and `**strong**` as Python-Markdown with pymdownx.betterem reads them.

CommonMark refuses `**注意：**内容` and `**"x"**y`, because a mark between punctuation and a letter
neither opens nor closes there. For the site, a mark opens before and closes behind anything but a
space; an underscore does so only at a word's edge.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    behind = state.src[end] if end < state.posMax else " "
    may_open = not behind.isspace() and not (marker == "_" and _is_word(before))
    may_close = not before.isspace() and not (marker == "_" and _is_word(behind))
    length = end - state.pos
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), length, len(state.tokens) - 1, -1, may_open, may_close)
        )
    state.pos = end
    return True


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def plugin(md: MarkdownIt) -> None:
    """Replace markdown-it's rule for emphasis."""
    md.inline.ruler.at("emphasis", _emphasis)
