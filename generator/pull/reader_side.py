"""Where the reader's notes come from: an export, a synced folder, a running Anki."""

import base64
import html
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from msgspec import Struct, ValidationError, convert, field

from generator.apkg.opening import (
    DATABASE,
    LEGACY,
    NEW,
    TROUBLE,
    ContentError,
    is_flat,
    is_zip,
    open_database,
    open_zip,
    pieces_of,
    reason_of,
    unpacked,
)
from generator.errors import AdmonkiError
from generator.fields import ID
from generator.files import open_file, read_file
from generator.pull.collection import ReaderCard, ReaderNote, Review, read_collection

_LARGEST_MEDIUM: Final = 100 << 20  # AnkiWeb takes no larger one
_MOST_MEDIA: Final = 256 << 20  # of the reader's in one run
_LONGEST_INDEX: Final = 8 << 20
_LONGEST_VARINT: Final = 70  # bits
_PIECE: Final = 1 << 20
_BATCH: Final = 500  # notes per request

_T = TypeVar("_T")
Call: TypeAlias = Callable[[str, Mapping[str, object]], object]
"""Asks AnkiConnect for an action with parameters."""


def read_export(path: Path) -> tuple[ReaderNote, ...]:
    """Read what Anki exported, or the collection of a folder that `sync` keeps.

    Args:
        path: An .apkg or .colpkg in the new or the legacy layout, or a folder or file with a
            `collection.anki2`.

    Returns:
        All notes, ours and others'.

    Raises:
        AdmonkiError: E760 when it cannot be read, E761 when the new layout needs a library that
            is not installed.
    """
    try:
        return _read(path / "collection.anki2" if path.is_dir() else path)
    except TROUBLE as problem:
        message = " ".join(f"the export cannot be read: {reason_of(problem)}".split())[:300]
        hint = "export the deck again in Anki (File → Export), scheduling information included"
        raise AdmonkiError.at(path, "E760", message, hint) from problem


def is_new_layout(path: Path) -> bool:
    """Whether an export is in the layout that only newer versions of Anki read."""
    try:
        with open_zip(path) as package:
            return NEW in package.namelist()
    except TROUBLE:
        return False


def _read(path: Path) -> tuple[ReaderNote, ...]:
    if not is_zip(path):
        with open_file(path, most=DATABASE):
            size = path.stat().st_size
        with open_database(path, size=size, is_live=True) as guarded:
            return read_collection(guarded)
    with open_zip(path) as package:
        names = package.namelist()
        found = next((name for name in (NEW, *LEGACY) if name in names), None)
        if found is None:
            raise ContentError("it holds no collection")
        pieces = pieces_of(package, found)
        if found == NEW:
            pieces = _decompress(path, pieces)
        with unpacked(path, pieces) as guarded:
            return read_collection(guarded)


