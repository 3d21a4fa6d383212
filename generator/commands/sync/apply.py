"""Bring packages into a collection, over any connection: merge, move, retire."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from generator.apkg.reader import PackageNote, PackageNoteType
from generator.apkg.subset import read_media, write_subset
from generator.commands.sync.decks import DeckPlan, Placed, followed, plan_decks, renamed
from generator.commands.sync.memory import Memory
from generator.commands.sync.plan import (
    Held,
    NotePlan,
    Update,
    brought_before,
    plan_notes,
    plan_removals,
    strangers,
)
from generator.commands.sync.source import Source
from generator.identity.lock import Lock

MANY = 5
"""Removals above this number need confirmation."""
NO_ROOM = "the fields of its note type were changed in Anki, and it is new: not added"


class Holdings(Protocol):
    """The notes of one project in a collection, and how to change them."""

    note_types: Sequence[int]
    can_rename: bool

    def memory(self) -> Memory:
        """The stored memory."""

    def remember(self, memory: Memory) -> None:
        """Remember it."""

    def held(self, guids: Iterable[str]) -> dict[str, Held]:
        """Find notes by GUID, and all notes of the project's note types."""

    def deck_names(self) -> frozenset[str]:
        """All decks."""

    def decks_of_others(self) -> frozenset[str]:
        """Decks that hold cards of other projects."""

    def has_room_for(self, kind: PackageNoteType) -> bool:
        """Whether an import takes notes of a note type."""

    def import_package(self, path: Path) -> None:
        """Import a package of new notes."""

    def add(self, note: PackageNote) -> bool:
        """Add a note that cannot be imported; return whether it could be done."""

    def add_media(self, media: Mapping[str, bytes]) -> None:
        """Add missing files."""

    def update(self, updates: Iterable[Update]) -> None:
        """Write fields and tags."""

    def restyle(self, kinds: Iterable[PackageNoteType]) -> tuple[str, ...]:
        """Update the style; return names of note types whose style the reader changed."""

    def rename_decks(self, renames: Mapping[str, str]) -> None:
        """Rename decks, and what is below them."""

    def move(self, moves: Mapping[int, str]) -> None:
        """Move the cards of notes to another deck."""

    def remove_empty_decks(self, names: Iterable[str]) -> None:
        """Remove decks that moves have emptied."""

    def suspend(self, notes: Iterable[Held]) -> None:
        """Suspend the cards of notes."""

    def unsuspend(self, cards: Iterable[int]) -> None:
        """Unsuspend cards."""

    def remove(self, notes: Iterable[Held]) -> None:
        """Remove notes with their cards."""

    def empty_cards(self, notes: Iterable[Held]) -> dict[str, tuple[int, ...]]:
        """Find empty cards: GUID → cards."""

    def remove_cards(self, cards: Iterable[int]) -> None:
        """Remove cards; their notes stay."""


class Wish(Struct, frozen=True):
    """What to do.

    Attributes:
        packages: Files to bring, in order.
        lock: The project's lock; the empty one when there is none.
        retire: What to do with own notes that left the source: `keep`, `suspend` or `delete`.
        is_dry: Report what would happen, and send nothing.
        overwrites: Where both sides changed a field, keep the author's value.
        restores: Bring back what the reader deleted.
        moves: Whether cards go to other decks.
        confirm: Asks before anything is removed; takes the question, returns whether to go on.
    """

    packages: tuple[Path, ...]
    lock: Lock
    retire: str = "keep"
    is_dry: bool = False
    overwrites: bool = False
    restores: bool = False
    moves: bool = True
    confirm: Callable[[str], bool] = lambda _text: False


class Outcome(Struct, frozen=True):
    """What was done, or would be.

    Attributes:
        notes: Of the notes.
        decks: Of their decks.
        left: Own notes that are no longer in the source, and were not yet retired.
        is_retired: Whether they were retired.
        empty: GUID → empty cards.
        is_emptied: Whether these were removed.
        own_styles: Note types whose style the reader has changed.
        strangers: Notes of the project that its lock does not know.
    """

    notes: NotePlan
    decks: DeckPlan
    left: tuple[Held, ...]
    is_retired: bool
    empty: Mapping[str, tuple[int, ...]]
    is_emptied: bool
    own_styles: tuple[str, ...]
    strangers: tuple[Held, ...]


