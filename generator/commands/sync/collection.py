"""A collection of Anki's, as far as one project's notes are concerned.

Changes made here keep `mod`: another device may hold a review or an edit that it has not synced
yet, and Anki's sync lets the newer row win. So theirs wins, and our next sync finds what is left to
do (Anki rslib sync/collection/chunks.rs, `add_or_update_*_if_newer`).
"""

from collections.abc import Collection as Sized
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.apkg.reader import PackageNote, PackageNoteType
from generator.commands.sync.memory import Memory, memory_key, read_memory, write_memory
from generator.commands.sync.plan import Held, Update
from generator.commands.sync.style import is_own_style, merge_style
from generator.fields import FIELD_NAMES, SHIPPED

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.dbproxy import DBProxy
    from anki.models import NotetypeDict

_SUSPENDED = -1  # cards.queue, Anki rslib card/mod.rs
_NEXT_CARD = 999  # to the next id when one is taken, Anki rslib apkg/import/cards.rs
_AT_ONCE = 500  # variables in a query


class CollectionHoldings:
    """The notes of one project in a collection, and how to change them; see `Holdings`."""

    can_rename = True

    def __init__(self, collection: "Collection", project: str, note_types: Sequence[int]) -> None:
        """Use an open collection."""
        self.collection = collection
        self.note_types = note_types
        self._key = memory_key(project)

    @property
    def _db(self) -> "DBProxy":
        database = self.collection.db
        assert database is not None  # noqa: S101 - an open collection has one
        return database

    def memory(self) -> Memory:
        """What was remembered in the collection."""
        return read_memory(self.collection.get_config(self._key, None))

    def remember(self, memory: Memory) -> None:
        """Store it if it has changed."""
        if memory != self.memory():
            self.collection.set_config(self._key, write_memory(memory))

    def held(self, guids: Iterable[str]) -> dict[str, Held]:
        """Find notes by GUID, and all notes of the project's note types."""
        kinds = ",".join(map(str, self.note_types))
        rows = self._db.list(f"SELECT id FROM notes WHERE mid IN ({kinds})")  # noqa: S608 - numbers
        for some in _pieces(sorted(guids)):
            marks = ",".join("?" * len(some))
            rows += self._db.list(f"SELECT id FROM notes WHERE guid IN ({marks})", *some)  # noqa: S608
        found = (self._held(number) for number in dict.fromkeys(rows))
        return {note.guid: note for note in found}

    def _held(self, number: int) -> Held:
        note = self.collection.get_note(number)  # type: ignore[arg-type]
        kind = self._note_type(note.mid)
        places = _places(kind) if note.mid in self.note_types else {}
        query = "SELECT id, did, odid, queue FROM cards WHERE nid = ?"
        cards = [(card, home or deck, q) for card, deck, home, q in self._db.execute(query, number)]
        asleep = tuple(card for card, _, queue in cards if queue == _SUSPENDED)
        return Held(
            number,
            note.guid,
            note.mid,
            {name: note.fields[place] for name, place in places.items()},
            tuple(note.tags),
            note.mod,
            frozenset(self.collection.decks.name(deck) for _, deck, _ in cards),
            bool(cards) and len(asleep) == len(cards),
            asleep,
        )

    def _note_type(self, number: int) -> "NotetypeDict":
        kind = self.collection.models.get(number)  # type: ignore[arg-type]
        assert kind is not None  # noqa: S101 - notes have one
        return kind

    def deck_names(self) -> frozenset[str]:
        """All decks."""
        return frozenset(deck.name for deck in self.collection.decks.all_names_and_ids())

    def decks_of_others(self) -> frozenset[str]:
        """Decks that hold cards of other projects."""
        others = [
            kind["id"]
            for kind in self.collection.models.all()
            if kind["id"] not in self.note_types
            and kind["flds"][-1]["name"] == SHIPPED
            and [field["name"] for field in kind["flds"]] == list(FIELD_NAMES)
        ]
        kinds = ",".join(map(str, others))
        query = f"""
            SELECT DISTINCT CASE odid WHEN 0 THEN did ELSE odid END FROM cards
            WHERE nid IN (SELECT id FROM notes WHERE mid IN ({kinds}))
        """  # noqa: S608 - numbers
        return frozenset(self.collection.decks.name(deck) for deck in self._db.list(query))

    def has_room_for(self, kind: PackageNoteType) -> bool:
        """Whether Anki's import takes notes of a note type: it is new, or still has our fields."""
        found = self.collection.models.get(kind.id)  # type: ignore[arg-type]
        if found is None:
            return True
        names = tuple(field["name"] for field in found["flds"])
        templates = tuple(template["name"] for template in found["tmpls"])
        return names == kind.fields and templates == tuple(name for name, _, _ in kind.templates)

    def import_package(self, path: Path) -> None:
        """Import the notes of a package that are missing in the collection."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
        from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_NEVER

        never = IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_NEVER
        options = ImportAnkiPackageOptions(update_notes=never, update_notetypes=never)
        request = ImportAnkiPackageRequest(package_path=str(path.resolve()), options=options)
        self.collection.import_anki_package(request)

    def add(self, note: PackageNote) -> bool:
        """Add a note by hand, of a note type whose fields the reader has changed."""
        kind = self._note_type(note.note_type)
        made = self.collection.new_note(kind)
        made.guid, made.tags = note.guid, list(note.tags)
        sent = dict(zip(FIELD_NAMES, note.fields, strict=True))
        for name, place in _places(kind).items():
            made.fields[place] = sent[name]
        self.collection.add_note(made, self._deck_id(note.deck))  # type: ignore[arg-type]
        return True

    def add_media(self, media: Mapping[str, bytes]) -> None:
        """Add missing files; their names hold a hash of their content."""
        for name, data in media.items():
            if not self.collection.media.have(name):
                self.collection.media.write_data(name, data)

    def update(self, updates: Iterable[Update]) -> None:
        """Write fields and tags; the cards of new gaps appear."""
        for update in updates:
            note = self.collection.get_note(update.held.id)  # type: ignore[arg-type]
            places = _places(self._note_type(note.mid))
            for name, value in update.merged.fields.items():
                note.fields[places[name]] = value
            note.tags = list(update.merged.tags)
            before = frozenset(self._cards_of(update.held))
            with self._same_mod("notes", [update.held.id]):
                self.collection.update_note(note)
            self._number_cards([n for n in self._cards_of(update.held) if n not in before], update)

    def _number_cards(self, cards: Iterable[int], update: Update) -> None:
        """Give new cards the ids that an import gives them: else two devices make them twice."""
        for card in cards:
            wanted = update.cards.get(self._db.scalar("SELECT ord FROM cards WHERE id = ?", card))
            if wanted is None:
                continue
            while self._db.scalar("SELECT id FROM cards WHERE id = ?", wanted):
                wanted += _NEXT_CARD
            self._db.execute("UPDATE cards SET id = ? WHERE id = ?", wanted, card)

    def restyle(self, kinds: Iterable[PackageNoteType]) -> tuple[str, ...]:
        """Update the style of the note types; return those whose style the reader changed."""
        kept = []
        for kind in kinds:
            found = self.collection.models.get(kind.id)  # type: ignore[arg-type]
            if found is None:
                continue
            if merge_style(found, kind):
                self.collection.models.update_dict(found)
            if is_own_style(found, kind):
                kept.append(str(found["name"]))
        return tuple(kept)

    def rename_decks(self, renames: Mapping[str, str]) -> None:
        """Rename decks, and what is below them."""
        for old, new in renames.items():
            deck = self.collection.decks.id_for_name(old)
            if deck is not None:
                self.collection.decks.rename(deck, new)

    def move(self, moves: Mapping[int, str]) -> None:
        """Move the cards of notes to another deck; those in a filtered deck stay in it."""
        for note, deck in moves.items():
            home = self._deck_id(deck)
            cards = self._db.list("SELECT id FROM cards WHERE nid = ? AND odid = 0", note)
            with self._same_mod("cards", cards):
                self.collection.set_deck(cards, home)
            self._db.execute(
                "UPDATE cards SET odid = ?, usn = -1 WHERE nid = ? AND odid != 0", home, note
            )

    def remove_empty_decks(self, names: Iterable[str]) -> None:
        """Remove decks that moves have emptied, unless the reader has made them their own."""
        for name in sorted(set(names), key=len, reverse=True):
            number = self.collection.decks.id_for_name(name)
            deck = self.collection.decks.get(number, default=False) if number else None
            if deck is None or deck.get("desc") or deck.get("conf", 1) != 1:
                continue
            is_empty = not self.collection.decks.card_count(number, include_subdecks=True)  # type: ignore[arg-type]
            if is_empty and not self.collection.decks.children(number):  # type: ignore[arg-type]
                self.collection.decks.remove([number])  # type: ignore[list-item]

    def suspend(self, notes: Iterable[Held]) -> None:
        """Suspend the cards of notes."""
        for note in notes:
            cards = self._cards_of(note)
            with self._same_mod("cards", cards):
                self.collection.sched.suspend_cards(cards)  # type: ignore[arg-type]

    def unsuspend(self, cards: Iterable[int]) -> None:
        """Unsuspend cards."""
        chosen = list(cards)
        with self._same_mod("cards", chosen):
            self.collection.sched.unsuspend_cards(chosen)  # type: ignore[arg-type]

    def remove(self, notes: Iterable[Held]) -> None:
        """Remove notes with their cards."""
        self.collection.remove_notes([note.id for note in notes])  # type: ignore[misc]

    def empty_cards(self, notes: Iterable[Held]) -> dict[str, tuple[int, ...]]:
        """Find cards whose gap or side no longer exists.

        Args:
            notes: Those to look at.

        Returns:
            GUID → cards; a note that would lose all of its cards is left out.
        """
        guids = {note.id: note.guid for note in notes}
        report = self.collection.get_empty_cards().notes
        return {
            guids[found.note_id]: tuple(found.card_ids)
            for found in report
            if found.note_id in guids and not found.will_delete_note
        }

    def remove_orphans(self, notes: Iterable[int]) -> None:
        """Remove cards whose note is gone: another device deleted it while we added a card.

        Args:
            notes: Row ids of the notes that may have left cards.
        """
        lost = "SELECT id, nid FROM cards WHERE nid NOT IN (SELECT id FROM notes)"
        ours = frozenset(notes)
        self.remove_cards([card for card, note in self._db.execute(lost) if note in ours])

    def remove_cards(self, cards: Iterable[int]) -> None:
        """Remove cards; their notes stay."""
        self.collection.remove_cards_and_orphaned_notes(list(cards))  # type: ignore[arg-type]

    def _cards_of(self, note: Held) -> list[int]:
        return list(self._db.list("SELECT id FROM cards WHERE nid = ?", note.id))

    def _deck_id(self, name: str) -> int:
        number = self.collection.decks.id(name)
        assert number is not None  # noqa: S101 - it is made when missing
        return number

    @contextmanager
    def _same_mod(self, table: str, rows: Sized[int]) -> Iterator[None]:
        """Let rows change without becoming newer than another device's."""
        marks = ",".join(map(str, rows))
        query = f"SELECT mod, id FROM {table} WHERE id IN ({marks})"  # noqa: S608 - numbers
        before = [tuple(row) for row in self._db.all(query)]
        yield
        update = f"UPDATE {table} SET mod = ?, usn = -1 WHERE id = ?"  # noqa: S608
        for row in before:
            self._db.execute(update, *row)


def _places(kind: "NotetypeDict") -> dict[str, int]:
    """The positions of our fields in a note type: by id, else by name."""
    first = int(kind["id"]) * 100
    ids = {field.get("id"): place for place, field in enumerate(kind["flds"])}
    names = {field["name"]: place for place, field in enumerate(kind["flds"])}
    found = {
        name: ids.get(first + number, names.get(name, -1))
        for number, name in enumerate(FIELD_NAMES, start=1)
    }
    return {name: place for name, place in found.items() if place >= 0}


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