def _decompress(path: Path, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress zstd piece by piece."""
    zstd = _zstd(path)
    decompressor = zstd.ZstdDecompressor()
    try:
        for piece in pieces:
            data = piece
            while not decompressor.eof:
                unpacked_piece: bytes = decompressor.decompress(data, max_length=_PIECE)
                yield unpacked_piece
                if decompressor.needs_input:
                    break
                data = b""
    except zstd.ZstdError as problem:
        raise ContentError("it is damaged") from problem


def _zstd(path: Path) -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    text = "the export is in Anki's new layout, which needs a library for zstd"
    hint = "pip install backports.zstd, or export with 'Support older Anki versions' ticked"
    raise AdmonkiError.at(path, "E761", text, hint)


def media_of(path: Path) -> Callable[[str], bytes | None]:
    """Give access to the media of an export or of a collection's folder.

    Args:
        path: See `read_export`.

    Returns:
        What reads a file's content by its name in a field; None for one that is not there or too
        large.
    """
    media = _Media(path)

    def read(name: str) -> bytes | None:
        try:
            return media.read(name) if is_flat(name) else None
        except TROUBLE:
            return None

    return read


class _Media:
    """The media of an export or of a collection's folder, of which a part is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left = _MOST_MEDIA

    def read(self, name: str) -> bytes | None:
        """Read a file by its name in a field."""
        path = self._path
        if path.is_dir() or not is_zip(path):
            media = (path if path.is_dir() else path.parent) / "collection.media"
            content = read_file(media / name, most=self._most, inside=media)
        elif name not in self._entries:
            return None
        else:
            with open_zip(path) as package:
                content = self._unpack(package, self._entries[name], most=self._most)
        self._left -= len(content)
        return content

    @property
    def _most(self) -> int:
        return max(0, min(self._left, _LARGEST_MEDIUM))

    @cached_property
    def _entries(self) -> dict[str, str]:
        """Name → entry of the zip."""
        with open_zip(self._path) as package:
            index = self._unpack(package, "media", most=_LONGEST_INDEX)
            names = _names(index) if NEW in package.namelist() else json.loads(index)
        return {str(held): str(entry) for entry, held in names.items()}

    def _unpack(self, package: zipfile.ZipFile, name: str, *, most: int) -> bytes:
        pieces, data = pieces_of(package, name), bytearray()
        for piece in _decompress(self._path, pieces) if NEW in package.namelist() else pieces:
            data += piece
            if len(data) > most:
                raise ContentError("an entry of it is too large")
        return bytes(data)


def _names(index: bytes) -> dict[str, str]:
    """Names in the index of the new layout: protobuf `MediaEntries { repeated { name = 1 } = 1 }`.

    Source: Anki's proto/anki/import_export.proto.
    """
    names, at = [], 0
    while at < len(index):
        size, at = _varint(index, at + 1)
        length, start = _varint(index, at + 1)  # the entry's first field is its name
        names.append(index[start : start + length].decode())
        at += size
    return {str(number): name for number, name in enumerate(names)}


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while shift < _LONGEST_VARINT:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if not data[at - 1] & 0x80:
            return value, at
    raise ContentError("its list of media is damaged")


def running_media(call: Call) -> Callable[[str], bytes | None]:
    """Give access to the media of a running Anki.

    Args:
        call: A checked connection to AnkiConnect.
    """

    def read(name: str) -> bytes | None:
        found = call("retrieveMediaFile", {"filename": name}) if is_flat(name) else None
        return base64.b64decode(found) if isinstance(found, str) else None

    return read


def read_running(
    call: Call, note_types: Sequence[str], guids: Mapping[str, str], *, with_reviews: bool = False
) -> tuple[ReaderNote, ...]:
    """Read the notes of our types from a running Anki.

    Args:
        call: A checked connection to AnkiConnect.
        note_types: Names of our note types.
        guids: What the field `ID` shows → GUID, which AnkiConnect does not return. Of notes with
            one `ID` the oldest has it: the others are copies.
        with_reviews: Whether to ask for the reviews of all cards, too.

    Raises:
        AdmonkiError: E756 for an answer of another shape than the add-on's.
    """
    try:
        return tuple(_running_notes(call, note_types, guids, with_reviews=with_reviews))
    except ValidationError as problem:
        text = f"the answer does not come from AnkiConnect: {problem}"
        raise AdmonkiError.at("AnkiConnect", "E756", text) from problem


def _running_notes(
    call: Call, note_types: Sequence[str], guids: Mapping[str, str], *, with_reviews: bool
) -> Iterator[ReaderNote]:
    query = " OR ".join(f'"note:{name}"' for name in note_types)
    unseen = dict(guids)
    held = sorted(convert(call("findNotes", {"query": query}), list[int]))
    for start in range(0, len(held), _BATCH):
        found = _listed(call("notesInfo", {"notes": held[start : start + _BATCH]}), _NoteInfo)
        cards = [card for note in found for card in note.cards]
        by_number = _running_cards(call, cards, with_reviews=with_reviews)
        yield from (_running_note(note, by_number, unseen) for note in found)


class _FieldInfo(Struct):
    """A field in the answer to `notesInfo`."""

    value: str


class _NoteInfo(Struct, rename={"note_type": "modelName"}):
    """A note in the answer to `notesInfo`."""

    note_type: str = ""
    mod: int = 0
    fields: dict[str, _FieldInfo] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    cards: tuple[int, ...] = ()


class _CardInfo(Struct, rename={"number": "cardId", "deck": "deckName"}):
    """A card in the answer to `cardsInfo`."""

    number: int
    ord: int = 0
    deck: str = ""
    queue: int = 0
    flags: int = 0
    lapses: int = 0


class _ReviewInfo(Struct):
    """A review in the answer to `getReviewsOfCards`."""

    id: int
    ease: int
    time: int
    type: int


def _listed(value: object, kind: type[_T]) -> list[_T]:
    """Read records; what is missing in Anki is an empty one."""
    return [convert(item, kind) for item in convert(value, list[Any]) if item]


def _running_cards(
    call: Call, numbers: Sequence[int], *, with_reviews: bool
) -> dict[int, ReaderCard]:
    asked = {"cards": list(numbers)}
    reviews = call("getReviewsOfCards", asked) if with_reviews else {}
    logs = convert(reviews, dict[int, list[_ReviewInfo]], strict=False)
    return {
        info.number: ReaderCard(
            info.ord,
            info.deck,
            info.queue == -1,
            info.flags & 7,
            info.lapses,
            tuple(Review(r.id, r.ease, r.time, r.type) for r in logs.get(info.number, ())),
        )
        for info in _listed(call("cardsInfo", asked), _CardInfo)
    }


def _running_note(
    info: _NoteInfo, cards: Mapping[int, ReaderCard], unseen: dict[str, str]
) -> ReaderNote:
    fields = {name: held.value for name, held in info.fields.items()}
    return ReaderNote(
        guid=unseen.pop(html.unescape(fields.get(ID, "")), ""),
        note_type=info.note_type,
        mod_s=info.mod,
        fields=fields,
        tags=info.tags,
        cards=tuple(cards[number] for number in info.cards if number in cards),
    )
