"""Results of grouping: pairs of question and answer, and verdicts on boxes."""

from typing import NamedTuple

from msgspec import Struct, field

from generator.cards.blocks import Block
from generator.cards.rules import Rule
from generator.model import Tokens


class Pair(Struct, frozen=True):
    """A question with its answer.

    Attributes:
        box: The source of the card: the box that asks, else the box or tab set that answers.
        question, answer: Tokens of both sides; an empty answer means unanswered.
        rule: Why they belong together.
        answers: The boxes, or the set of tabs, that answer; none where the box that asks has the
            answer in its body, or without an answer.
        outer: Of a card inside an answer: the questions around it, outermost first.
        tags: From a line of metadata above the answer.
    """

    box: Block
    question: Tokens
    answer: Tokens
    rule: Rule
    answers: tuple[Block, ...] = ()
    outer: tuple[Tokens, ...] = ()
    tags: tuple[str, ...] = ()


class Found(NamedTuple):
    """The question of a run: its tokens, the rule that found it, and its box, if any."""

    tokens: Tokens
    rule: Rule
    box: Block | None = None


class Groups(Struct):
    """What was found in some blocks.

    Attributes:
        pairs: In reading order.
        banks: Boxes that are outlines of questions.
        verdicts: Index of a box's first token → the verdict on it, and the rule.
        rest: The blocks after the last border.
    """

    pairs: list[Pair] = field(default_factory=list)
    banks: list[Block] = field(default_factory=list)
    verdicts: dict[int, tuple[str, Rule]] = field(default_factory=dict)
    rest: tuple[Block, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it yields no card."""
        return not self.pairs and not self.banks