def apply(holdings: Holdings, source: Source, wish: Wish) -> Outcome:
    """Bring packages into a collection."""
    memory = holdings.memory()
    held = holdings.held(source.notes)
    plan = plan_notes(
        source.notes,
        held,
        note_types=holdings.note_types,
        sent={*memory.placed, *_imported(source, held, wish.lock, memory)},
        overwrites=wish.overwrites,
        restores=wish.restores,
    )
    places = _places(source, held, memory, holdings)
    existing = holdings.deck_names()
    decks = plan_decks(places, existing, holdings.decks_of_others(), can_rename=holdings.can_rename)
    own_styles = holdings.restyle(source.note_types)
    if wish.moves:
        _arrange(holdings, held, decks)  # before new cards create the new decks
    put = _put(source, plan, {} if wish.moves else decks.advised)
    homes = {guid: followed(deck, places, existing) for guid, deck in put.items()}
    refused = _add(holdings, source, plan, homes, existing)
    _update(holdings, source, plan)
    ours = [note for note in held.values() if note.note_type in holdings.note_types]
    unknown = strangers(ours, wish.lock) if wish.lock.entries else ()
    left, is_retired = _retire(holdings, source, wish, ours, is_doubtful=bool(unknown))
    empty, is_emptied = _empty(holdings, wish, [update.held for update in plan.updates])
    holdings.unsuspend(_returned(source, held, memory))
    holdings.remember(_next(holdings, source, memory, put, left, wish, is_retired))
    skipped = {**plan.skipped, **dict.fromkeys(sorted(refused), NO_ROOM)}
    plan = replace(plan, new=plan.new - refused, skipped=skipped)
    return Outcome(plan, decks, left, is_retired, empty, is_emptied, own_styles, unknown)


def _imported(
    source: Source, held: Mapping[str, Held], lock: Lock, memory: Memory
) -> frozenset[str]:
    pages = {entry.guid: entry.page for entry in lock.entries}
    return brought_before(source.notes, held, pages, since_s=memory.newest_s)


def _places(
    source: Source, held: Mapping[str, Held], memory: Memory, holdings: Holdings
) -> list[Placed]:
    """Where our notes are, where they were put, and where they belong."""
    found = []
    for guid, note in held.items():
        if note.note_type not in holdings.note_types or guid not in source.notes:
            continue
        known = {note.shipped_deck, memory.placed.get(guid, "")} - {""}
        found.append(Placed(guid, note.decks, frozenset(known), source.notes[guid].deck))
    return found


def _put(source: Source, plan: NotePlan, waiting: Mapping[str, str]) -> dict[str, str]:
    """Decks of new cards; next to their siblings while these wait for a rename of their deck."""
    back = {new: old for old, new in list(waiting.items())[::-1]}
    return {guid: renamed(source.notes[guid].deck, back) for guid in plan.new}


def _add(
    holdings: Holdings,
    source: Source,
    plan: NotePlan,
    homes: Mapping[str, str],
    existing: frozenset[str],
) -> frozenset[str]:
    """Add new notes: by an import, or by hand where the reader has changed the note type.

    Returns:
        The GUIDs of those that could not be added.
    """
    imported = {kind.id for kind in source.note_types if holdings.has_room_for(kind)}
    by_import = frozenset(g for g in plan.new if source.notes[g].note_type in imported)
    _import(holdings, source, by_import)
    by_hand = sorted(plan.new - by_import)
    refused = frozenset(guid for guid in by_hand if not holdings.add(source.notes[guid]))
    astray = {g: home for g, home in homes.items() if home != source.notes[g].deck}
    if astray.keys() - refused:
        added = holdings.held(astray)
        holdings.move({added[guid].id: astray[guid] for guid in astray.keys() - refused})
        holdings.remove_empty_decks({source.notes[guid].deck for guid in astray} - existing)
    return refused


