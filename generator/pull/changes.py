"""The differences between two versions of a field, leaf by leaf."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

from generator.pull.leaves import Leaf, Piece

_ALIKE: Final = 0.4  # share of common pieces from which two leaves are one leaf, edited


class LeafChange(Struct, frozen=True):
    """A run of leaves that became another run.

    Attributes:
        before: Range of leaves as shipped, `[first, after)`.
        after: Range of leaves as the reader has them.
    """

    before: tuple[int, int]
    after: tuple[int, int]

    @property
    def is_edit(self) -> bool:
        """Whether one leaf became one leaf."""
        return self.before[1] - self.before[0] == 1 == self.after[1] - self.after[0]


def leaf_changes(old: Sequence[Leaf], new: Sequence[Leaf]) -> tuple[LeafChange, ...]:
    """Compare two versions of a field.

    Returns:
        The changes in order; leaves between them are equal.
    """
    found: list[LeafChange] = []
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag != "equal":
            found += _split(old, new, LeafChange((i1, i2), (j1, j2)))
    return tuple(found)


def _split(old: Sequence[Leaf], new: Sequence[Leaf], change: LeafChange) -> Iterator[LeafChange]:
    """Split a run into edits of single leaves, and leaves only present before or after."""
    (i1, i2), (j1, j2) = change.before, change.after
    pairs = _pairs(old[i1:i2], new[j1:j2])
    if not pairs:
        yield change
        return
    at_old, at_new = i1, j1
    for first, second in [*((i1 + a, j1 + b) for a, b in pairs), (i2, j2)]:
        if at_old < first or at_new < second:
            yield LeafChange((at_old, first), (at_new, second))
        if first < i2:
            yield LeafChange((first, first + 1), (second, second + 1))
        at_old, at_new = first + 1, second + 1


def _pairs(old: Sequence[Leaf], new: Sequence[Leaf]) -> list[tuple[int, int]]:
    """Pair leaves of one path that have much in common, in order."""
    if len(old) == len(new) and all(a.path == b.path for a, b in zip(old, new, strict=True)):
        return [(index, index) for index in range(len(old))]
    pairs, start = [], 0
    for index, leaf in enumerate(old):
        likes = [(likeness(leaf, other), -at) for at, other in enumerate(new) if at >= start]
        best, at = max(likes, default=(0.0, 0))
        if best >= _ALIKE:
            pairs.append((index, -at))
            start = -at + 1
    return pairs


def likeness(one: Leaf, other: Leaf) -> float:
    """How much two leaves have in common, from 0 to 1; 0 in blocks of other kinds."""
    if one.path != other.path:
        return 0.0
    return SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()


def piece_changes(
    old: Sequence[Piece], new: Sequence[Piece]
) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Compare two leaves.

    Returns:
        Ranges of `old` and of `new` that differ, in order.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        ((i1, i2), (j1, j2)) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"
    )


def merge(
    old: Sequence[Leaf], mine: Sequence[Leaf], theirs: Sequence[Leaf]
) -> tuple[Leaf, ...] | None:
    """Apply the reader's changes to the author's present version of a field.

    Args:
        old: As shipped.
        mine: As in the page now.
        theirs: As the reader has it.

    Returns:
        The author's leaves with the reader's changes; None where both changed the same leaf.
    """
    kept = {
        i: j
        for tag, i1, i2, j1, _ in _opcodes(old, mine)
        if tag == "equal"
        for i, j in zip(range(i1, i2), range(j1, j1 + i2 - i1), strict=True)
    }
    merged: list[Leaf] = list(mine)
    end = len(mine)
    for change in reversed(leaf_changes(old, theirs)):
        (i1, i2), new = change.before, theirs[slice(*change.after)]
        at = [kept.get(index) for index in range(i1, i2)]
        if any(place is None for place in at):
            return None
        if i1 < i2:
            start, stop = kept[i1], kept[i2 - 1] + 1
        elif i1 - 1 in kept:
            start = stop = kept[i1 - 1] + 1
        elif i1 in kept:
            start = stop = kept[i1]
        else:
            return None
        if stop - start != i2 - i1 or stop > end:
            return None
        merged[start:stop], end = new, start
    return tuple(merged)


def _opcodes(old: Sequence[Leaf], new: Sequence[Leaf]) -> Sequence[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(
        None,
        [(leaf.path, leaf.pieces) for leaf in old],
        [(leaf.path, leaf.pieces) for leaf in new],
        autojunk=False,
    )
    return matcher.get_opcodes()
