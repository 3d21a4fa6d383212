"""Figures and framework-free programs of `langchain-and-agents.md`."""

import contextlib
import io
import re

from tests.content.pages import Block, cards


def run(block: Block) -> str:
    """Return what a block prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block.code, "<card>", "exec"), {})
    return out.getvalue().strip()


def test_tokens_of_a_conversation_grow_quadratically() -> None:
    """`memory-access-to-context`: fifty turns of 400 tokens."""
    card = cards()["memory-access-to-context"]
    turns, size = (int(x) for x in re.findall(r"(\d+) turns of (\d+) tokens", card.body)[0])
    sent = sum(turn * size for turn in range(1, turns + 1))
    assert sent == card.number(r"tokens are ([\d,]+\d)")
