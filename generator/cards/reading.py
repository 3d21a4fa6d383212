"""The reading of every box of a page, cached because nested boxes are needed repeatedly."""

from generator.cards.blocks import Block
from generator.cards.groups import Groups
from generator.cards.roles import Reading, Role, read_box
from generator.cards.runs import Level
from generator.cards.wishes import Comments
from generator.config import Config


class Reader:
    """Reads boxes and caches what they are, and what was found inside blocks."""

    def __init__(self, config: Config, comments: Comments) -> None:
        """Prepare for a page.

        Args:
            config: What counts as a card and as an answer.
            comments: The author's comments about the page's boxes.
        """
        self.config = config
        self._comments = comments
        self._readings: dict[int, Reading] = {}
        self.groups: dict[tuple[int, Level], Groups] = {}  # for the content of blocks

    def reading(self, box: Block) -> Reading:
        """Return what a box is; see `read_box`."""
        opening = id(box.opening)  # a box with parts removed is read like the whole box
        if opening not in self._readings:
            said = self._comments.override(box.admonition.location.line)
            self._readings[opening] = read_box(box, self.config, said)
        return self._readings[opening]

    def is_hint(self, block: Block) -> bool:
        """Whether a block is a box with a hint."""
        return block.kind == "admonition" and self.reading(block).role is Role.HINT
