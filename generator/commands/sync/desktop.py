"""The collection of a running desktop Anki, as far as one project's notes are concerned.

AnkiConnect does not report GUIDs; notes are identified by their field `ID`. Its import may merge
note types since Anki 26.9, which empties notes of a type that somebody has changed. So a package is
imported only for notes that are new, and only where our note types are as we made them; everything
else is changed note by note.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path

from generator.apkg.reader import PackageNote, PackageNoteType
from generator.commands.ankiconnect import AnkiConnect, Json, some_numbers
from generator.commands.sync.memory import Memory
from generator.commands.sync.plan import Held, Update
from generator.commands.sync.style import is_own_style, merge_style
from generator.fields import FIELD_NAMES, ID

_IMPORT_PATIENCE_S = 600.0


class Desktop:
    """What the running Anki holds of a project, and how it is changed."""

    can_rename = False

    def __init__(
        self,
        connection: AnkiConnect,
        note_types: Sequence[int],
        notes: Mapping[str, PackageNote],
        gone: Mapping[str, str],
        memory: Memory,
    ) -> None:
        """Use the running Anki.

        Args:
            connection: A checked connection.
            note_types: Ids of the project's note types.
            notes: GUID → note in the packages.
            gone: What `ID` shows → GUID, of the cards that the lock knows.
            memory: What was remembered of earlier pushes.
        """
        self.connection = connection
        self.note_types = note_types
        self.stored = memory
        self._notes = notes
        place = FIELD_NAMES.index(ID)
        self._guids = {**gone, **{unescape(n.fields[place]): g for g, n in notes.items()}}
        self._cards: dict[int, list[Json]] = {}

    def key_of(self, guid: str) -> str:
        """What a note's field `ID` shows."""
        return next((key for key, known in self._guids.items() if known == guid), guid)

    def memory(self) -> Memory:
        """The stored memory; empty when Anki holds no note of ours, as in another profile."""
        return self.stored if self._own_ids() else Memory()

    def remember(self, memory: Memory) -> None:
        """Keep it to store it later."""
        self.stored = memory

    def held(self, guids: Iterable[str]) -> dict[str, Held]:  # noqa: ARG002 - all are looked at
        """Find our notes, including those that now have another note type."""
        found = {note.guid: note for note in self._held(self._own_ids()) if note.guid}
        missing = {n.row_id: g for g, n in self._notes.items() if g not in found}
        names = set(self._names().values())
        for some in some_numbers(missing):
            for number, info in zip(some, self._infos(some), strict=False):
                if info and info.get("modelName") not in names and isinstance(number, int):
                    guid = missing[number]
                    found[guid] = Held(number, guid, 0, {}, (), 0, frozenset())
        return found

    def _held(self, ids: Iterable[int]) -> Iterable[Held]:
        names = {name: number for number, name in self._names().items()}
        for some in some_numbers(ids):
            infos = self._infos(some)
            decks, suspended = self._cards_of(infos)
            for number, info in zip(some, infos, strict=True):
                fields = _values(info)
                cards = _listed(info.get("cards"))
                guid = self._guids.get(unescape(fields.get(ID, "")), "")
                self._cards[int(str(number))] = cards
                yield Held(
                    int(str(number)),
                    guid,
                    names.get(str(info.get("modelName")), 0),
                    {name: fields[name] for name in FIELD_NAMES if name in fields},
                    tuple(str(tag) for tag in _listed(info.get("tags"))),
                    int(str(info.get("mod") or 0)),
                    frozenset(decks[card] for card in cards if card in decks),
                    bool(cards) and all(card in suspended for card in cards),
                )

    def _cards_of(
        self, infos: Iterable[Mapping[str, Json]]
    ) -> tuple[dict[Json, str], frozenset[Json]]:
        cards = [card for info in infos for card in _listed(info.get("cards"))]
        placed = self.connection.record("getDecks", {"cards": cards})
        decks = {card: name for name, held in placed.items() for card in _listed(held)}
        flags = self.connection.call("areSuspended", {"cards": cards})
        suspended = frozenset(c for c, flag in zip(cards, _listed(flags), strict=False) if flag)
        return decks, suspended

    def _infos(self, ids: Sequence[Json]) -> list[Mapping[str, Json]]:
        return self.connection.records("notesInfo", {"notes": ids})

    def _own_ids(self) -> list[int]:
        query = " OR ".join(f"mid:{number}" for number in self.note_types)
        return self.connection.numbers("findNotes", {"query": query})

    def _names(self) -> dict[int, str]:
        """Names of our note types in Anki, by id."""
        found = self.connection.record("modelNamesAndIds", {})
        return {
            int(str(number)): name for name, number in found.items() if number in self.note_types
        }

    def deck_names(self) -> frozenset[str]:
        """All decks."""
        return frozenset(str(name) for name in _listed(self.connection.call("deckNames", {})))

    def decks_of_others(self) -> frozenset[str]:
        """Return nothing: decks cannot be renamed through AnkiConnect."""
        return frozenset()

    def has_room_for(self, kind: PackageNoteType) -> bool:
        """Whether an import takes notes of a note type: it is new, or still as we made it."""
        name = self._names().get(kind.id)
        if name is None:
            return True
        fields = _listed(self.connection.call("modelFieldNames", {"modelName": name}))
        templates = self.connection.record("modelTemplates", {"modelName": name})
        return tuple(fields) == kind.fields and list(templates) == [t[0] for t in kind.templates]

    def import_package(self, path: Path) -> None:
        """Import a package of notes that are missing in Anki.

        Raises:
            AdmonkiError: E757 when Anki does not.
        """
        done = self.connection.call(
            "importPackage", {"path": str(path.resolve())}, patience_s=_IMPORT_PATIENCE_S
        )
        if done is not True:
            raise self.connection.trouble("E757", "Anki did not import the package")

    def add(self, note: PackageNote) -> bool:  # noqa: ARG002
        """Return False: AnkiConnect cannot set a note's GUID."""
        return False

    def add_media(self, media: Mapping[str, bytes]) -> None:
        """Add missing files; their names hold a hash of their content."""
        there = set(_listed(self.connection.call("getMediaFilesNames", {"pattern": "*"})))
        for name, data in media.items():
            if name not in there:
                text = base64.b64encode(data).decode()
                self.connection.call("storeMediaFile", {"filename": name, "data": text})

    def update(self, updates: Iterable[Update]) -> None:
        """Write fields and tags."""
        fields: list[Mapping[str, Json]] = []
        for update in updates:
            number, merged = update.held.id, update.merged
            if merged.fields:
                fields.append({"note": {"id": number, "fields": dict(merged.fields)}})
            now, wanted = set(update.held.tags), set(merged.tags)
            for action, tags in (("addTags", wanted - now), ("removeTags", now - wanted)):
                if tags:
                    text = " ".join(sorted(tags))
                    self.connection.call(action, {"notes": [number], "tags": text})
        self.connection.call_each("updateNoteFields", fields)

    def restyle(self, kinds: Iterable[PackageNoteType]) -> tuple[str, ...]:
        """Update the style of the note types; return those whose style the reader changed."""
        kept = []
        names = self._names()
        for kind in kinds:
            name = names.get(kind.id)
            if name is None:
                continue
            found = self._style(name)
            if merge_style(found, kind):
                css, templates = str(found["css"]), _sides(found)
                self.connection.call("updateModelStyling", {"model": {"name": name, "css": css}})
                model: dict[str, Json] = {"name": name, "templates": templates}
                self.connection.call("updateModelTemplates", {"model": model})
            if is_own_style(found, kind):
                kept.append(name)
        return tuple(kept)

    def _style(self, name: str) -> dict[str, object]:
        templates = self.connection.record("modelTemplates", {"modelName": name})
        css = self.connection.record("modelStyling", {"modelName": name}).get("css")
        sides = [
            {"name": card, "qfmt": str(text.get("Front")), "afmt": str(text.get("Back"))}
            for card, text in templates.items()
            if isinstance(text, Mapping)
        ]
        return {"css": str(css), "tmpls": sides}

    def rename_decks(self, renames: Mapping[str, str]) -> None:
        """Do nothing: AnkiConnect cannot rename decks."""

    def move(self, moves: Mapping[int, str]) -> None:
        """Move the cards of notes."""
        for note, deck in moves.items():
            self.connection.call("changeDeck", {"cards": self._cards.get(note, []), "deck": deck})

    def remove_empty_decks(self, names: Iterable[str]) -> None:
        """Leave them: AnkiConnect does not report whether decks have a description."""

    def suspend(self, notes: Iterable[Held]) -> None:
        """Suspend the cards of notes."""
        self._on_cards("suspend", notes)

    def unsuspend(self, notes: Iterable[Held]) -> None:
        """Unsuspend the cards of notes."""
        self._on_cards("unsuspend", notes)

    def _on_cards(self, action: str, notes: Iterable[Held]) -> None:
        cards = [card for note in notes for card in self._cards.get(note.id, [])]
        if cards:
            self.connection.call(action, {"cards": cards})

    def remove(self, notes: Iterable[Held]) -> None:
        """Remove notes with their cards."""
        ids: list[Json] = [note.id for note in notes]
        self.connection.call("deleteNotes", {"notes": ids})

    def empty_cards(self, notes: Iterable[Held]) -> dict[str, tuple[int, ...]]:  # noqa: ARG002
        """Return nothing: AnkiConnect does not report them; the build does."""
        return {}

    def remove_cards(self, cards: Iterable[int]) -> None:
        """Do nothing: see `empty_cards`."""


def _values(info: Mapping[str, Json]) -> dict[str, str]:
    fields = info.get("fields")
    found = fields.items() if isinstance(fields, Mapping) else ()
    return {name: str(cell.get("value", "")) for name, cell in found if isinstance(cell, Mapping)}


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []


def _sides(found: Mapping[str, object]) -> dict[str, Json]:
    templates = found["tmpls"]
    assert isinstance(templates, list)  # noqa: S101 - `_style` made it
    return {t["name"]: {"Front": t["qfmt"], "Back": t["afmt"]} for t in templates}
