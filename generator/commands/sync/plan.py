"""What a sync or a push does to notes: computed on plain values, without Anki."""

from collections.abc import Collection, Iterable, Mapping
from html import unescape

from msgspec import Struct

from generator.apkg.reader import PackageNote
from generator.commands.sync.merge import Merged, merge_note
from generator.fields import ANSWER, FIELD_NAMES, FLAGS, ID, QUESTION, SHIPPED
from generator.identity.lock import Lock
from generator.identity.shipped import Shipped, read_shipped

RETYPED = "its note type was changed in Anki"
RENAMED = "a field of its note type was renamed or removed in Anki: not updated there"
NEWER = "it was edited in Anki after this version was built"
_FLAGS = FIELD_NAMES.index(FLAGS)
BLIND = "replaced: there is no record of what was edited in Anki"


class Held(Struct, frozen=True):
    """A note of ours in a collection.

    Attributes:
        id: Anki's note id.
        guid: Its GUID.
        note_type: Id of its note type.
        fields: Name → value, of the fields that we know.
        tags: All of its tags.
        mod_s: When it was last changed, seconds since the epoch.
        decks: Home decks of its cards.
        is_suspended: Whether all its cards are suspended.
        asleep: Its suspended cards.
    """

    id: int
    guid: str
    note_type: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    mod_s: int
    decks: frozenset[str]
    is_suspended: bool = False
    asleep: tuple[int, ...] = ()

    @property
    def shipped(self) -> Shipped | None:
        """The record of what was sent; None without one."""
        return read_shipped(self.fields.get(SHIPPED, ""))

    @property
    def is_edited(self) -> bool:
        """Whether its question or answer differs from what its author sent."""
        shipped = self.shipped
        return shipped is not None and any(
            shipped.is_edited(name, self.fields[name])
            for name in (QUESTION, ANSWER)
            if name in self.fields
        )

    @property
    def shipped_deck(self) -> str:
        """Where it was when its author sent it; empty when unknown."""
        return self.shipped.deck if self.shipped else ""


class Update(Struct, frozen=True):
    """A note that changes.

    Attributes:
        held: As it is.
        merged: As it will be.
        cards: Ordinal → row id in the package, of the cards that it should have.
    """

    held: Held
    merged: Merged
    cards: Mapping[int, int]

    @property
    def is_visible(self) -> bool:
        """Whether a reader can see what changes."""
        return bool(self.merged.fields.keys() - {SHIPPED}) or set(self.merged.tags) != set(
            self.held.tags
        )

    @property
    def is_needed(self) -> bool:
        """Whether anything changes."""
        return self.is_visible or bool(self.merged.fields)


class NotePlan(Struct, frozen=True):
    """What to do.

    Attributes:
        new: GUIDs to add.
        updates: Notes that change.
        unchanged: How many are as they should be.
        deleted: GUIDs that the reader deleted.
        skipped: GUID → why it cannot be updated.
        conflicts: Notes with fields changed by both sides.
        edited: How many notes have corrections by the reader that are not in the pages yet.
    """

    new: frozenset[str]
    updates: tuple[Update, ...]
    unchanged: int
    deleted: frozenset[str]
    skipped: Mapping[str, str]
    conflicts: tuple[Update, ...]
    edited: int


def plan_notes(
    wanted: Mapping[str, PackageNote],
    held: Mapping[str, Held],
    *,
    note_types: Collection[int],
    sent: Collection[str],
    overwrites: bool = False,
    restores: bool = False,
) -> NotePlan:
    """Compare the notes of packages with those of a collection.

    Args:
        wanted: GUID → note in the packages.
        held: GUID → note in the collection, of whatever note type.
        note_types: Ids of the project's note types.
        sent: GUIDs that were in the collection before.
        overwrites: See `merge_note`.
        restores: Whether to bring back what the reader deleted.
    """
    missing = wanted.keys() - held.keys()
    deleted = frozenset() if restores else frozenset(missing & set(sent))
    skipped: dict[str, str] = {}
    updates = []
    for guid in wanted:
        note = held.get(guid)
        if note is None:
            continue
        if note.note_type not in note_types:
            skipped[guid] = RETYPED
            continue
        merged = _merge(note, wanted[guid], overwrites=overwrites)
        update = Update(note, merged, wanted[guid].card_rows)
        updates.append(update)
        if reason := _doubt(update, wanted[guid]):
            skipped[guid] = reason
    needed = tuple(update for update in updates if update.is_needed)
    return NotePlan(
        frozenset(missing - deleted),
        needed,
        len(updates) - len(needed),
        deleted,
        skipped,
        tuple(update for update in updates if update.merged.conflicts),
        sum(_is_corrected(update.held, wanted[update.held.guid]) for update in updates),
    )


