"""A field in its versions, and edits of the page's text."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from generator.pull.alignment import Span
from generator.pull.leaves import Leaf

Spans: TypeAlias = Sequence[Span | None]


class Edit(Struct, frozen=True):
    """A replacement of characters in the page's text.

    Attributes:
        start: 0-based offset.
        end: Offset after the last replaced character.
        text: The replacement.
    """

    start: int
    end: int
    text: str


Proposal: TypeAlias = tuple[Edit, ...]


class Field(Struct, frozen=True):
    """One field in its three versions.

    Attributes:
        text: The page's Markdown.
        old: Leaves as shipped.
        spans: Where in the text each piece of them comes from.
        new: Leaves as the reader has them.
    """

    text: str
    old: tuple[Leaf, ...]
    spans: tuple[Spans, ...]
    new: tuple[Leaf, ...]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits that do not overlap.

    Args:
        text: The page's Markdown.
        edits: In any order; of those that begin at one place, the first comes first.
    """
    in_order = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for edit in in_order[::-1]:  # not `reverse=True`, which keeps the order of equal ones
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
