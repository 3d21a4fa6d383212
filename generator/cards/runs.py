"""A run: the blocks since the last border, and which of them are the question."""

from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct, field

from generator.cards.blocks import Block
from generator.cards.labels import after_label
from generator.cards.roles import Reading, acts, asks, labels_task, opens_with_number
from generator.cards.titles import Says, is_action, is_asking, read_title
from generator.model import Tokens
from generator.parser.words import text_of

# Longer text before an answer is an exposition; the question is then its last step.
_LONGEST_QUESTION = 1200  # characters
_LONGEST_ITEM = 3000  # characters; the author has already delimited a box or an item
_MOST_BLOCKS = 8
_NEAREST = 100  # blocks above an answer, among which its question is
_CODE = frozenset({"fence", "code_block"})


class Level(Enum):
    """What kind of place the blocks of a run are in."""

    SECTION = "section"  # of a page, or an aside box
    WHOLE = "whole"  # a question box, a list item, a tab: everything before the answer asks
    ANSWER = "answer"  # inside an answer: only explicit questions ask


class Run(Struct):
    """The blocks since the last border.

    Attributes:
        level: See `Level`.
        title: The heading or title above, as an inline token.
        context: Blocks that introduce all items of the list that the run is in.
        blocks: The run.
        waiting: A box that asks and has no answer yet, and its reading.
        notes: The list after that box that holds the notes of its `(1)` marks.
        heading: The heading above, as `title` is; in a box or item, `title` is that of the box.
        depth: Of that heading, 0 without one.
    """

    level: Level
    title: Tokens = ()
    context: tuple[Block, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    waiting: tuple[Block, Reading] | None = None
    notes: tuple[Block, ...] = ()
    heading: Tokens = ()
    depth: int = 0

    def restart(self, title: Tokens = (), depth: int = 0) -> None:
        """Begin after a border; in a box or item the title remains the question."""
        self.title = self.title if self.level is Level.WHOLE else title
        self.heading, self.depth = title, depth
        self.blocks, self.waiting, self.notes = [], None, ()

    def holds(self, heading: Block) -> bool:
        """Whether a heading is a part of the task that the heading above it labels."""
        title = heading.children[0].tokens[:1]
        is_deeper = 1 < self.depth < heading_depth(heading)
        return is_deeper and self.is_task and (is_unnumbered(title) or not labels(title))

    @property
    def is_task(self) -> bool:
        """Whether the heading above labels one task: `## Exercise 2`."""
        return self.depth > 0 and names_task(self.heading)

    @property
    def near(self) -> Sequence[Block]:
        """The end of the run, where what asks is looked for, however long the run is."""
        return self.blocks[-_NEAREST:]

    def poses(self) -> bool:
        """Whether it is a task: it asks, or gives something to do and not the code for it."""
        near = self.near
        if any_asks(near) or labels(self.title):
            return True
        if has_prose(near):
            return not any(block.kind in _CODE for block in near) and any(map(acts, near))
        title = text_of(self.title)
        return bool(title) and (is_asking(title) or is_action(title, is_title=True))


def any_asks(blocks: Iterable[Block]) -> bool:
    """Whether one of the blocks asks."""
    return any(map(asks, blocks))


def has_prose(blocks: Iterable[Block]) -> bool:
    """Whether there is anything other than boxes."""
    return any(block.kind != "admonition" for block in blocks)


def asks_itself(title: Tokens) -> bool:
    """Whether a heading or title is a question or an instruction."""
    return bool(title) and is_asking(text_of(title))


def labels(title: Tokens) -> bool:
    """Whether a heading labels a task: `Exercises`, `Exercise 2: SLA`."""
    return bool(title) and read_title(text_of(title)) in (Says.LABEL, Says.LABELS)


def names_task(title: Tokens) -> bool:
    """Whether a heading labels one task: `Exercise 2: SLA`."""
    return bool(title) and read_title(text_of(title)) is Says.LABEL


def heading_depth(heading: Block) -> int:
    """Return the number of `#` of a heading."""
    return int(heading.opening.tag[1])


def is_label(title: Tokens) -> bool:
    """Whether a heading is only a label for what follows: `Exercises`."""
    return labels(title) and not after_label(text_of(title))


def is_unnumbered(title: Tokens) -> bool:
    """Whether a heading is a label and nothing else: `Task`, not `Task 2` or `Task: SLA`."""
    return is_label(title) and len(text_of(title).split()) == 1


def is_bare(box: Block, reading: Reading) -> bool:
    """Whether a box has a label as its title but poses no task: for example, only a link."""
    is_named = bool(after_label(box.title_text))
    return reading.says is Says.LABEL and not is_named and not any_asks(box.body)


def split_boxes(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return the text that ends a run, back to the box before it, and the boxes after it."""
    end = len(blocks)
    while end and blocks[end - 1].kind == "admonition":
        end -= 1
    start = end
    while start and blocks[start - 1].kind != "admonition":
        start -= 1
    return blocks[start:end], blocks[end:]


def split_task(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Split as `split_boxes` does, but keep all of a task together whose last text asks nothing."""
    text, boxes = split_boxes(blocks)
    if not text or boxes or any_asks(text) or not _is_short(blocks, _LONGEST_ITEM):
        return text, boxes
    return blocks, ()


def last_step(blocks: Sequence[Block], *, is_task: bool = False) -> Sequence[Block]:
    """Return the end of a text that asks: from the last label; else all of it, if it is short;
    else from the last block that asks, or from the first of the numbers that it goes on with.

    Args:
        blocks: The text.
        is_task: Whether a heading labels it as one task.
    """  # noqa: D205
    longest = _LONGEST_ITEM if is_task else _LONGEST_QUESTION
    for index in range(len(blocks) - 1, -1, -1):
        if labels_task(blocks[index]):
            return blocks[index:]
    return blocks if _is_short(blocks, longest) else _last_asking(blocks)


def whole(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the whole text of a box or an item; for a very long one, its last step."""
    return blocks if _is_short(blocks, _LONGEST_ITEM) else _last_asking(blocks)


def _is_short(blocks: Sequence[Block], longest: int) -> bool:
    is_few = len(blocks) <= _MOST_BLOCKS or longest > _LONGEST_QUESTION
    return is_few and sum(len(block.text) for block in blocks) <= longest


def _last_asking(blocks: Sequence[Block]) -> Sequence[Block]:
    asking = [index for index, block in enumerate(blocks) if asks(block)]
    numbered = [index for index, block in enumerate(blocks) if opens_with_number(block)]
    if numbered and (not asking or numbered[-1] >= asking[-1]):
        return blocks[numbered[0] :]
    if asking:
        return blocks[asking[-1] :]
    paragraphs = [i for i, block in enumerate(blocks) if block.kind == "paragraph"]
    return blocks[paragraphs[-1] :] if paragraphs else blocks[-1:]


def introduction(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the introduction of the list that follows: text that ends in a colon."""
    if not blocks or blocks[-1].kind != "paragraph":
        return ()
    is_opening = blocks[-1].text.rstrip(" *_").endswith((":", "："))
    return (blocks[-1],) if is_opening or labels_task(blocks[-1]) else ()
