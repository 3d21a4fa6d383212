"""What an accent consists of."""

from dataclasses import dataclass

from generator.parser.block_state import BlockRule
from generator.parser.inline_reader import InlineRule


@dataclass(frozen=True, slots=True)
class Accent:
    """The rules of one program's accent.

    Attributes:
        name: Field of `Extensions` that turns it on.
        blocks: Asked before a fence or a quote.
        texts: Asked before a link.
    """

    name: str
    blocks: tuple[BlockRule, ...] = ()
    texts: tuple[InlineRule, ...] = ()
