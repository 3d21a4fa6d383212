"""The reading of every box of a page, cached because nested boxes are needed repeatedly."""

from functools import cached_property

from msgspec.structs import replace

from generator.cards.blocks import Block
from generator.cards.card_options import Comments
from generator.cards.groups import Groups
from generator.cards.roles import Reading, Role, read_box
from generator.cards.rules import Rule
from generator.cards.runs import Level
from generator.cards.titles import Says, is_asking, read_title
from generator.config import Config
from generator.model import Tokens
from generator.parser.words import text_of


class Reader:
    """Reads boxes and caches what they are, and what was found inside blocks."""

    def __init__(self, config: Config, comments: Comments, tokens: Tokens) -> None:
        """Prepare for a page.

        Args:
            config: What counts as a card and as an answer.
            comments: The author's comments about the page's boxes.
            tokens: The page's.
        """
        self.config = config
        self._tokens = tokens
        self._comments = comments
        self._readings: dict[int, Reading] = {}
        self.groups: dict[tuple[int, Level], Groups] = {}  # for the content of blocks

    def reading(self, box: Block) -> Reading:
        """Return what a box is; see `read_box`."""
        opening = id(box.opening)  # a box with parts removed is read like the whole box
        if opening not in self._readings:
            said = self._comments.override(box.admonition.location.line)
            reading = read_box(box, self.config, said)
            if reading.rule is Rule.CARD_TYPE and box.admonition.is_fold and not self.folds_ask:
                reading = replace(reading, role=Role.ASIDE, rule=Rule.FOLD)
            self._readings[opening] = reading
        return self._readings[opening]

    @cached_property
    def folds_ask(self) -> bool:
        """Whether half of the page's bare folds with a topic for a title ask.

        A `<details>` has no type. So it is the page's habit that tells a flashcard
        ("Polymorphism") from an aside ("Options for Windows").
        """
        titles = [
            text_of((title,))
            for opening, title in zip(self._tokens, self._tokens[2:], strict=False)
            if opening.type == "admonition_open" and opening.meta["admonition"].is_fold
        ]
        asking = [title for title in titles if is_asking(title)]
        topics = [title for title in titles if read_title(title) is Says.NAME]
        return len(asking) >= len(topics)

    def is_hint(self, block: Block) -> bool:
        """Whether a block is a box with a hint."""
        return block.kind == "admonition" and self.reading(block).role is Role.HINT
