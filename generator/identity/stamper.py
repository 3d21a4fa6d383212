"""From matched notes to identified notes and the entries of the next lock."""

from collections.abc import Sequence

from msgspec.structs import replace

from generator.errors import Diagnostic
from generator.fields import fields_of, note_deck, note_tags, with_key
from generator.identity.content import content, content_hash, kind_of
from generator.identity.gaps import Numbering, number_gaps
from generator.identity.keys import guid_of, implicit_key
from generator.identity.lock import Entry, Gap, sort_order
from generator.identity.pairing import Pairing
from generator.identity.shipped import with_shipped
from generator.model import Content, IdentifiedNote, Note

_ROW_STEP = 10
"""Distance of row ids between notes, which leaves ids for the rows of the cards."""


class Stamper:
    """Makes the entries and the identified notes."""

    def __init__(self, pairing: Pairing, project: str, *, now_s: int, refreshes: bool) -> None:
        """Prepare.

        Args:
            pairing: After matching.
            project: See `Project.id`.
            now_s: Time of the build.
            refreshes: See `identify`.
        """
        self.pairing = pairing
        self.project = project
        self.now_s = now_s
        self.refreshes = refreshes
        self.entries: list[Entry] = []
        self._nth: dict[tuple[str, str], int] = {}
        self._keys: set[str] = set()
        self._guids: set[str] = set()
        if any(entry < 0 for entry in pairing.entry_of):
            self._keys = {entry.key.casefold() for entry in pairing.entries}
            self._guids = {entry.guid for entry in pairing.entries}

    def stamp(self) -> tuple[IdentifiedNote, ...]:
        """Identify all notes and store them in `entries`."""
        made = [self._stamp(number) for number in range(len(self.pairing.notes))]
        rows = self._row_ids()
        self.entries = [
            entry if entry.row_id else replace(entry, row_id=rows[entry.guid])
            for entry in self.entries
        ]
        return tuple(
            note if note.row_id else replace(note, row_id=rows[note.guid]) for note in made
        )

    def _row_ids(self) -> dict[str, int]:
        """Give new notes row ids of the present time, in an order independent of the page's."""
        new = sorted((entry for entry in self.entries if not entry.row_id), key=sort_order)
        last = max((entry.row_id for entry in self.pairing.entries), default=0)
        start = max(self.now_s * 1000, last + _ROW_STEP)
        return {entry.guid: start + _ROW_STEP * number for number, entry in enumerate(new)}

    def _stamp(self, number: int) -> IdentifiedNote:
        pairing = self.pairing
        note, question = pairing.notes[number], pairing.questions[number]
        nth = self._nth.get((note.page, question), 0)
        self._nth[note.page, question] = nth + 1
        old = pairing.entries[pairing.entry_of[number]] if pairing.entry_of[number] >= 0 else None
        key = old.key if old else self._new_key(number, nth)
        guid = old.guid if old else self._new_guid(key)
        tags, made = note_tags(note.tags), content(note)
        fields, gaps = self._numbered(note, old, key)
        if gaps:
            made = replace(made, hash=content_hash("cloze", fields, tags))
        entry = self._entry(number, old, nth, key=key, guid=guid, made=made, gaps=gaps)
        self.entries.append(entry)
        # a key in place of an empty first field, and the numbers of gaps, are not in the hashes
        hashes = made.field_hashes if fields[0] and not gaps else ""
        fields = with_key(fields, key)
        fields = with_shipped(fields, tags, note_deck(note), entry.mod_s, hashes=hashes)
        return IdentifiedNote(
            note, key, guid, entry.mod_s, number + 1, fields, tags, made.hash, entry.row_id
        )

    def _numbered(
        self, note: Note, old: Entry | None, key: str
    ) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
        """Return the fields of a note, the gaps of a cloze with their previous numbers."""
        self._report_backward(note, old, key)
        if kind_of(note) != "cloze":
            return fields_of(note), ()
        numbering = number_gaps(fields_of(note), old.gaps if old else ())
        self._report_gaps(note, numbering, key)
        return numbering.fields, numbering.gaps

    def _report_gaps(self, note: Note, numbering: Numbering, key: str) -> None:
        for gap in numbering.vanished:
            text = f"gap {gap.number} ({gap.text!r}) was removed from the card {key}"
            self._report_empty(note, text)
        for old, new in numbering.replaced:
            text = (
                f"gap {old.number} of the card {key} asked {old.text!r}, now it asks {new.text!r}"
            )
            hint = "its reviews stay with the number: give the new gap a number that was never used"
            self.pairing.diagnostics.append(Diagnostic(note.location, "W629", text, hint))

    def _report_backward(self, note: Note, old: Entry | None, key: str) -> None:
        if old and old.kind == "reversed" and kind_of(note) == "basic":
            self._report_empty(note, f"the card {key} is no longer asked in reverse")

    def _report_empty(self, note: Note, text: str) -> None:
        hint = "to remove its empty card, use Tools → Empty Cards in Anki, or admonki sync"
        self.pairing.diagnostics.append(Diagnostic(note.location, "W628", text, hint))

    def _entry(
        self,
        number: int,
        old: Entry | None,
        nth: int,
        *,
        key: str,
        guid: str,
        made: Content,
        gaps: Sequence[Gap],
    ) -> Entry:
        """The note's entry; the old one itself when nothing changed."""
        pairing, note = self.pairing, self.pairing.notes[number]
        entry = Entry(
            key=key,
            guid=guid,
            row_id=old.row_id if old else 0,
            mod_s=self.now_s,
            source_hash=made.source_hash,
            shown_hash=made.hash,
            sketch=note.sketch,
            kind=kind_of(note),
            gaps=tuple(gaps),
            nth=nth,
            explicit_id=pairing.ids[number],
            page=note.page,
            section=pairing.sections[number],
            question=pairing.questions[number],
            deck=note_deck(note),
        )
        if old is None:
            return entry
        if self._is_edited(old, entry):
            return replace(entry, mod_s=max(self.now_s, old.mod_s + 1))
        # the sketch is empty in a lock that was recovered
        same = replace(entry, mod_s=old.mod_s, shown_hash=old.shown_hash)
        if old.sketch:
            same = replace(same, sketch=old.sketch)
        return old if same == old else same

    def _is_edited(self, old: Entry, new: Entry) -> bool:
        """Whether to send the note to readers: its author changed it, or asked for it."""
        if old.shown_hash == new.shown_hash:  # another spelling of what readers have
            return False
        is_known = bool(old.source_hash)  # not of an older lock, a package, or a merge
        return self.refreshes or not is_known or old.source_hash != new.source_hash

    def _new_key(self, number: int, nth: int) -> str:
        note = self.pairing.notes[number]
        name = self.pairing.ids[number]
        key = name or self._implicit_key(note, self.pairing.questions[number], nth)
        count = 1
        while key.casefold() in self._keys:
            count += 1
            key = f"{name}-{count}"
        self._keys.add(key.casefold())
        return key

    def _implicit_key(self, note: Note, question: str, nth: int) -> str:
        salt = 0
        while True:
            key = implicit_key(self.project, note.page, question, nth, salt)
            if key not in self._keys:
                return key
            salt += 1

    def _new_guid(self, key: str) -> str:
        guid = guid_of(self.project, key)
        while guid in self._guids:
            guid = guid_of(self.project, f"{key}\0{guid}")
        self._guids.add(guid)
        return guid
