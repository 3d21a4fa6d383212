"""Three versions of each card: as shipped, as the reader has it, and as in the pages now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from generator.apkg.reader import Package
from generator.fields import ANSWER, ID, QUESTION, TEXT
from generator.model import IdentifiedNote
from generator.pull.changes import merge
from generator.pull.collection import ReaderNote
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Sides, plain
from generator.pull.page import sides_of_note

_OLDER: Final = "Anki has an older version: compare both before importing this build"
_MOST_READ: Final = 4_000_000
"""Characters of the notes that differ; a thousand edited cards have fewer."""
_MOST_NEW: Final = 1_000
_LONGEST_ID: Final = 1_000
_MARKED: Final = "marked"  # Anki's own tag


class Shipped(Struct, frozen=True):
    """A note of ours as a package has it.

    Attributes:
        guid: Anki's GUID.
        mod_s: Modification time in the package, seconds since the Unix epoch.
        fields: By name.
        tags: Sorted.
    """

    guid: str
    mod_s: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]


class ChangedCard(Struct, frozen=True):
    """A card whose words the reader changed.

    Attributes:
        note: As in the pages now.
        shipped: Content of question and answer when shipped.
        now: Content in the page.
        reader: Content in the reader's collection.
        wanted: Content that the page should have: `reader`, merged with the author's other changes.
    """

    note: IdentifiedNote
    shipped: Sides
    now: Sides
    reader: Sides
    wanted: Sides


class Sighting(Struct, frozen=True):
    """A change of a card other than of its words; `what` describes it briefly."""

    note: IdentifiedNote
    what: str


class NewNote(Struct, frozen=True):
    """A note that the reader added to one of our decks with one of our note types."""

    deck: str
    sides: Sides


class Comparison(Struct):
    """The reader's changes since the cards were shipped.

    Attributes:
        changed: Cards whose words the reader changed, in reading order.
        conflicts: Cards that both the reader and the author changed.
        sightings: Tags, flags, suspended and deleted cards.
        added: Notes that are new.
        agreed: Number of cards for which page and reader agree, and differ from what was shipped.
        stale: Number of cards of which the reader has an older version than the last build's.
        unread: Number of changed cards and new notes that are more than one pull reads.
        left: How many more characters one pull reads.
    """

    changed: list[ChangedCard] = field(default_factory=list)
    conflicts: list[ChangedCard] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    added: list[NewNote] = field(default_factory=list)
    agreed: int = 0
    stale: int = 0
    unread: int = 0
    left: int = _MOST_READ

    def may_read(self, note: ReaderNote) -> bool:
        """Spend a note's text; count it as unread when too much was read before."""
        self.left -= sum(map(len, note.fields.values()))
        self.unread += self.left < 0
        return self.left >= 0


def shipped_notes(packages: Iterable[Package]) -> tuple[Shipped, ...]:
    """List the notes of the last build's packages, each once."""
    found: dict[str, Shipped] = {}
    for package in packages:
        names = {kind.id: kind.fields for kind in package.note_types}
        for note in package.notes:
            fields = dict(zip(names.get(note.note_type, ()), note.fields, strict=False))
            tags = tuple(sorted(note.tags))
            found.setdefault(note.guid, Shipped(note.guid, note.mod_s, fields, tags))
    return tuple(found.values())


def sides_of(fields: Mapping[str, str]) -> Sides:
    """Return the content of a note's question and answer."""
    return leaves_of(fields.get(QUESTION, "")), leaves_of(fields.get(ANSWER, ""))


