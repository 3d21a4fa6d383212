"""Where a box titled "Show answer" finds its question: in what stands above it."""

from collections.abc import Sequence

from generator.cards.blocks import Block, tokens_of
from generator.cards.question import ask, is_answer, paragraph, titles_of
from generator.cards.titles import is_asking, is_hint_title
from generator.config import Config
from generator.model import Tokens

# More than this above a box is an exposition; the question is then its last step.
_LONGEST_QUESTION = 1200  # characters
_MOST_BLOCKS = 8

_BOUNDARIES = frozenset({"heading", "hr", "admonition", "tab_set"})


def question_above(before: Sequence[Block], config: Config) -> Tokens:
    """Take the question of an answer box from the blocks above it in the same container.

    Args:
        before: The siblings that stand before the box, in reading order.
        config: What counts as an answer box.

    Returns:
        The tokens of the question; empty where nothing above could be one.
    """
    run = _run(before, config)
    asked = _last_step(run)
    boundary = before[-len(run) - 1] if len(before) > len(run) else None
    if boundary is None:
        return tokens_of(asked)
    if boundary.kind == "heading":
        return _below_heading(boundary, asked, is_whole=len(asked) == len(run))
    if not asked and boundary.kind == "admonition" and not is_answer(boundary, config):
        return ask(titles_of(boundary), boundary.body)  # a problem in a box, its solution below
    return tokens_of(asked)


def _below_heading(heading: Block, asked: Sequence[Block], *, is_whole: bool) -> Tokens:
    """The heading asks when nothing stands below it, and joins in when it is a question."""
    inline = heading.children[0].tokens[0]
    if not asked:
        return (inline,)
    if is_whole and is_asking(heading.text):
        return (*paragraph(inline, css_class="question-title"), *tokens_of(asked))
    return tokens_of(asked)


def _run(before: Sequence[Block], config: Config) -> tuple[Block, ...]:
    """The blocks between the nearest boundary and the box; hints are passed over and kept."""
    start = len(before)
    while start and not _is_boundary(before[start - 1], config):
        start -= 1
    return tuple(before[start:])


def _is_boundary(block: Block, config: Config) -> bool:
    if block.kind == "admonition" and not is_answer(block, config):
        return not _is_hint(block)
    return block.kind in _BOUNDARIES


def _is_hint(block: Block) -> bool:
    title = block.title
    if title is not None and is_hint_title(title.content):
        return True
    return block.admonition.type == "hint" and block.admonition.is_collapsible


def _last_step(run: Sequence[Block]) -> Sequence[Block]:
    """A short run whole; of a long one the part from the last block that asks."""
    if len(run) <= _MOST_BLOCKS and sum(len(block.text) for block in run) <= _LONGEST_QUESTION:
        return run
    for index in range(len(run) - 1, -1, -1):
        if run[index].kind == "paragraph" and is_asking(run[index].text):
            return run[index:]
    for index in range(len(run) - 1, -1, -1):
        if run[index].kind == "paragraph":
            return run[index:]
    return run[-1:]
