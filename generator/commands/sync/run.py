"""A complete sync: download, apply, upload."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.apkg.notetypes import note_type_ids
from generator.commands.sync.account import Account
from generator.commands.sync.apply import Outcome, Wish, apply
from generator.commands.sync.collection import CollectionHoldings
from generator.commands.sync.folder import open_folder, undoable
from generator.commands.sync.mirror import open_mirror
from generator.commands.sync.source import Source, read_source
from generator.errors import AdmonkiError


def run_sync(account: Account, folder: Path, wish: Wish, *, tell: Callable[[str], None]) -> Outcome:
    """Bring packages to the devices of an account.

    Args:
        account: Whose collection.
        folder: Of our own collection; a dry run works in a temporary folder instead.
        wish: What to sync.
        tell: Called with one line for each step.

    Returns:
        What happened.

    Raises:
        AdmonkiError: E707 and E759 for packages, E750 to E754 for failures of the sync. Folder and
            server are unchanged then.
    """
    source = read_source(wish.packages)
    try:
        if folder.exists() or not wish.is_dry:
            open_folder(folder, server=account.server, user=account.user)
        if not wish.is_dry:
            return _run(account, folder, wish, source, tell=tell)
        with TemporaryDirectory(prefix="admonki-sync-") as temporary:
            return _run(account, Path(temporary), wish, source, tell=tell)
    except OSError as error:
        text = f"the sync cannot continue: {error.strerror or error}"
        hint = "check disk space and write permission of the folder; nothing has changed"
        raise AdmonkiError.at(folder, "E753", text, hint) from error


def _run(
    account: Account, folder: Path, wish: Wish, source: Source, *, tell: Callable[[str], None]
) -> Outcome:
    with undoable(folder), open_mirror(folder, account) as mirror:
        tell(f"{account.server}: {_BEGAN[mirror.download()]}")
        types = note_type_ids(source.project)
        holdings = CollectionHoldings(mirror.collection, source.project, types)
        holdings.remove_orphans(note.row_id for note in source.notes.values())
        outcome = apply(holdings, source, wish)
        if not wish.is_dry:
            mirror.upload()
        return outcome


_BEGAN = {
    "synced": "up to date",
    "downloaded": "collection downloaded",
    "empty": "no collection there yet",
}