def _named(note: PackageNote) -> dict[str, str]:
    return dict(zip(FIELD_NAMES, note.fields, strict=True))


def _is_corrected(held: Held, note: PackageNote) -> bool:
    sent = _named(note)
    differs = any(held.fields.get(name, sent[name]) != sent[name] for name in (QUESTION, ANSWER))
    return differs and held.is_edited


def _merge(held: Held, note: PackageNote, *, overwrites: bool) -> Merged:
    return merge_note(
        held.fields,
        held.tags,
        _named(note),
        note.tags,
        is_newer=held.mod_s < note.mod_s,
        has_arrived=held.decks == {note.deck},
        overwrites=overwrites,
    )


def _doubt(update: Update, note: PackageNote) -> str:
    """The remark on a note that lacks a field, or does not record what was sent."""
    if any(name not in update.held.fields for name in (QUESTION, ANSWER)):
        return RENAMED
    if update.merged.is_blind:
        return BLIND
    if update.held.shipped:
        return ""
    sent = _named(note)
    is_same = all(sent[name] == value for name, value in update.held.fields.items())
    return "" if is_same or update.merged.fields else NEWER


def brought_before(
    wanted: Mapping[str, PackageNote],
    held: Mapping[str, Held],
    pages: Mapping[str, str],
    *,
    since_s: int,
) -> frozenset[str]:
    """Find notes that an import by hand has brought, because later ones of their page came.

    So a deletion is known although no sync has recorded the notes. An unanswered card may have been
    left out of the package.

    Args:
        wanted: GUID → note in the packages.
        held: GUID → note in the collection.
        pages: GUID → page, from the lock.
        since_s: See `Memory.newest_s`; what is older would be recorded.
    """
    newest: dict[str, int] = {}
    for guid, note in held.items():
        if (shipped := note.shipped) and guid in pages:
            newest[pages[guid]] = max(shipped.mod_s, newest.get(pages[guid], 0))
    return frozenset(
        guid
        for guid, note in wanted.items()
        if guid not in held
        and since_s < note.mod_s <= newest.get(pages.get(guid, ""), -1)
        and "unanswered" not in note.fields[_FLAGS].split()
    )


def strangers(held: Iterable[Held], lock: Lock) -> tuple[Held, ...]:
    """Find notes that this project sent and its lock does not know.

    Another site with a copy of the lock has sent them, or a newer checkout of this one. A copy
    that the reader made of a note shows an `ID` that the lock knows.

    Args:
        held: Notes of the project's note types in the collection.
        lock: The project's lock.
    """
    guids = {entry.guid for entry in lock.entries}
    keys = {entry.key for entry in lock.entries}
    return tuple(
        note
        for note in held
        if note.guid not in guids
        and note.shipped is not None
        and unescape(note.fields.get(ID, "")) not in {"", *keys}
    )


def plan_removals(
    held: Iterable[Held], wanted: Collection[str], living: Collection[str], gone: Collection[str]
) -> tuple[Held, ...]:
    """Find our notes that left the source.

    Args:
        held: Notes of the project's note types in the collection.
        wanted: GUIDs in the packages.
        living: GUIDs of the lock's living cards.
        gone: GUIDs of the cards that the lock lists as removed; empty without a lock.
    """
    staying = {*wanted, *living}
    return tuple(note for note in held if note.guid in gone and note.guid not in staying)
