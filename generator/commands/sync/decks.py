"""Where cards should go: whole decks are renamed, single cards moved, the reader's decks kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Placed:
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


@dataclass(frozen=True, slots=True)
class Move:
    """A note whose cards go from one deck to another."""

    guid: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DeckPlan:
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
        A deck is renamed when all our cards in it and below it go the same way and the new name
        is free: so reviews, presets and descriptions stay. Other cards are moved.
    """
    own = [note for note in notes if note.is_ours]
    renames: dict[str, str] = {}
    leaving = sorted({(n.deck, n.wanted) for n in own if n.deck != n.wanted})
    for old, new in dict.fromkeys(_shortest(old, new) for old, new in leaving):
        is_shared = any(is_in(deck, old) for deck in shared)
        if not is_shared and _may_rename(old, new, own, existing, renames):
            renames[old] = new
    done, advised = (renames, {}) if can_rename else ({}, renames)
    moves = tuple(
        Move(note.guid, note.deck, note.wanted)
        for note in own
        if renamed(note.deck, done) != note.wanted and not _is_same(note.deck, note.wanted)
    )
    return DeckPlan(done, moves, advised)


def _is_same(deck: str, other: str) -> bool:
    """Whether Anki takes two names for one deck: a move cannot change capitals."""
    return deck.casefold() == other.casefold()


def renamed(deck: str, renames: Mapping[str, str]) -> str:
    """The name of a deck after the renames."""
    for old, new in renames.items():
        if is_in(deck, old):
            return new + deck[len(old) :]
    return deck


def is_in(deck: str, parent: str) -> bool:
    """Whether a deck equals another one or is below it."""
    return deck == parent or deck.startswith(f"{parent}::")


def _shortest(old: str, new: str) -> tuple[str, str]:
    """Drop the common end of both names: renaming a page renames all its sections."""
    a, b = old.split("::"), new.split("::")
    while len(a) > 1 and len(b) > 1 and a[-1] == b[-1]:
        a.pop()
        b.pop()
    return "::".join(a), "::".join(b)


def _may_rename(
    old: str,
    new: str,
    notes: Sequence[Placed],
    existing: Collection[str],
    renames: Mapping[str, str],
) -> bool:
    if any(is_in(old, known) for known in renames):
        return False
    names = {name.casefold() for name in existing if not is_in(name, old)}
    is_below_itself = new.startswith(f"{old}::")
    if is_below_itself or any(is_in(name, new.casefold()) for name in names):
        return False
    inside = [note for note in notes if is_in(note.deck, old)]
    return all(note.wanted == new + note.deck[len(old) :] for note in inside)


def followed(wanted: str, notes: Iterable[Placed], existing: Collection[str]) -> str:
    """Where a new card goes: to its siblings, where the reader has renamed their deck.

    Args:
        wanted: Its deck in the package.
        notes: Our notes in the collection.
        existing: All decks there.
    """
    if wanted in existing:
        return wanted
    homes = {note.decks for note in notes if wanted in note.known and note.wanted == wanted}
    home = next(iter(homes)) if len(homes) == 1 else frozenset()
    return next(iter(home)) if len(home) == 1 else wanted
