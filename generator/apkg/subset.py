"""A package made of some notes of another, and the media of a package."""

import json
import sqlite3
import zipfile
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path

_COLLECTION, _INDEX = "collection.anki2", "media"  # see `archive.entries_of`


def write_subset(package: Path, target: Path, guids: Collection[str]) -> None:
    """Write a package with some of the notes of another.

    Args:
        package: One of ours, already read by `read_package`.
        target: Where the new one goes.
        guids: Which notes.
    """
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(target, "w") as new:
        data, texts = _keep(old.read(_COLLECTION), guids)
        index = json.loads(old.read(_INDEX))
        kept = {entry: name for entry, name in index.items() if _is_shown(name, texts)}
        new.writestr(_COLLECTION, data)
        new.writestr(_INDEX, json.dumps(kept))
        for entry in kept:
            new.writestr(entry, old.read(entry))


def read_media(package: Path, texts: Iterable[str]) -> dict[str, bytes]:
    """Read the media of a package that fields refer to, and those of the theme.

    Args:
        package: One of ours, already read by `read_package`.
        texts: The fields.

    Returns:
        Name → bytes.
    """
    joined = "\n".join(texts)
    with zipfile.ZipFile(package) as archive:
        index = json.loads(archive.read(_INDEX))
        return {
            name: archive.read(entry) for entry, name in index.items() if _is_shown(name, joined)
        }


def _is_shown(name: str, texts: str) -> bool:
    return name.startswith("_") or name in texts


def _keep(data: bytes, guids: Collection[str]) -> tuple[bytes, str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(data)
        db.execute("CREATE TEMP TABLE kept (guid TEXT PRIMARY KEY)")
        db.executemany("INSERT INTO kept VALUES (?)", [(guid,) for guid in guids])
        db.execute("DELETE FROM notes WHERE guid NOT IN (SELECT guid FROM kept)")
        db.execute("DELETE FROM cards WHERE nid NOT IN (SELECT id FROM notes)")
        texts = "\n".join(fields for (fields,) in db.execute("SELECT flds FROM notes"))
        return db.serialize(), texts
