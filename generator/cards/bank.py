"""Question banks: a box that is an outline of questions without answers.

The outline is read as a sequence of lines with a rank: headings, `I.`, `1.`, `(a)`, plain
paragraphs, bullets by their nesting. A line is a leaf (a question) when nothing deeper follows
it, else a label of what follows.

A box is a bank when its author marks it (class `bank`, or `<!-- admonki: bank -->` in it) or when
all of these hold: its title does not ask; its body contains outline lines and rules and nothing
else; it has at least `_FEWEST_LEAVES` leaves under at least one label; at least half of the
leaves ask. So a bullet list in an answer is never a bank: its box has a title that asks, or it
contains prose.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.cards.blocks import Block
from generator.cards.titles import is_asking
from generator.errors import Location
from generator.model import Tokens

_FEWEST_LEAVES = 5
_HEADING, _ROMAN, _NUMBER, _LETTER, _PLAIN, _BULLET = 0, 10, 20, 30, 40, 50
_RULE = re.compile(r"[\s⸻—–―─━_*-]+")
_ROMAN_LABEL = re.compile(r"[IVXLC]+[.)]\s+\S")
_NUMBER_LABEL = re.compile(r"\d+(\.\d+)*[.)]?\s+\S")
_LETTER_LABEL = re.compile(r"\(?[a-zA-Z][.)]\s+\S")
_LISTS = ("bullet_list", "ordered_list")


class Line(NamedTuple):
    """One line of an outline: how deep it is, and its inline tokens."""

    rank: int
    text: str
    tokens: Tokens
    line: int  # 1-based in the file


class Leaf(NamedTuple):
    """A question of a bank with the labels above it, outermost first."""

    tokens: Tokens
    text: str
    outline: tuple[str, ...]
    line: int

    def location(self, path: str, column: int) -> Location:
        """The question's place in the file."""
        return Location(path, self.line, column)


def leaves(box: Block) -> tuple[Leaf, ...]:
    """The questions of an outline, in reading order."""
    lines = tuple(_lines(box.body, depth=0))
    found: list[Leaf] = []
    labels: list[Line] = []
    for line, following in zip(lines, (*lines, None)[1:], strict=True):
        labels = [label for label in labels if label.rank < line.rank]
        if following is not None and following.rank > line.rank:
            labels.append(line)
        else:
            outline = tuple(label.text for label in labels)
            found.append(Leaf(line.tokens, line.text, outline, line.line))
    return tuple(found)


def looks_like_bank(box: Block) -> bool:
    """Whether a box is a bank by the rule in this module's docstring."""
    title = box.title.content if box.title is not None else ""
    if is_asking(title) or not _is_outline(box.body):
        return False
    found = leaves(box)
    labelled = [leaf for leaf in found if leaf.outline]
    asking = [leaf for leaf in found if is_asking(leaf.text)]
    return len(labelled) >= _FEWEST_LEAVES and 2 * len(asking) >= len(found)


def _is_outline(blocks: Sequence[Block]) -> bool:
    """Whether there are only lists, labels and rules, and no prose."""
    if not _holds_lines_only(blocks):
        return False
    lines = tuple(_lines(blocks, depth=0))
    return not any(
        line.rank == _PLAIN and (after is None or after.rank <= _PLAIN)
        for line, after in zip(lines, (*lines, None)[1:], strict=True)
    )


def _holds_lines_only(blocks: Sequence[Block]) -> bool:
    return all(
        all(_holds_lines_only(item.children) for item in block.children)
        if block.kind in _LISTS
        else block.kind in ("paragraph", "heading", "hr")
        for block in blocks
    )


def _lines(blocks: Sequence[Block], *, depth: int) -> Iterator[Line]:
    for block in blocks:
        if block.kind in _LISTS:
            for item in block.children:
                yield from _item_lines(item, depth=depth, ordered=block.kind == "ordered_list")
        elif block.kind != "hr" and not _RULE.fullmatch(block.text):
            yield _line(block, _rank(block))


def _item_lines(item: Block, *, depth: int, ordered: bool) -> Iterator[Line]:
    first, *rest = item.children or (item,)
    rank = (_NUMBER if ordered else _BULLET) + depth
    line = _line(first, rank)
    if ordered:
        line = Line(rank, f"{item.opening.info}. {line.text}", line.tokens, line.line)
    yield line
    yield from _lines(rest, depth=depth + 1)


def _line(block: Block, rank: int) -> Line:
    inline = block.children[0].tokens if block.children else block.tokens
    first = (block.opening.map or [0])[0]
    return Line(rank, block.text, inline, first + 1)


def _rank(block: Block) -> int:
    if block.kind == "heading":
        return _HEADING + int(block.opening.tag[1])
    labels = ((_ROMAN_LABEL, _ROMAN), (_NUMBER_LABEL, _NUMBER), (_LETTER_LABEL, _LETTER))
    return next((rank for label, rank in labels if label.match(block.text)), _PLAIN)
