"""What an accent consists of."""

from typing import NamedTuple

from generator.parser.block_state import BlockRule
from generator.parser.inline_reader import InlineRule


class Accent(NamedTuple):
    """The rules of one program's accent.

    Attributes:
        blocks: Block rules, tried before fences and quotes.
        texts: Inline rules, tried before links.
    """

    blocks: tuple[BlockRule, ...] = ()
    texts: tuple[InlineRule, ...] = ()
