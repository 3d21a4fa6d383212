"""The folder of our own collection: ownership, account, and rollback of a failed sync."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from generator.errors import AdmonkiError
from generator.files import SETTINGS, STAGED, read_file, replace_file
from generator.json_text import parse_json

COLLECTION = "collection.anki2"
_NAME = "admonki-sync.json"
_BEFORE = "collection.before"
"""Backup of the collection while a sync is running."""


class Mirrored(Struct, frozen=True):
    """The collection that a folder mirrors.

    Attributes:
        server: On which server.
        user: Whose account.
    """

    server: str
    user: str


def open_folder(folder: Path, *, server: str, user: str) -> None:
    """Create or reuse the folder of our own collection.

    Args:
        folder: Where the collection is or will be.
        server: The server that it mirrors.
        user: Whose account.

    Raises:
        AdmonkiError: E753 when the folder holds something that is not ours, mirrors another
            account, or cannot be used.
    """
    place = folder / _NAME
    wanted = Mirrored(server, user)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        if not place.exists():
            if any(folder.iterdir()):
                raise _foreign(folder, "is not a folder of admonki sync")
            replace_file(place, json.dumps(asdict(wanted), indent=1).encode())
        found = _parse(read_file(place, most=SETTINGS).decode())
    except OSError as error:
        hint = "choose another --folder, or make this one writable and free disk space"
        raise _foreign(folder, f"cannot be used: {error.strerror or error}", hint) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _foreign(folder, f"holds an unreadable {_NAME}") from error
    if found != wanted:
        raise _foreign(folder, "mirrors another account")


@contextmanager
def undoable(folder: Path) -> Iterator[None]:
    """Restore the collection when something fails, or when the process is killed."""
    collection, before = folder / COLLECTION, folder / _BEFORE
    _restore(collection, before)  # of a run that was killed
    if collection.exists():
        staged = folder / f"{_BEFORE}.new"
        shutil.copy2(collection, staged)
        staged.replace(before)
    try:
        yield
    except BaseException:
        if before.exists():
            _restore(collection, before)
        else:
            _remove(collection)
        raise
    before.unlink(missing_ok=True)


def _restore(collection: Path, before: Path) -> None:
    if before.exists():
        _remove(collection)
        before.replace(collection)


def _remove(collection: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        collection.with_name(collection.name + suffix).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove files left half written by a full disk or a killed run."""
    for left in (*folder.glob(f"{STAGED}*.new"), *folder.glob(f"{_BEFORE}.new")):
        left.unlink(missing_ok=True)


def _parse(text: str) -> Mirrored:
    value: Any = parse_json(text)
    return Mirrored(str(value["server"]), str(value["user"]))


def _foreign(folder: Path, why: str, hint: str = "") -> AdmonkiError:
    hint = hint or "choose another --folder; an Anki profile's own folder must never be used"
    return AdmonkiError.at(folder, "E753", f"the folder {why}", hint)
