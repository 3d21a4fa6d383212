"""Read a package back: ours for checking and comparing, a stranger's without trusting it."""

import json
import lzma
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

from generator.errors import AdmonkiError, Diagnostic, Location

_COLLECTIONS = ("collection.anki21", "collection.anki2")  # both hold the same tables
_MAX_ENTRIES = 100_000
_MAX_COLLECTION = 1 << 30
_MAX_MEDIA = 1 << 32
_MAX_RATIO = 2_000  # a database of zeros deflates by 1,000
_STEPS = 200_000  # SQLite instructions between two looks at the budget
_BUDGET = 20_000  # looks: minutes of work, hours away from any honest package
TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    sqlite3.Error,
    OSError,
    EOFError,
    NotImplementedError,  # a compression method or encryption that zipfile does not know
    RuntimeError,  # an encrypted entry
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    MemoryError,
    OverflowError,
)
"""What zipfile, sqlite3 and a reading of strange data may raise."""
Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class PackageNoteType:
    """A note type in a package.

    Attributes:
        id, name, css, mod_s: As in `NoteType`.
        fields: Names in order.
        templates: Name, front and back of each card template.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    css: str
    mod_s: int


@dataclass(frozen=True, slots=True)
class PackageNote:
    """A note in a package.

    Attributes:
        row_id: Anki's row id, milliseconds since the epoch.
        guid: Anki's note GUID.
        mod_s: Modification time, seconds since the epoch.
        note_type: Id of its note type.
        fields: Values in the order of the note type's fields.
        tags: In the order they are stored.
        deck: Deck of its first card, "" without cards.
        due: Place of its first card among new cards.
        cards: Ordinals of its cards.
    """

    row_id: int
    guid: str
    mod_s: int
    note_type: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    due: int
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds.

    Attributes:
        notes: In the order of their rows.
        note_types: By id.
        decks: Names of the decks that hold cards, sorted.
        media: Names of the media, sorted.
    """

    notes: tuple[PackageNote, ...]
    note_types: tuple[PackageNoteType, ...]
    decks: tuple[str, ...]
    media: tuple[str, ...]


def read_package(path: Path) -> Package:
    """Read an .apkg in the legacy layout, whoever made it.

    Every entry is read to its end, so that the zip's checksums are checked. Sizes are bounded,
    nothing is unpacked to disk, and no name in the zip is used as a path.

    Args:
        path: The package.

    Returns:
        Its notes, note types, decks and media names.

    Raises:
        AdmonkiError: E707 when it is missing, too large, corrupt or in another layout.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_sizes(path, package)
            data = package.read(_collection_name(path, package))
            media = _read_media(path, package)
        with closing(sqlite3.connect(":memory:")) as db:
            _load(db, data)
            return _read_collection(db, media=media)
    except TROUBLE as problem:
        _refuse(path, f"the package cannot be read: {problem or type(problem).__name__}")


def _refuse(path: Path, message: str) -> NoReturn:
    raise AdmonkiError(
        Diagnostic(
            Location(path.as_posix()),
            "E707",
            " ".join(message.split()),
            "build it again, or export it anew with 'Support older Anki versions' ticked",
        )
    )


def _check_sizes(path: Path, package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _MAX_ENTRIES or len(set(names)) != len(names):
        _refuse(path, f"the package has {len(entries)} entries, too many or some twice")
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    largest = max((e.file_size for e in entries if e.filename in _COLLECTIONS), default=0)
    if largest > _MAX_COLLECTION or unpacked > min(_MAX_MEDIA, (packed + 1024) * _MAX_RATIO):
        _refuse(path, f"the package unpacks to {unpacked} bytes, which is too much")


def _collection_name(path: Path, package: zipfile.ZipFile) -> str:
    names = package.namelist()
    found = next((name for name in _COLLECTIONS if name in names), "")
    # Newer exports add a stub `collection.anki2` that only says "please update".
    if not found or "collection.anki21b" in names:
        _refuse(path, "the package is in a layout that older Anki versions cannot read")
    return found


def _read_media(path: Path, package: zipfile.ZipFile) -> tuple[str, ...]:
    """Names of the media; each entry is read once for its checksum."""
    index = json.loads(package.read("media")) if "media" in package.namelist() else {}
    for entry, name in index.items():
        if not isinstance(name, str) or not is_flat(name):
            _refuse(path, f"the package holds a media file with the unsafe name {name!r}")
        with package.open(entry) as stream:
            while stream.read(1 << 20):
                pass
    return tuple(sorted(index.values()))


def is_flat(name: str) -> bool:
    """Whether a name may stand in Anki's media folder: no path, no control characters."""
    return bool(name.strip(". ")) and not any(c in '/\\:*?"<>|' or ord(c) < 32 for c in name)


def _load(db: sqlite3.Connection, data: bytes) -> None:
    """Load a database that may be hostile: no views, no triggers, an end to our patience."""
    if not data:
        raise ValueError("its collection is empty")
    looks = iter(range(_BUDGET))
    db.deserialize(data)
    db.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= {"col", "notes", "cards"}:
        raise ValueError("it has no tables of Anki's")


def _read_collection(db: sqlite3.Connection, *, media: tuple[str, ...]) -> Package:
    models, decks = (
        json.loads(text) for text in db.execute("SELECT models, decks FROM col").fetchone()
    )
    deck_names = {int(id_): str(deck["name"]) for id_, deck in decks.items()}
    cards: dict[int, list[tuple[int, int, int]]] = {}
    for nid, did, ord_, due in db.execute("SELECT nid, did, ord, due FROM cards ORDER BY id"):
        cards.setdefault(nid, []).append((did, ord_, due))
    notes = tuple(_read_notes(db, cards=cards, deck_names=deck_names))
    kinds = sorted((_note_type(model) for model in models.values()), key=lambda kind: kind.id)
    used = tuple(sorted({note.deck for note in notes} - {""}))
    return Package(notes, tuple(kinds), used, media)


def _read_notes(
    db: sqlite3.Connection,
    *,
    cards: Mapping[int, Sequence[tuple[int, int, int]]],
    deck_names: Mapping[int, str],
) -> Iterator[PackageNote]:
    query = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    for nid, guid, mid, mod, tags, fields in db.execute(query):
        own = cards.get(nid, ())
        yield PackageNote(
            row_id=int(nid),
            guid=str(guid),
            mod_s=int(mod),
            note_type=int(mid),
            fields=tuple(fields.split("\x1f")),
            tags=tuple(tags.split()),
            deck=deck_names.get(own[0][0], "") if own else "",
            due=own[0][2] if own else 0,
            cards=tuple(ord_ for _, ord_, _ in own),
        )


def _note_type(model: Mapping[str, Json]) -> PackageNoteType:
    fields, templates = model["flds"], model["tmpls"]
    if not isinstance(fields, list) or not isinstance(templates, list):
        raise TypeError("a note type without fields")
    return PackageNoteType(
        id=int(str(model["id"])),
        name=str(model["name"]),
        fields=tuple(str(field["name"]) for field in fields),
        templates=tuple((str(t["name"]), str(t["qfmt"]), str(t["afmt"])) for t in templates),
        css=str(model["css"]),
        mod_s=int(str(model["mod"])),
    )
