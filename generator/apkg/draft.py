"""A package before it is written: its rows, and whether it is on disk already."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct

from generator.apkg.commit import StagedPackage
from generator.apkg.fingerprint import find_current, hash_content
from generator.apkg.media import collect_media
from generator.apkg.notetypes import NoteType
from generator.apkg.rows import Row
from generator.errors import AdmonkiError, Diagnostic
from generator.model import IdentifiedNote

Problems: TypeAlias = tuple[Diagnostic, ...]
T = TypeVar("T")


class Draft(Struct, frozen=True):
    """A package while it is staged; see `stage`.

    Attributes:
        path: Where it goes.
        rows: What it holds, in order.
        note_types: Those of the build.
        is_untouched: Whether an existing package is known to be intact.
    """

    path: Path
    rows: Sequence[Row]
    note_types: Sequence[NoteType]
    is_untouched: bool

    def find_current(self) -> StagedPackage | None:
        """The package as it is on disk, or None when it must be written."""
        _check_guids(self.path, [row.note for row in self.rows])
        cardless = [row.note for row in self.rows if not row.ordinals]
        if cardless:
            raise AdmonkiError(*map(_no_card, cardless))
        if not self.path.exists():
            return None
        content = self.hash(self.media())
        known = find_current(self.path, content, is_whole=self.is_untouched)
        return StagedPackage(self.path, None, known) if known else None

    def media(self) -> list[tuple[str, bytes]]:
        """Read media again each time: all pictures of a site at once would fill the memory."""
        styles = [media for kind in self.note_types for media in kind.media]
        return collect_media((row.note.note for row in self.rows), styles)

    def hash(self, media: Sequence[tuple[str, bytes]]) -> str:
        """Hash all that the bytes of the package depend on; see `hash_content`."""
        return hash_content(self.rows, note_types=self.note_types, media=media)


def reported(step: Callable[[], T]) -> T | Problems:
    """Return the error of a package as a result, so that the others are checked, too."""
    try:
        return step()
    except AdmonkiError as problem:
        return problem.diagnostics


def _check_guids(path: Path, notes: Sequence[IdentifiedNote]) -> None:
    """Refuse notes with equal GUIDs: Anki would import both and could not distinguish them."""
    counts = Counter(identified.guid for identified in notes)
    twins = [identified for identified in notes if counts[identified.guid] > 1]
    if twins:
        raise AdmonkiError(*(_twin(identified, path) for identified in twins))


def _twin(identified: IdentifiedNote, path: Path) -> Diagnostic:
    message = f"two notes with the GUID {identified.guid!r} would go into {path.name}"
    hint = "give each question its own id"
    return Diagnostic(identified.note.location, "E702", message, hint)


def _no_card(identified: IdentifiedNote) -> Diagnostic:
    message = "Anki would not make any card from this note"
    hint = "a question needs text; a cloze needs at least one ==gap=="
    return Diagnostic(identified.note.location, "E703", message, hint)
