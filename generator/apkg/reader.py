"""Read a package back: ours for checking and comparing, a stranger's without trusting it."""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.apkg.opening import (
    LEGACY,
    NEW,
    TROUBLE,
    ContentError,
    Guarded,
    is_flat,
    open_zip,
    pieces_of,
    reason_of,
    unpacked,
    whole,
)
from generator.errors import AdmonkiError
from generator.json_text import Json

_INDEX = 8 << 20  # bytes of the list of media


class PackageNoteType(Struct, frozen=True):
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


class PackageNote(Struct, frozen=True):
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

    @property
    def card_rows(self) -> dict[int, int]:
        """Ordinal → row id of its cards in a package of ours, see `Row`."""
        return {number: self.row_id + place for place, number in enumerate(self.cards, start=1)}


class Package(Struct, frozen=True):
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
        with open_zip(path) as package:
            name = _collection_name(package)
            media = _read_media(package)
            with unpacked(path, pieces_of(package, name)) as guarded:
                return _read_collection(guarded, media=media)
    except TROUBLE as problem:
        message = " ".join(f"the package cannot be read: {reason_of(problem)}".split())
        hint = "build it again, or export it again with 'Support older Anki versions' ticked"
        raise AdmonkiError.at(path, "E707", message, hint) from problem


def _collection_name(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    found = next((name for name in LEGACY if name in names), "")
    # Newer exports add a stub `collection.anki2` that only says "please update".
    if not found or NEW in names:
        raise ContentError("it is in a layout that older Anki versions cannot read")
    return found


def _read_media(package: zipfile.ZipFile) -> tuple[str, ...]:
    """Names of the media; each entry is read once for its checksum."""
    if "media" not in package.namelist():
        return ()
    if package.getinfo("media").file_size > _INDEX:
        raise ContentError("its list of media is too long")
    index = json.loads(package.read("media"))
    for entry, name in index.items():
        if not isinstance(name, str) or not is_flat(name):
            raise ContentError(f"it holds a media file with the unsafe name {str(name)[:80]!r}")
        for _ in pieces_of(package, entry):
            pass
    return tuple(sorted(index.values()))


def _read_collection(guarded: Guarded, *, media: tuple[str, ...]) -> Package:
    ((models, decks),) = (map(str, row) for row in guarded.rows("col", "models", "decks"))
    deck_names = {int(id_): str(deck["name"]) for id_, deck in json.loads(decks).items()}
    cards: dict[int, list[tuple[int, int, int]]] = {}
    rows = guarded.rows("cards", "id", "nid", "did", "ord", "due")
    for _, note, deck, ordinal, due in sorted(tuple(map(whole, row)) for row in rows):
        cards.setdefault(note, []).append((deck, ordinal, due))
    found = _read_notes(guarded, cards=cards, deck_names=deck_names)
    notes = tuple(sorted(found, key=lambda note: note.row_id))
    models_read = json.loads(models).values()
    kinds = sorted((_note_type(model) for model in models_read), key=lambda kind: kind.id)
    used = tuple(sorted({note.deck for note in notes} - {""}))
    return Package(notes, tuple(kinds), used, media)


def _read_notes(
    guarded: Guarded,
    *,
    cards: Mapping[int, Sequence[tuple[int, int, int]]],
    deck_names: Mapping[int, str],
) -> Iterator[PackageNote]:
    rows = guarded.rows("notes", "id", "guid", "mid", "mod", "tags", "flds")
    for nid, guid, mid, mod, tags, fields in rows:
        own = cards.get(whole(nid), ())
        values, words = guarded.parts(fields, tags)
        yield PackageNote(
            row_id=whole(nid),
            guid=str(guid),
            mod_s=whole(mod),
            note_type=whole(mid),
            fields=values,
            tags=words,
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
