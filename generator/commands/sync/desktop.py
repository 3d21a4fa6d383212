"""The collection of a running desktop Anki, as far as one project's notes are concerned.

AnkiConnect does not report GUIDs; notes are identified by row id and field `ID`. Its import may
merge note types since Anki 26.9, which empties notes of a type that somebody has changed. So a
package is imported only for notes that are new, and only where our note types are as we made them;
everything else is changed note by note.
"""

import base64
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path

from generator.apkg.notetypes import project_of_note_type
from generator.apkg.reader import PackageNote, PackageNoteType
from generator.commands.ankiconnect import AnkiConnect, pieces
from generator.commands.sync.decks import is_in
from generator.commands.sync.memory import Memory
from generator.commands.sync.plan import Held, Update
from generator.commands.sync.style import is_own_style, merge_style
from generator.fields import FIELD_NAMES, ID
from generator.identity.lock import Entry
from generator.json_text import Json

_IMPORT_PATIENCE_S = 600.0
_NONE: frozenset[str] = frozenset()


class Desktop:
    """What the running Anki holds of a project, and how it is changed."""

    can_rename = False

    def __init__(
        self,
        connection: AnkiConnect,
        note_types: Sequence[int],
        notes: Mapping[str, PackageNote],
        entries: Iterable[Entry],
        memory: Memory,
    ) -> None:
        """Use the running Anki.

        Args:
            connection: A checked connection.
            note_types: Ids of the project's note types.
            notes: GUID → note in the packages.
            entries: The lock's, of cards that left the packages, too.
            memory: What was remembered of earlier pushes.
        """
        self.connection = connection
        self.note_types = note_types
        self.stored = memory
        known = {entry.guid: (entry.key, entry.row_id) for entry in entries}
        place = FIELD_NAMES.index(ID)
        known |= {g: (unescape(note.fields[place]), note.row_id) for g, note in notes.items()}
        self._guids = {key: guid for guid, (key, _) in known.items()}
        self._rows = {row: guid for guid, (_, row) in known.items()}
        self._wanted = notes.keys()
        self._cards: dict[int, Sequence[int]] = {}
        self._decks: dict[int, frozenset[str]] = {}

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
        found: dict[str, Held] = {}
        for note in self._held(self._own_ids()):
            is_original = self._rows.get(note.id) == note.guid  # and not a copy by the reader
            if is_original or note.guid not in found:
                found[note.guid] = note
        return found | self._retyped(found)

    def _retyped(self, found: Collection[str]) -> dict[str, Held]:
        rows = {row: g for row, g in self._rows.items() if g in self._wanted and g not in found}
        admonki = self._admonki_types().keys()
        return {
            rows[number]: Held(number, rows[number], 0, {}, (), 0, _NONE)
            for some in pieces(list(rows))
            for number, info in zip(some, self._infos(some), strict=False)
            if info and info.get("modelName") not in admonki
        }

    def _admonki_types(self) -> dict[str, int]:
        """Note types of all projects; an id alone may be that of a note type of Anki's own."""
        kinds = self.connection.record("modelNamesAndIds", {}).items()
        found = {name: _number(number) for name, number in kinds if name.startswith("Admonki")}
        return {name: number for name, number in found.items() if project_of_note_type(number)}

    def _held(self, ids: Iterable[int]) -> Iterable[Held]:
        names = {name: number for number, name in self._names().items()}
        for some in pieces(list(ids)):
            infos = self._infos(some)
            if len(infos) != len(some):
                raise self.connection.wrong_answer("notesInfo")
            decks, suspended = self._cards_of(infos)
            for number, info in zip(some, infos, strict=True):
                fields = _values(info)
                cards = _cards_in(info)
                known = self._guids.get(unescape(fields.get(ID, ""))) or self._rows.get(number)
                self._cards[number] = cards
                self._decks[number] = frozenset(decks[card] for card in cards if card in decks)
                yield Held(
                    number,
                    known or f"?{number}",
                    names.get(str(info.get("modelName")), 0),
                    {name: fields[name] for name in FIELD_NAMES if name in fields},
                    tuple(str(tag) for tag in _listed(info.get("tags"))),
                    _number(info.get("mod")),
                    self._decks[number],
                    bool(cards) and all(card in suspended for card in cards),
                    tuple(card for card in cards if card in suspended),
                )

    def _cards_of(
        self, infos: Iterable[Mapping[str, Json]]
    ) -> tuple[dict[int, str], frozenset[int]]:
        cards = [card for info in infos for card in _cards_in(info)]
        placed = self.connection.record("getDecks", {"cards": cards})
        decks = {_number(card): name for name, held in placed.items() for card in _listed(held)}
        flags = self.connection.call("areSuspended", {"cards": cards})
        suspended = frozenset(c for c, flag in zip(cards, _listed(flags), strict=False) if flag)
        return decks, suspended

    def _infos(self, ids: Sequence[int]) -> list[Mapping[str, Json]]:
        return self.connection.records("notesInfo", {"notes": ids})

    def _own_ids(self) -> list[int]:
        query = " OR ".join(f"mid:{number}" for number in self.note_types)
        return self.connection.numbers("findNotes", {"query": query})

    def _names(self) -> dict[int, str]:
        """Names of our note types in Anki, by id."""
        found = self.connection.record("modelNamesAndIds", {})
        return {
            _number(number): name for name, number in found.items() if number in self.note_types
        }

    def deck_names(self) -> frozenset[str]:
        """All decks."""
        return frozenset(str(name) for name in _listed(self.connection.call("deckNames", {})))

    def decks_of_others(self) -> frozenset[str]:
        """Decks that hold cards of other projects."""
        others = self._admonki_types().values()
        queries = [f"mid:{number}" for number in others if number not in self.note_types]
        if not queries:
            return frozenset()
        cards = self.connection.numbers("findCards", {"query": " OR ".join(queries)})
        return frozenset(self.connection.record("getDecks", {"cards": list(cards)}))

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
        listed = _listed(self.connection.call("getMediaFilesNames", {"pattern": "*"}))
        there = {str(name) for name in listed}
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
        """Move the cards of notes; a deck that is new gets the preset of the old one."""
        known = self.deck_names()
        presets: dict[str, str] = {}
        for note, deck in moves.items():
            self.connection.call("changeDeck", {"cards": self._cards.get(note, []), "deck": deck})
            if deck not in known:
                presets.update(dict.fromkeys((deck,), min(self._decks.get(note, ()), default="")))
        for deck, old in presets.items():
            self._share_preset(old, deck)

    def _share_preset(self, old: str, new: str) -> None:
        found = self.connection.call("getDeckConfig", {"deck": old})
        if isinstance(found, Mapping) and "id" in found:
            self.connection.call("setDeckConfigId", {"decks": [new], "configId": found["id"]})

    def remove_empty_decks(self, names: Iterable[str]) -> None:
        """Remove decks that our import has just made and that hold nothing."""
        for name in sorted(set(names), key=len, reverse=True):
            there = self.connection.record("deckNamesAndIds", {})
            if name not in there or any(is_in(deck, name) for deck in there if deck != name):
                continue
            if not self.connection.numbers("findCards", {"query": f"did:{there[name]}"}):
                self.connection.call("deleteDecks", {"decks": [name], "cardsToo": True})

    def suspend(self, notes: Iterable[Held]) -> None:
        """Suspend the cards of notes."""
        cards = [card for note in notes for card in self._cards.get(note.id, [])]
        self.connection.call("suspend", {"cards": cards})

    def unsuspend(self, cards: Iterable[int]) -> None:
        """Unsuspend cards."""
        chosen: list[Json] = list(cards)
        if chosen:
            self.connection.call("unsuspend", {"cards": chosen})

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


def _cards_in(info: Mapping[str, Json]) -> list[int]:
    return [card for card in _listed(info.get("cards")) if isinstance(card, int)]


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []


def _sides(found: Mapping[str, object]) -> dict[str, Json]:
    templates = found["tmpls"]
    assert isinstance(templates, list)  # noqa: S101 - `_style` made it
    return {t["name"]: {"Front": t["qfmt"], "Back": t["afmt"]} for t in templates}
