"""Choices with the right ones ticked: `- [x] yes` and `- [ ] no` in a question.

The ticks are the answer, so the question shows all boxes empty, and the answer the ticked items.
"""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from generator.cards.blocks import Block, tree
from generator.model import Tokens

_LISTS = ("bullet_list", "ordered_list")


def hide_ticks(question: Tokens, answer: Tokens) -> tuple[Tokens, Tokens]:
    """Move the ticks of a question's choices to its answer.

    Args:
        question: Of a card.
        answer: Of the same card.

    Returns:
        Both unchanged where no list of the question has ticked items and others.
    """
    if not any(map(_is_ticked, question)):
        return question, answer
    choices = [block for block in _all_blocks(tree(question)) if _offers(block)]
    ticked = [item for block in choices for item in block.children if _is_ticked(item.opening)]
    openings = {id(item.opening) for item in ticked}
    asked = tuple(_empty(token) if id(token) in openings else token for token in question)
    right = tuple(token for block in choices for token in _right(block))
    return asked, (*right, *answer)


def after_choices(body: Sequence[Block]) -> int:
    """Return how many blocks of a body end with choices, 0 if it has none."""
    return next((index + 1 for index, block in enumerate(body) if _offers(block)), 0)


def _all_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if block.opening.nesting > 0:
            yield from _all_blocks(block.children)


def _is_ticked(token: Token) -> bool:
    return token.type == "list_item_open" and token.meta.get("checked") is True


def _offers(block: Block) -> bool:
    """Whether a list has ticked items and others, and all have a box."""
    if block.kind not in _LISTS:
        return False
    return {item.opening.meta.get("checked") for item in block.children} == {True, False}


def _empty(opening: Token) -> Token:
    return opening.copy(meta={**opening.meta, "checked": False})


def _right(block: Block) -> Iterator[Token]:
    """Yield the list of the ticked items, without boxes."""
    yield block.opening
    for item in block.children:
        if _is_ticked(item.opening):
            meta = {key: value for key, value in item.opening.meta.items() if key != "checked"}
            yield item.opening.copy(meta=meta)
            yield from item.tokens[1:]
    yield block.tokens[-1]
