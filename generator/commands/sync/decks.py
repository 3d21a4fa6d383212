"""Where cards should go: whole decks are renamed, single cards moved, the reader's decks kept."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct, field


class Placed(Struct, frozen=True):
    """A note of ours and its decks.

    Attributes:
        guid: Which note.
        decks: Home decks of its cards.
        known: Decks in which it was put: by an import, or by an earlier sync.
        wanted: Deck in the package.
    """

    guid: str
    decks: frozenset[str]
    known: frozenset[str]
    wanted: str

    @property
    def is_ours(self) -> bool:
        """Whether its cards are still where they were put, so that they may be moved."""
        return len(self.decks) == 1 and self.decks <= self.known

    @property
    def deck(self) -> str:
        """The deck of its cards, when they are all in one."""
        return next(iter(self.decks))


class Move(Struct, frozen=True):
    """A note whose cards go from one deck to another."""

    guid: str
    old: str
    new: str


class DeckPlan(Struct, frozen=True):
    """What to do, in this order.

    Attributes:
        renames: Decks with what is below them: old name → new name.
        moves: Notes that no rename takes along; `old` is the name before the renames.
        advised: Renames that the reader can do and we cannot; `moves` does without them.
    """

    renames: Mapping[str, str]
    moves: tuple[Move, ...]
    advised: Mapping[str, str] = field(default_factory=dict)


def plan_decks(
    notes: Iterable[Placed],
    existing: Collection[str],
    shared: Collection[str] = (),
    *,
    can_rename: bool = True,
) -> DeckPlan:
    """Find the fewest changes that bring cards to their decks.

    Args:
        notes: Our notes in the collection.
        existing: All decks there.
        shared: Decks that hold cards of other projects; these are never renamed.
        can_rename: Whether decks can be renamed at all.

    Returns:
        A deck is renamed when all our cards in it and below it belong below the new name, and that
        name is free: so reviews, presets and descriptions stay. Other cards are moved.
    """
    own = [note for note in notes if note.is_ours]
    ways = frozenset((note.deck, note.wanted) for note in own)
    renames = _find_renames(ways, frozenset(existing), shared)
    done, advised = (renames, {}) if can_rename else ({}, renames)
    moves = tuple(
        Move(note.guid, note.deck, note.wanted)
        for note in own
        if renamed(note.deck, done) != note.wanted and not _is_same(note.deck, note.wanted)
    )
    return DeckPlan(done, moves, advised)


_Ways: TypeAlias = frozenset[tuple[str, str]]
"""Deck of some cards of ours, and the deck where they belong."""


def _find_renames(ways: _Ways, existing: frozenset[str], shared: Collection[str]) -> dict[str, str]:
    """Find renames in the order in which they are done: a page before its sections."""
    renames: dict[str, str] = {}
    before = -1
    while len(renames) > before:
        before = len(renames)
        candidates = {pair for deck, wanted in ways for pair in _candidates(deck, wanted)}
        for old, new in sorted(candidates, key=lambda pair: (pair[0].count("::"), pair)):
            if old not in renames and _may_rename(old, new, ways, existing, shared):
                renames[old] = new
                step = {old: new}
                ways = frozenset((renamed(deck, step), wanted) for deck, wanted in ways)
                existing = _after(existing, step)
                shared = [renamed(deck, step) for deck in shared]
    return renames


def _after(existing: frozenset[str], step: Mapping[str, str]) -> frozenset[str]:
    """Names after a rename, and those that it frees.

    A device gets renames one by one and in another order. There, the freed name may still be taken
    when another deck is to have it, and Anki would call that deck `Name+`.
    """
    after = frozenset(renamed(deck, step) for deck in existing)
    taken = {deck.casefold() for deck in after}
    return after | {deck for deck in existing if deck.casefold() not in taken}


def _candidates(deck: str, wanted: str) -> Iterator[tuple[str, str]]:
    """Renames that bring a deck nearer to where it belongs: old name, new name."""
    old, new = deck.split("::"), wanted.split("::")
    while old and new and old != new:
        yield "::".join(old), "::".join(new)
        if old[-1] != new[-1]:
            break
        old.pop()
        new.pop()
    for place, (was, is_now) in enumerate(zip(deck.split("::"), wanted.split("::"), strict=False)):
        if was != is_now:
            start = deck.split("::")[:place]
            yield "::".join([*start, was]), "::".join([*start, is_now])
            break


def _is_same(deck: str, other: str) -> bool:
    """Whether Anki takes two names for one deck: a move cannot change capitals."""
    return deck.casefold() == other.casefold()


def renamed(deck: str, renames: Mapping[str, str]) -> str:
    """The name of a deck after all renames, in their order."""
    for old, new in renames.items():
        if is_in(deck, old):
            deck = new + deck[len(old) :]
    return deck


def is_in(deck: str, parent: str) -> bool:
    """Whether a deck equals another one or is below it."""
    return deck == parent or deck.startswith(f"{parent}::")


def _may_rename(
    old: str, new: str, ways: _Ways, existing: Collection[str], shared: Collection[str]
) -> bool:
    if is_in(new, old) or any(is_in(deck, old) for deck in shared):
        return False
    outside = {name.casefold() for name in existing if not is_in(name, old)}
    after = {new, *(new + name[len(old) :] for name in existing if is_in(name, old))}
    if outside & {name.casefold() for name in after}:
        return False
    inside = [wanted for deck, wanted in ways if is_in(deck, old)]
    return bool(inside) and all(is_in(wanted, new) for wanted in inside)


def followed(wanted: str, notes: Iterable[Placed], existing: Collection[str]) -> str:
    """Where a new card goes: to its siblings, where the reader has renamed their deck.

    Args:
        wanted: Its deck in the package.
        notes: Our notes in the collection.
        existing: All decks there.
    """
    siblings = [note for note in notes if note.wanted == wanted]
    known = {deck for note in siblings for deck in note.known}
    homes = {note.decks for note in siblings}
    home = next(iter(homes)) if len(homes) == 1 else frozenset()
    if wanted in existing or known & set(existing) or len(home) != 1:
        return wanted
    return next(iter(home))