def compare(
    notes: Sequence[IdentifiedNote],
    shipped: Sequence[Shipped],
    reader: Sequence[ReaderNote],
    *,
    note_types: frozenset[str],
) -> Comparison:
    """Compare the three versions.

    Args:
        notes: Of the pages now, in reading order.
        shipped: Of the last build.
        reader: All notes of the reader, including those of other projects.
        note_types: Names of our note types.
    """
    by_guid = {item.guid: item for item in shipped}
    ours, added = _match(shipped, reader, note_types)
    found = Comparison()
    for note in notes:
        was = by_guid.get(note.guid)
        if was is None:
            continue
        has = ours.get(note.guid)
        if has is None:
            if ours:
                found.sightings.append(Sighting(note, "deleted, or never imported"))
            continue
        _compare_words(note, was, has, found)
        found.sightings += (Sighting(note, what) for what in _marks(was, has))
    decks = frozenset(note.note.deck.partition("::")[0] for note in notes)
    _add_new(added, decks, found)
    return found


def _match(
    shipped: Sequence[Shipped], reader: Sequence[ReaderNote], note_types: frozenset[str]
) -> tuple[dict[str, ReaderNote], list[ReaderNote]]:
    """The reader's notes by our GUID, and those of our types that we never shipped."""
    guids = {item.guid for item in shipped}
    ours: dict[str, ReaderNote] = {}
    added = []
    for note in reader:
        if note.guid in guids:
            ours[note.guid] = note
        elif note.note_type in note_types and not _has_id(note):
            added.append(note)
    return ours, added


def _has_id(note: ReaderNote) -> bool:
    return bool(plain(leaves_of(note.fields.get(ID, "")[:_LONGEST_ID])))


def _add_new(added: Iterable[ReaderNote], decks: frozenset[str], found: Comparison) -> None:
    """Add the notes that the reader made in our decks."""
    for note in added:
        deck = note.cards[0].deck if note.cards else ""
        if deck.partition("::")[0] not in decks:
            continue
        if len(found.added) >= _MOST_NEW:
            found.unread += 1
        elif found.may_read(note):
            new = NewNote(deck, sides_of(_asked(note)))
            found.added += (new,) * any(new.sides)


def _compare_words(note: IdentifiedNote, was: Shipped, has: ReaderNote, found: Comparison) -> None:
    if QUESTION not in has.fields:
        found.sightings.append(Sighting(note, f"moved to the note type {has.note_type}"))
        return
    if all(has.fields.get(name) == was.fields.get(name) for name in (QUESTION, ANSWER)):
        return  # most notes: reading them would take most of the time
    if not found.may_read(has):
        return
    now, wanted, shipped = sides_of_note(note.note), sides_of(has.fields), sides_of(was.fields)
    if wanted == shipped:
        return
    if wanted == now:
        found.agreed += 1
    elif has.mod_s < was.mod_s:
        found.stale += 1
        found.sightings.append(Sighting(note, _OLDER))
    else:
        _sort(ChangedCard(note, shipped, now, wanted, wanted), found)


def _sort(card: ChangedCard, found: Comparison) -> None:
    """Add a card to the changed ones if the author's and the reader's changes do not conflict."""
    question, answer = (
        merge(card.shipped[side], card.now[side], card.reader[side]) for side in (0, 1)
    )
    if question is None or answer is None:
        found.conflicts.append(card)
    else:
        found.changed.append(replace(card, wanted=(question, answer)))


def _marks(was: Shipped, has: ReaderNote) -> Iterable[str]:
    own = sorted(set(has.tags) - set(was.tags))
    if _MARKED in own:
        own.remove(_MARKED)
        yield "marked"
    if own:
        yield f"tags added: {' '.join(own)}"
    lost = sorted(set(was.tags) - set(has.tags))
    if lost:
        yield f"tags removed: {' '.join(lost)}"
    if has.cards and all(card.is_suspended for card in has.cards):
        yield "suspended"
    flags = sorted({card.flag for card in has.cards} - {0})
    if flags:
        yield f"flag {', '.join(map(str, flags))}"


def _asked(note: ReaderNote) -> Mapping[str, str]:
    """Fields of a note; what a cloze asks is its question."""
    fields = note.fields
    return fields if fields.get(QUESTION) else {**fields, QUESTION: fields.get(TEXT, "")}
