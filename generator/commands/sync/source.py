"""The packages to bring into a collection."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.apkg.notetypes import project_of_note_type
from generator.apkg.reader import Package, PackageNote, PackageNoteType, read_package
from generator.errors import AdmonkiError
from generator.fields import FIELD_NAMES


class Source(Struct, frozen=True):
    """Packages, read.

    Attributes:
        project: See `Project.id`.
        files: Each with what it holds.
        notes: GUID → note.
        note_types: Each once.
    """

    project: str
    files: tuple[tuple[Path, Package], ...]
    notes: Mapping[str, PackageNote]
    note_types: tuple[PackageNoteType, ...]


def read_source(packages: Sequence[Path]) -> Source:
    """Read packages.

    Raises:
        AdmonkiError: E707 for a package that cannot be read, E759 for one that is not admonki's,
            or of several projects.
    """
    files = tuple((path, read_package(path)) for path in packages)
    types = {kind.id: kind for _, package in files for kind in package.note_types}
    owners = {_owner(kind) for kind in types.values()}
    if len(owners) != 1 or "" in owners:
        text = "the packages do not belong to one admonki project"
        raise AdmonkiError.at(packages[0], "E759", text, "name packages of one build")
    notes = {note.guid: note for _, package in files for note in package.notes}
    return Source(owners.pop(), files, notes, tuple(types[number] for number in sorted(types)))


def _owner(kind: PackageNoteType) -> str:
    found = project_of_note_type(kind.id) if kind.fields == FIELD_NAMES else None
    return found[0] if found else ""
