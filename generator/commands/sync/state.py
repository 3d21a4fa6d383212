"""What a sync remembers beside its collection: that the folder is its own, and where cards went."""

import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import AdmonkiError, Diagnostic, Location
from generator.files import LOCK, read_file

_NAME = "admonki-sync.json"


@dataclass(frozen=True, slots=True)
class SyncState:
    """The memory of one collection.

    Attributes:
        server: Which server it mirrors.
        user: Whose account.
        placed: GUID → deck in which we left the note.
    """

    server: str
    user: str
    placed: dict[str, str] = field(default_factory=dict)


def open_folder(folder: Path, *, server: str, user: str) -> SyncState:
    """Make or take the folder of our own collection.

    Args:
        folder: Where the collection is or will be.
        server: The server that it mirrors.
        user: Whose account.

    Returns:
        What was remembered.

    Raises:
        AdmonkiError: E753 when the folder holds something that is not ours, or mirrors another
            account.
    """
    place = folder / _NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            if any(folder.iterdir()):
                raise _foreign(folder, "is not a folder of admonki sync")
            state = SyncState(server, user)
            write_state(folder, state)
            return state
        state = _parse(read_file(place, most=LOCK).decode())
    except OSError as error:
        raise _foreign(folder, f"cannot be used: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _foreign(folder, f"holds a {_NAME} that makes no sense") from error
    if (state.server, state.user) != (server, user):
        raise _foreign(folder, "mirrors another account")
    return state


def write_state(folder: Path, state: SyncState) -> None:
    """Remember, whole or not at all."""
    value = {"server": state.server, "user": state.user, "placed": state.placed}
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{_NAME}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
    Path(name).replace(folder / _NAME)


def _parse(text: str) -> SyncState:
    value = json.loads(text)
    placed = {str(guid): str(deck) for guid, deck in value["placed"].items()}
    return SyncState(str(value["server"]), str(value["user"]), placed)


def _foreign(folder: Path, why: str) -> AdmonkiError:
    hint = "choose another --folder; an Anki profile's own folder must never be used"
    place = Location(folder.as_posix())
    return AdmonkiError(Diagnostic(place, "E753", f"the folder {why}", hint))
