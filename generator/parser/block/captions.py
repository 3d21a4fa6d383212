"""Captions: a block and what is written below it become a figure (pymdownx.blocks.caption).

![A cat](cat.png)
/// caption
A cat, asleep.
///
"""

from collections.abc import Callable
from typing import Final

from markdown_it.token import Token

from generator.parser.block_state import BlockState
from generator.parser.caption_numbers import Figure

_MOST_CAPTIONS: Final = 20
"""Of one block: each puts the figure of the one before it into another."""


def push_caption(
    state: BlockState,
    lines: tuple[int, int],
    push_body: Callable[[], None],
    *,
    kind: Figure,
    is_above: bool,
) -> None:
    """Put the block above and its caption into one figure.

    Args:
        state: Where the rules are.
        lines: Of the caption's first marker, and the one after its last.
        push_body: Pushes what the caption says.
        kind: What the caption's header says.
        is_above: Whether the caption comes before the block.
    """
    index = _block_above(state)
    captions = 1 + _captions_at(state, index)
    if captions > _MOST_CAPTIONS:
        index, captions = len(state.tokens), 1
    figure = Token("figure_open", "figure", 1, level=state.level, block=True)
    figure.meta["figure"], figure.meta["captions"] = kind, captions
    above = state.tokens[index].map if index < len(state.tokens) else None
    figure.map = [above[0] if above else lines[0], lines[1]]
    for token in state.tokens[index:]:
        token.level += 1
    state.tokens.insert(index, figure)
    state.level += 1
    begun = len(state.tokens)
    state.push("figcaption_open", "figcaption", 1).map = [*lines]
    push_body()
    if len(state.tokens) == begun + 4 and state.tokens[begun + 1].type == "paragraph_open":
        state.tokens[begun + 1].hidden = state.tokens[begun + 3].hidden = True
    state.push("figcaption_close", "figcaption", -1)
    if is_above:
        caption = state.tokens[begun:]
        state.tokens[begun:] = []
        state.tokens[index + 1 : index + 1] = caption
    state.push("figure_close", "figure", -1)


def _captions_at(state: BlockState, index: int) -> int:
    """Return how many captions the block that begins at an index has."""
    meta = state.tokens[index].meta if index < len(state.tokens) else {}
    return int(meta.get("captions", 0))


def _block_above(state: BlockState) -> int:
    """Return the index of the token that opens the block above, in the same container."""
    index = len(state.tokens)
    while index > 0:
        token = state.tokens[index - 1]
        if token.level < state.level:
            break
        index -= 1
        if token.level == state.level and token.nesting >= 0:
            return index
    return len(state.tokens)
