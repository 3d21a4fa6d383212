"""The matching of notes with entries of the lock, while it is in progress."""

from collections.abc import Sequence

from generator.errors import Diagnostic
from generator.identity.content import content, note_type_of, section_of
from generator.identity.lock import Entry
from generator.identity.sketch import similarity
from generator.model import Note


class Pairing:
    """Notes and entries, some of them already joined.

    Attributes:
        notes: In reading order.
        entries: Of the lock.
        pages: Pages of this build; None when it reads the whole project.
        entry_of: For each note the number of its entry, or -1.
        note_of: For each entry the number of its note, or -1.
        ids, questions, sections, types: Of each note.
        diagnostics: Found during matching.
    """

    def __init__(
        self, notes: Sequence[Note], entries: Sequence[Entry], pages: frozenset[str] | None
    ) -> None:
        self.notes = notes
        self.entries = entries
        self.pages = pages
        self.entry_of = [-1] * len(notes)
        self.note_of = [-1] * len(entries)
        self.ids = [note.explicit_id or "" for note in notes]
        self.questions = [content(note).question for note in notes]
        self.sections = [section_of(note) for note in notes]
        self.types = [note_type_of(note) for note in notes]
        self.diagnostics: list[Diagnostic] = []

    def join(self, note: int, entry: int) -> None:
        """Join a note and an entry."""
        self.entry_of[note] = entry
        self.note_of[entry] = note

    def answer_similarity(self, note: int, entry: int) -> float:
        """Similarity of the answers of a note and an entry, 0 to 1."""
        return similarity(self.notes[note].sketch, self.entries[entry].sketch)

    def free_notes(self) -> list[int]:
        """Numbers of the notes without an entry."""
        return [number for number, entry in enumerate(self.entry_of) if entry < 0]

    def free_entries(self, *, is_gone: bool) -> list[int]:
        """Numbers of the entries without a note whose pages this build has read."""
        return [
            number
            for number, entry in enumerate(self.entries)
            if self.note_of[number] < 0
            and entry.is_gone == is_gone
            and (is_gone or self.is_in_scope(entry))
        ]

    def is_in_scope(self, entry: Entry) -> bool:
        """Whether this build would have found the entry's card at its last place."""
        return self.pages is None or entry.page in self.pages

    def can_join(self, note: int, entry: int) -> bool:
        """Whether Anki would update the entry's note with this note."""
        return self.types[note] == self.entries[entry].note_type
