"""Give each note its key, GUID and `mod`, and the lock its next state."""

from collections.abc import Sequence
from dataclasses import replace

from generator.errors import Diagnostic
from generator.fields import with_key
from generator.identity.content import content
from generator.identity.doubts import report_doubts
from generator.identity.exact import match_by_id, match_moved, match_on_page
from generator.identity.keys import guid_of, implicit_key, namespace_of
from generator.identity.lock import Entry, Lock, sort_order
from generator.identity.pairing import Pairing
from generator.identity.rename import match_renamed
from generator.model import IdentifiedNote, Note


def identify(
    notes: Sequence[Note],
    lock: Lock,
    *,
    now_s: int,
    seed: str = "",
    pages: frozenset[str] | None = None,
) -> tuple[tuple[IdentifiedNote, ...], Lock, tuple[Diagnostic, ...]]:
    """Match notes to the lock and stamp them.

    Args:
        notes: All notes of the build in reading order; `due` counts them through, so that
            Anki shows new cards in the order of the book even across decks.
        lock: What the last build remembered.
        now_s: Time of the build, whole seconds since the epoch.
        seed: Something stable and particular to the project (its site's URL), or empty; used
            only for a project that has no lock.
        pages: The pages that were read, when these are not all pages of the project: cards of
            other pages then stay in the lock as they are.

    Returns:
        The notes in the given order, the lock to write, and diagnostics. A lock in which
        nothing changed is the very object that was given.
    """
    namespace = lock.namespace or _first_namespace(notes, seed)
    pairing = Pairing(notes, lock.entries, pages)
    match_by_id(pairing)
    match_on_page(pairing)
    match_moved(pairing)
    match_renamed(pairing)
    report_doubts(pairing)
    stamper = _Stamper(pairing, namespace, now_s)
    identified = tuple(stamper.stamp(number) for number in range(len(notes)))
    entries = [*stamper.entries, *_left_over(pairing)]
    if lock.namespace and {id(entry) for entry in entries} == {id(e) for e in lock.entries}:
        return identified, lock, tuple(pairing.diagnostics)
    next_lock = replace(
        lock,
        namespace=namespace,
        epoch_s=lock.epoch_s or now_s,
        entries=tuple(sorted(entries, key=sort_order)),
    )
    return identified, next_lock, tuple(pairing.diagnostics)


def _first_namespace(notes: Sequence[Note], seed: str) -> str:
    return namespace_of(seed, (f"{note.page}\t{note.question.text}" for note in notes))


def _left_over(pairing: Pairing) -> list[Entry]:
    """Entries without a note: gone, unless the build did not look at their page."""
    return [
        entry if entry.is_gone or not pairing.is_in_scope(entry) else replace(entry, is_gone=True)
        for number, entry in enumerate(pairing.entries)
        if pairing.note_of[number] < 0
    ]


class _Stamper:
    """Makes the entries and the identified notes, one after the other."""

    def __init__(self, pairing: Pairing, namespace: str, now_s: int) -> None:
        self.pairing = pairing
        self.namespace = namespace
        self.now_s = now_s
        self.entries: list[Entry] = []
        self._nth: dict[tuple[str, str], int] = {}
        self._keys: set[str] = set()
        self._guids: set[str] = set()
        if any(entry < 0 for entry in pairing.entry_of):
            self._keys = {entry.key.casefold() for entry in pairing.entries}
            self._guids = {entry.guid for entry in pairing.entries}

    def stamp(self, number: int) -> IdentifiedNote:
        """Identify one note and remember it."""
        pairing = self.pairing
        note = pairing.notes[number]
        question = pairing.questions[number]
        nth = self._nth.get((note.page, question), 0)
        self._nth[note.page, question] = nth + 1
        old = pairing.entries[pairing.entry_of[number]] if pairing.entry_of[number] >= 0 else None
        key = old.key if old else self._new_key(number, nth)
        guid = old.guid if old else self._new_guid(key)
        made = content(note)
        entry = self._entry(number, old, nth, key=key, guid=guid, content=made.hash)
        self.entries.append(entry)
        fields = with_key(made.fields, key)
        return IdentifiedNote(
            note, key, guid, entry.mod_s, number + 1, fields, made.tags, made.hash
        )

    def _entry(
        self, number: int, old: Entry | None, nth: int, *, key: str, guid: str, content: str
    ) -> Entry:
        """The note's entry; the old one itself when nothing changed."""
        pairing, note = self.pairing, self.pairing.notes[number]
        kind, section = pairing.types[number], pairing.sections[number]
        place = (nth, pairing.ids[number], note.page, section, pairing.questions[number])
        if old is None or old.content_hash != content:
            mod_s = max(self.now_s, old.mod_s + 1) if old else self.now_s
            return Entry(key, guid, mod_s, content, note.sketch, kind, *place)
        sketch = old.sketch or note.sketch  # empty in a lock that was recovered
        if place == (old.nth, old.explicit_id, old.page, old.section, old.question):
            is_same = not old.is_gone and sketch == old.sketch
            return old if is_same else replace(old, is_gone=False, sketch=sketch)
        return Entry(old.key, old.guid, old.mod_s, content, sketch, kind, *place)

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
            key = implicit_key(self.namespace, note.page, question, nth, salt)
            if key not in self._keys:
                return key
            salt += 1

    def _new_guid(self, key: str) -> str:
        guid = guid_of(self.namespace, key)
        while guid in self._guids:
            guid = guid_of(self.namespace, f"{key}\0{guid}")
        self._guids.add(guid)
        return guid
