"""Our own mirror of a collection, through the official `anki` library."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.sync.account import Account
from generator.commands.sync.folder import COLLECTION
from generator.errors import AdmonkiError

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.sync import SyncAuth, SyncOutput

_MEDIA_PATIENCE_S = 600
_TICK_S = 0.002
"""Anki does not send a change made in the millisecond in which the last sync ended."""


@contextmanager
def open_mirror(folder: Path, account: Account) -> Iterator["Mirror"]:
    """Open the collection of a folder and log in.

    Raises:
        AdmonkiError: E750 without the `anki` library, E752 when the server cannot be reached,
            refuses, or reports an error.
    """
    try:
        from anki.collection import Collection
        from anki.errors import AnkiException
    except ImportError as error:
        text = "the sync needs the official anki library"
        hint = "install it: pip install anki"
        raise AdmonkiError.at("sync", "E750", text, hint) from error
    try:
        collection = Collection(str(folder / COLLECTION))
        try:
            auth = collection.sync_login(account.user, account.password, account.url or None)
            yield Mirror(collection, auth, account)
        finally:
            collection.close()
    except AnkiException as error:
        raise _trouble(account, folder, error) from error


class Mirror:
    """An open collection with its server."""

    def __init__(self, collection: "Collection", auth: "SyncAuth", account: Account) -> None:
        self.collection = collection
        self._auth = auth
        self._account = account

    def download(self) -> str:
        """Bring the mirror up to date before anything is imported.

        Returns:
            What happened, in one word: `current`, `synced`, `downloaded` or `empty` (nothing on
            the server yet).

        Raises:
            AdmonkiError: E754 when all cards of the account are gone and the mirror has some.
        """
        out = self._sync()
        kinds = out.ChangesRequired
        if out.required == kinds.FULL_UPLOAD and self.collection.card_count():
            raise self._emptied()
        if out.required not in (kinds.NO_CHANGES, kinds.FULL_UPLOAD):
            self._full(upload=False)
        time.sleep(_TICK_S)
        if out.required == kinds.NO_CHANGES:
            return "synced"  # only a server without cards asks for a full upload
        return "empty" if out.required == kinds.FULL_UPLOAD else "downloaded"

    def upload(self) -> None:
        """Send all changes, media included, and check that nothing is left to send.

        Raises:
            AdmonkiError: E754 when the server would need a full upload over its collection.
        """
        out = self._sync()
        kinds = out.ChangesRequired
        if out.required == kinds.FULL_UPLOAD:
            self._full(upload=True)
        elif out.required != kinds.NO_CHANGES:
            text = "the server asks for a full sync, which would replace a collection"
            hint = "sync your other devices first, then run this again: it starts from the server"
            raise AdmonkiError.at(self._account.server, "E754", text, hint)
        self._wait_for_media()

    def _emptied(self) -> AdmonkiError:
        text = "the account has no cards, but admonki's copy of it has: nothing was sent"
        hint = "delete the copy's folder and sync again; --restore brings deleted cards back"
        return AdmonkiError.at(self._account.server, "E754", text, hint)

    def _sync(self) -> "SyncOutput":
        out = self.collection.sync_collection(self._auth, True)
        if out.new_endpoint:
            self._auth.endpoint = out.new_endpoint
        self._media_usn = out.server_media_usn
        return out

    def _full(self, *, upload: bool) -> None:
        self.collection.close_for_full_sync()
        try:
            self.collection.full_upload_or_download(
                auth=self._auth, server_usn=self._media_usn, upload=upload
            )
        finally:
            self.collection.reopen(after_full_sync=True)
        self._wait_for_media()

    def _wait_for_media(self) -> None:
        deadline = time.monotonic() + _MEDIA_PATIENCE_S
        while self.collection.media_sync_status().active:
            if time.monotonic() > deadline:
                self.collection.abort_media_sync()
                text = f"the media were not synced within {_MEDIA_PATIENCE_S} s"
                raise AdmonkiError.at(self._account.server, "E752", text)
            time.sleep(0.05)


def _trouble(account: Account, folder: Path, error: Exception) -> AdmonkiError:
    """The error in Anki's words, with a hint."""
    from anki.errors import DBError, NetworkError, SyncError, SyncErrorKind

    words = " ".join(str(error).split()) or type(error).__name__
    if account.password:  # should they hold it
        words = re.sub(rf"(?<!\w){re.escape(account.password)}(?!\w)", "***", words)
    place, hint = account.server, "try again; Anki's own sync may report more details"
    if isinstance(error, SyncError) and error.kind == SyncErrorKind.AUTH:
        hint = "check user and password"
    elif isinstance(error, NetworkError):
        hint = "check the connection and the address"
    elif isinstance(error, DBError):
        place = folder.as_posix()
        hint = (
            "check that no other program uses the folder and the disk is not full; else remove the "
            "folder: the next sync downloads the collection again"
        )
    return AdmonkiError.at(place, "E752", words[:300], hint)