def _import(holdings: Holdings, source: Source, new: frozenset[str]) -> None:
    with TemporaryDirectory(prefix="admonki-new-") as temporary:
        for path, package in source.files:
            guids = new & {note.guid for note in package.notes}
            if guids:
                target = Path(temporary) / "new.apkg"
                write_subset(path, target, guids)
                holdings.import_package(target)


def _update(holdings: Holdings, source: Source, plan: NotePlan) -> None:
    holdings.update(plan.updates)
    texts = [text for update in plan.updates for text in update.merged.fields.values()]
    texts += [text for guid in plan.new for text in source.notes[guid].fields]
    for path, _ in source.files:
        holdings.add_media(read_media(path, texts))


def _arrange(holdings: Holdings, held: Mapping[str, Held], decks: DeckPlan) -> None:
    """Rename decks and move cards; an emptied deck stays, as another device may still use it."""
    holdings.rename_decks(decks.renames)
    holdings.move({held[move.guid].id: move.new for move in decks.moves})


def _retire(
    holdings: Holdings, source: Source, wish: Wish, ours: Sequence[Held], *, is_doubtful: bool
) -> tuple[tuple[Held, ...], bool]:
    woken = holdings.memory().suspended if wish.retire == "suspend" else {}
    entries = wish.lock.entries if wish.lock.project.id == source.project else ()
    living = {entry.guid for entry in entries if not entry.is_gone}
    gone = {entry.guid for entry in entries if entry.is_gone}
    left = plan_removals(ours, source.notes, living, gone)
    if wish.retire != "delete":
        left = tuple(note for note in left if not note.is_suspended and note.guid not in woken)
    if wish.retire == "keep" or not left:
        return left, False
    verb = {"suspend": "suspended", "delete": "deleted with their reviews"}[wish.retire]
    asks = not wish.is_dry and (is_doubtful or len(left) > MANY)
    if asks and not wish.confirm(f"{len(left)} notes {verb}"):
        return left, False
    retire = holdings.suspend if wish.retire == "suspend" else holdings.remove
    retire(left)
    return left, True


def _empty(
    holdings: Holdings, wish: Wish, notes: Sequence[Held]
) -> tuple[Mapping[str, tuple[int, ...]], bool]:
    """Find cards of removed gaps and sides; remove them when that is confirmed."""
    found = holdings.empty_cards(notes) if notes else {}
    cards = [card for some in found.values() for card in some]
    if not cards or wish.is_dry or not wish.confirm(f"{len(cards)} empty cards removed"):
        return found, False
    holdings.remove_cards(cards)
    return found, True


def _returned(source: Source, held: Mapping[str, Held], memory: Memory) -> list[int]:
    """Cards that we suspended and that are back in the pages."""
    back = memory.suspended.keys() & source.notes.keys() & held.keys()
    return [
        card
        for guid in sorted(back)
        if held[guid].is_suspended
        for card in held[guid].asleep
        if card not in memory.suspended[guid]
    ]


def _next(
    holdings: Holdings,
    source: Source,
    memory: Memory,
    put: Mapping[str, str],
    left: Sequence[Held],
    wish: Wish,
    is_retired: bool,
) -> Memory:
    placed = dict(memory.placed)
    for guid, note in holdings.held(source.notes).items():
        if guid in source.notes and note.note_type in holdings.note_types:
            wanted = source.notes[guid].deck
            known = wanted if note.decks == {wanted} else placed.get(guid, note.shipped_deck)
            placed[guid] = put.get(guid, known)
    suspended = {g: asleep for g, asleep in memory.suspended.items() if g not in source.notes}
    if is_retired and wish.retire == "suspend":
        suspended.update({note.guid: note.asleep for note in left})
    if is_retired and wish.retire == "delete":
        for note in left:
            placed.pop(note.guid, None)
    newest_s = max((note.mod_s for note in source.notes.values()), default=0)
    return Memory(placed, suspended, max(newest_s, memory.newest_s))
