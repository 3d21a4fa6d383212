"""A note with its fields made, once, for every package of a build that holds it."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.apkg.notetypes import note_type_id
from generator.fields import note_deck, note_fields, note_tags
from generator.model import IdentifiedNote


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note on its way into a database.

    Attributes:
        identified: The note.
        note_type: Id of its note type.
        fields: See `note_fields`.
        tags: See `note_tags`.
        deck: See `note_deck`.
    """

    identified: IdentifiedNote
    note_type: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str


class Packer:
    """Makes each note's fields once, though `all.apkg` and a section's package both hold it."""

    def __init__(self) -> None:
        self._done: dict[int, PackedNote] = {}

    def pack(self, notes: Iterable[IdentifiedNote]) -> list[PackedNote]:
        """Pack notes and put them in reading order, whatever order they come in."""
        packed = [self._pack_one(identified) for identified in notes]
        return sorted(packed, key=lambda note: (note.identified.due, note.identified.guid))

    def _pack_one(self, identified: IdentifiedNote) -> PackedNote:
        # By identity of the object, which `PackedNote` keeps alive: hashing a note costs more.
        known = self._done.get(id(identified))
        if known is None:
            note = identified.note
            known = PackedNote(
                identified=identified,
                note_type=note_type_id(note.kind),
                fields=note_fields(identified),
                tags=note_tags(note),
                deck=note_deck(note),
            )
            self._done[id(identified)] = known
        return known
