"""Captions of tables in Pandoc and Quarto: `: Caption {#tbl-a}` after the table."""

import re

from generator.parser.block_state import BlockRule, BlockState

_CAPTION = re.compile(r":[ ]+(?P<text>.*?)(?:[ ]*\{[^{}]*\})?[ ]*$")


def _caption(state: BlockState, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    is_after_table = bool(state.tokens) and state.tokens[-1].type == "table_close"
    match = _CAPTION.match(state.line_text(start)) if is_after_table else None
    if match is None or silent:
        return match is not None
    column = state.column(start) + match.start("text")
    state.push_text("paragraph", "p", start, match["text"], (column,))
    state.line = start + 1
    return True


RULE = BlockRule("table_caption", _caption, ":")
