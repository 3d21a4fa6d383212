"""One sync from end to end: download, import, move, retire, upload."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.apkg.notetypes import note_type_ids
from generator.apkg.reader import Package, read_package
from generator.commands.sync.account import Account
from generator.commands.sync.mirror import ImportCounts, Mirror, open_mirror
from generator.commands.sync.plan import Move, OwnNote, next_placed, plan_moves, plan_removals
from generator.commands.sync.state import SyncState, open_folder, write_state
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.identity.lock import Lock


@dataclass(frozen=True, slots=True)
class Wish:
    """What to sync.

    Attributes:
        packages: Files to import, in order.
        lock: The project's lock; the empty one when there is none.
        retire: What to do with own notes that left the source: `keep`, `suspend` or `delete`.
        is_dry: Say what would happen, and send nothing.
    """

    packages: tuple[Path, ...]
    lock: Lock
    retire: str = "keep"
    is_dry: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sync did, or would do.

    Attributes:
        began: See `Mirror.download`.
        counts: What the imports did, one a package.
        moves: Notes that went to another deck.
        left: Own notes that are not in the source any more, and were not yet retired.
    """

    began: str
    counts: tuple[ImportCounts, ...]
    moves: tuple[Move, ...]
    left: tuple[OwnNote, ...]


def run_sync(account: Account, folder: Path, wish: Wish, *, tell: Callable[[str], None]) -> Outcome:
    """Bring packages to the devices of an account.

    Args:
        account: Whose collection.
        folder: Of our own collection; a dry run leaves it alone and works in a temporary one.
        wish: What to sync.
        tell: Told each step in a line.

    Returns:
        What happened.

    Raises:
        AdmonkiError: E707 for a package that cannot be read, E750 to E755 for trouble on the way;
            what was not sent by then is sent by the next run.
    """
    packages = tuple(read_package(path) for path in wish.packages)
    if not wish.is_dry:
        state = open_folder(folder, server=account.server, user=account.user)
        return _run(account, folder, wish, packages, state, tell=tell)
    state = SyncState(account.server, account.user)
    if folder.exists():
        state = open_folder(folder, server=account.server, user=account.user)
    with TemporaryDirectory(prefix="admonki-sync-") as temporary:
        return _run(account, Path(temporary), wish, packages, state, tell=tell)


def _run(
    account: Account,
    folder: Path,
    wish: Wish,
    packages: Sequence[Package],
    state: SyncState,
    *,
    tell: Callable[[str], None],
) -> Outcome:
    wanted = {note.guid: note.deck for package in packages for note in package.notes}
    with open_mirror(folder, account) as mirror:
        began = mirror.download()
        tell(f"{account.server}: {_BEGAN[began]}")
        counts = tuple(_import(mirror, path, tell) for path in wish.packages)
        note_types = note_type_ids(wish.lock.project.id)
        notes = mirror.own_notes(note_types)
        moves = plan_moves(notes, wanted, state.placed)
        mirror.move(moves)
        left = _left(notes, wish, wanted, state)
        if wish.retire == "suspend":
            mirror.suspend(left)
        elif wish.retire == "delete":
            mirror.remove(left)
        outcome = Outcome(began, counts, moves, left)
        if wish.is_dry:
            return outcome
        mirror.upload()
        placed = next_placed(mirror.own_notes(note_types), wanted, state.placed)
    write_state(folder, replace(state, placed=placed))
    return outcome


_BEGAN = {
    "synced": "up to date",
    "downloaded": "collection downloaded",
    "empty": "no collection there yet",
}


def _import(mirror: Mirror, path: Path, tell: Callable[[str], None]) -> ImportCounts:
    counts = mirror.import_package(path)
    tell(f"{path.name}: {counts.new} new, {counts.updated} updated, {counts.unchanged} unchanged")
    if counts.conflicting:
        text = f"Anki refused {counts.conflicting} notes: their note type was changed in Anki"
        hint = "undo the change of the note type's fields there; nothing was sent"
        raise AdmonkiError(Diagnostic(Location(path.as_posix()), "E755", text, hint))
    return counts


def _left(
    notes: Sequence[OwnNote], wish: Wish, wanted: dict[str, str], state: SyncState
) -> tuple[OwnNote, ...]:
    living = [entry.guid for entry in wish.lock.entries if not entry.is_gone]
    gone = [entry.guid for entry in wish.lock.entries if entry.is_gone]
    left = plan_removals(notes, wanted, living, [*gone, *state.placed])
    return tuple(note for note in left if wish.retire == "delete" or not note.is_suspended)
