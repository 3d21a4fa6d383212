"""The lock: what is remembered about each card between two builds."""

from dataclasses import dataclass
from pathlib import Path

LOCK_NAME = "admonki.lock"
LOCK_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A card as the last build knew it.

    Attributes:
        key: What outlives edits; never changes once given, shown in the field `ID`.
        guid: Anki's note GUID; never changes.
        mod_s: `mod` of the build that first held the present content.
        content_hash: Of the packaged fields and tags; empty when unknown.
        sketch: Of the answer's words, see `sketch.py`; empty when there is no answer.
        note_type: `basic` or `cloze`; Anki refuses to change it under one GUID.
        nth: How many cards with the same question stand before it on its page.
        explicit_id: As written in the page, or empty.
        page: See `SourceFile.page`.
        section: Headings above, joined by ` › `.
        question: Plain text, see `shorten`.
        is_gone: It left the pages; kept so that it gets its GUID back when it returns.
    """

    key: str
    guid: str
    mod_s: int
    content_hash: str
    sketch: str
    note_type: str
    nth: int
    explicit_id: str
    page: str
    section: str
    question: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class NoteTypeEntry:
    """A note type as the last build knew it.

    Attributes:
        name: Its name in Anki.
        schema: Hash of what may never change: field and template ids, names and order.
        style: Hash of what may change in place: CSS and template text.
        mod_s: `mod` of the build that first held the present style.
    """

    name: str
    schema: str
    style: str
    mod_s: int


@dataclass(frozen=True, slots=True)
class Lock:
    """The memory of a project's cards; the empty one stands for a project never built.

    Attributes:
        version: Of the file format.
        namespace: Sets this project's GUIDs apart from those of other projects; empty before
            the first build.
        epoch_s: Where row ids in the packages start; 0 before the first build.
        note_types: Sorted by name.
        entries: Sorted by page and key.
    """

    version: int = LOCK_VERSION
    namespace: str = ""
    epoch_s: int = 0
    note_types: tuple[NoteTypeEntry, ...] = ()
    entries: tuple[Entry, ...] = ()


def lock_path(folder: Path) -> Path:
    """Where the lock of a project is.

    Args:
        folder: The folder of the configuration file, or of the sources when there is none.

    Returns:
        The path of the lock, whether it exists or not.
    """
    return folder / LOCK_NAME


def sort_order(entry: Entry) -> tuple[str, str]:
    """Order of entries in the lock: a page's cards together, so that merges seldom collide."""
    return entry.page, entry.key
