"""Where the reader's notes come from: an export, a synced folder, a running Anki."""

import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn, TypeAlias

from generator.apkg.reader import TROUBLE
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.pull.collection import ReaderCard, ReaderNote, read_collection

_NEW: Final = "collection.anki21b"  # zstd, schema 18
_LEGACY: Final = ("collection.anki21", "collection.anki2")
_LARGEST: Final = 1 << 30  # bytes of a database
_BATCH: Final = 500  # notes per request

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
        return read_collection(_database(path))
    except TROUBLE as problem:
        _refuse(path, f"the export cannot be read: {problem or type(problem).__name__}")


def _database(path: Path) -> bytes:
    if path.is_dir():
        path = path / "collection.anki2"
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is larger than 1 GiB")
    if not zipfile.is_zipfile(path):
        return _snapshot(path)
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if _NEW in names:
            return _unpack(path, package.read(_entry(package, _NEW)))
        found = next((name for name in _LEGACY if name in names), None)
        if found is None:
            raise ValueError("it holds no collection")
        return package.read(_entry(package, found))


def _snapshot(path: Path) -> bytes:
    """A database file's content, with what its write-ahead log holds."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        return database.serialize()


def _entry(package: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    entry = package.getinfo(name)
    if entry.file_size > _LARGEST:
        raise ValueError("it unpacks to more than 1 GiB")
    return entry


def _unpack(path: Path, data: bytes) -> bytes:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            zstd = import_module(name)
        except ImportError:
            continue
        unpacked: bytes = zstd.ZstdDecompressor().decompress(data, max_length=_LARGEST + 1)
        if len(unpacked) > _LARGEST:
            raise ValueError("it unpacks to more than 1 GiB")
        return unpacked
    text = "the export is in Anki's new layout, which needs a library for zstd"
    hint = "pip install 'admonki[pull]', or export with 'Support older Anki versions' ticked"
    raise AdmonkiError(Diagnostic(Location(path.as_posix()), "E761", text, hint))


def _refuse(path: Path, message: str) -> NoReturn:
    hint = "export the deck again in Anki (File → Export), scheduling information included"
    where = Location(path.as_posix())
    raise AdmonkiError(Diagnostic(where, "E760", " ".join(message.split())[:300], hint))


def read_running(call: Call, note_types: Sequence[str]) -> tuple[ReaderNote, ...]:
    """Read the notes of our types from a running Anki.

    Args:
        call: A checked connection to AnkiConnect.
        note_types: Names of our note types.
    """
    query = " OR ".join(f'"note:{name}"' for name in note_types)
    ids = call("findNotes", {"query": query})
    found: list[ReaderNote] = []
    numbers = list(ids) if isinstance(ids, list) else []
    for start in range(0, len(numbers), _BATCH):
        batch = call("notesInfo", {"notes": numbers[start : start + _BATCH]})
        notes = [note for note in batch if note] if isinstance(batch, list) else []
        cards = _running_cards(call, [card for note in notes for card in note.get("cards", ())])
        found += (_running_note(note, cards) for note in notes)
    return tuple(found)


def _running_cards(call: Call, numbers: Sequence[int]) -> dict[int, ReaderCard]:
    infos = call("cardsInfo", {"cards": list(numbers)})
    return {
        int(info["cardId"]): ReaderCard(
            int(info.get("ord", 0)),
            str(info.get("deckName", "")),
            int(info.get("queue", 0)) == -1,
            int(info.get("flags", 0) or 0) & 7,
            int(info.get("lapses", 0)),
        )
        for info in (infos if isinstance(infos, list) else ())
        if info
    }


def _running_note(info: Mapping[str, object], cards: Mapping[int, ReaderCard]) -> ReaderNote:
    fields, numbers, tags = info.get("fields"), info.get("cards"), info.get("tags")
    held = fields.items() if isinstance(fields, dict) else ()
    return ReaderNote(
        guid="",
        note_type=str(info.get("modelName", "")),
        mod_s=int(str(info.get("mod", 0) or 0)),
        fields={str(name): str(value["value"]) for name, value in held},
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        cards=tuple(
            cards[number]
            for number in (numbers if isinstance(numbers, list) else ())
            if number in cards
        ),
    )
