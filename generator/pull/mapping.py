"""From the reader's changes to edits of the page: propose, render, compare."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from generator.pull.alignment import Span, align
from generator.pull.changes import LeafChange, leaf_changes
from generator.pull.edits import proposals
from generator.pull.field import Edit, Field, Proposal, apply
from generator.pull.leaves import Leaf

Sides: TypeAlias = tuple[tuple[Leaf, ...], tuple[Leaf, ...]]
"""Question and answer of a card."""
Read: TypeAlias = Callable[[str], "Sides | None"]
"""Reads the card from the page's edited text; None when the card is gone."""

_MOST_PROPOSALS = 40


class Unmapped(Struct, frozen=True):
    """A change of the reader's that the author has to make by hand.

    Attributes:
        offset: Its place in the page's text, if known.
        before: Text as shipped, "" for something new.
        after: Text as the reader has it, "" for something removed.
    """

    offset: int
    before: str
    after: str


class Mapped(Struct, frozen=True):
    """The result of mapping the changes of one card.

    Attributes:
        edits: Of the page's text; applied together, they make the card equal the reader's, except
            for `unmapped`.
        unmapped: Changes that no edit produces.
    """

    edits: tuple[Edit, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


def map_card(
    text: str,
    *,
    shipped: Sides,
    wanted: Sides,
    regions: Sequence[Sequence[Span]],
    read: Read,
    is_apart: Callable[[str], bool],
) -> Mapped:
    """Find the edits of a page that make a card equal the reader's.

    Args:
        text: The page's Markdown.
        shipped: Content of the card now.
        wanted: Content of the reader's card.
        regions: For question and answer, the parts of the text that they come from.
        read: Reads the card from an edited text.
        is_apart: Whether all other cards of an edited text are unchanged.

    Returns:
        Edits, each verified by rendering, and the changes without one.
    """
    edits: list[Edit] = []
    unmapped: list[Unmapped] = []
    for side in (0, 1):
        old, new = shipped[side], wanted[side]
        field = Field(text, old, align(old, text, regions[side]), new)
        start = regions[side][0].start if regions[side] else 0
        for change in leaf_changes(old, new):
            found = _prove(field, change, side, shipped, read, edits)
            if found is None:
                unmapped.append(_unmapped(field, change, start))
            else:
                edits += found
    edited = apply(text, edits)
    if edits and not ((unmapped or read(edited) == wanted) and is_apart(edited)):
        return Mapped((), tuple(_whole(regions, shipped, wanted)))
    return Mapped(tuple(edits), tuple(unmapped))


def _prove(
    field: Field,
    change: LeafChange,
    side: int,
    shipped: Sides,
    read: Read,
    known: Sequence[Edit],
) -> Proposal | None:
    """Return the first proposal that changes the card by this change only."""
    old = field.old
    leaves = (*old[: change.before[0]], *field.new[slice(*change.after)], *old[change.before[1] :])
    expected = [_loosely(leaves if at == side else shipped[at]) for at in (0, 1)]
    tried: set[Proposal] = set()
    for proposal in proposals(field, change):
        if proposal in tried or _overlap(proposal, known):
            continue
        if len(tried) >= _MOST_PROPOSALS:
            break
        tried.add(proposal)
        found = read(apply(field.text, proposal))
        if found is not None and [_loosely(found[at]) for at in (0, 1)] == expected:
            return proposal
    return None


def _loosely(leaves: Sequence[Leaf]) -> list[tuple[object, object]]:
    """Leaves without `shared`, which depends on their neighbours."""
    return [(leaf.path, leaf.pieces) for leaf in leaves]


def _overlap(proposal: Proposal, known: Sequence[Edit]) -> bool:
    return any((a.start < b.end and b.start < a.end) or a == b for a in proposal for b in known)


def _unmapped(field: Field, change: LeafChange, start: int) -> Unmapped:
    around = range(max(0, change.before[0] - 1), min(len(field.old), change.before[1] + 1))
    own = range(*change.before) or around
    spans = [span for index in own for span in field.spans[index] if span]
    return Unmapped(
        spans[0].start if spans else start,
        plain(field.old[slice(*change.before)]),
        plain(field.new[slice(*change.after)]),
    )


def _whole(regions: Sequence[Sequence[Span]], shipped: Sides, wanted: Sides) -> list[Unmapped]:
    return [
        Unmapped(regions[at][0].start if regions[at] else 0, plain(shipped[at]), plain(wanted[at]))
        for at in (0, 1)
        if shipped[at] != wanted[at]
    ]


def plain(leaves: Sequence[Leaf]) -> str:
    """Leaves as plain text, one line each."""
    lines = []
    for leaf in leaves:
        parts = [
            (" " if piece.has_space else "") + _shown(piece.kind, piece.text)
            for piece in leaf.pieces
        ]
        lines.append("".join(parts).strip())
    return "\n".join(lines)


def _shown(kind: str, text: str) -> str:
    if kind in ("open", "close"):
        return ""
    if kind in ("math", "display"):
        return f"${text}$"
    return "\n" if kind == "br" else text
