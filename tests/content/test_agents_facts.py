"""Figures and framework-free programs of `langchain-and-agents.md`."""

import contextlib
import io
import re

import pytest

from tests.content.pages import Block, cards


def run(block: Block) -> str:
    """Return what a block prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block.code, "<card>", "exec"), {})
    return out.getvalue().strip()


@pytest.mark.parametrize(
    ("name", "number"),
    [("langchain-agents-toolkits", 0), ("memory-full-history", 0), ("memory-sliding-window", 1)],
)
def test_programs_without_a_framework_print_what_they_say(name: str, number: int) -> None:
    """The comment after the last print is the output."""
    block = cards()[name].blocks[number]
    assert block.code.rstrip().endswith("# " + run(block))


def test_ten_steps_of_an_agent() -> None:
    """`langchain-agents-toolkits`: 0.95 to the tenth."""
    card = cards()["langchain-agents-toolkits"]
    each = card.number(r"succeeds with ([\d.]+),")
    steps = card.number(r"of (\d+) steps")
    assert each**steps == pytest.approx(card.number(r"all do with (\d\.\d+)"), abs=5e-3)


def test_tokens_of_a_conversation_grow_quadratically() -> None:
    """`memory-access-to-context`: fifty turns of 400 tokens."""
    card = cards()["memory-access-to-context"]
    turns, size = (int(x) for x in re.findall(r"(\d+) turns of (\d+) tokens", card.body)[0])
    sent = sum(turn * size for turn in range(1, turns + 1))
    assert sent == card.number(r"tokens are ([\d,]+\d)")


def test_memories_fade() -> None:
    """`memory-other-strategies`: the recency factor after a day and a week."""
    card = cards()["memory-other-strategies"]
    decay = card.number(r"cdot(0\.\d+)\^")
    assert decay**24 == pytest.approx(card.number(r"factor is (0\.\d+)"), abs=5e-3)
    assert decay**168 == pytest.approx(card.number(r"after a week (0\.\d+)"), abs=5e-3)
