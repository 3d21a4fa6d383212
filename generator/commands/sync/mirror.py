"""Our own mirror of a collection, through the official `anki` library; the only importer of it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.sync.account import Account
from generator.commands.sync.plan import Move, OwnNote
from generator.errors import AdmonkiError, Diagnostic, Location

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.notes import NoteId
    from anki.sync import SyncAuth, SyncOutput

_SUSPENDED = -1  # cards.queue, Anki rslib card/mod.rs
_MEDIA_PATIENCE_S = 600


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What Anki said about an import.

    Attributes:
        new: Notes that were not there.
        updated: Notes that changed.
        unchanged: Notes that were as new or newer.
        conflicting: Notes that Anki refused.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicting: int = 0


@contextmanager
def open_mirror(folder: Path, account: Account) -> Iterator["Mirror"]:
    """Open the collection of a folder and log in.

    Args:
        folder: See `state.open_folder`.
        account: Whose collection it mirrors.

    Raises:
        AdmonkiError: E750 without the `anki` library, E752 when the server cannot be reached,
            refuses, or speaks of trouble.
    """
    try:
        from anki.collection import Collection
        from anki.errors import AnkiException
    except ImportError as error:
        text = "the sync needs the official anki library"
        hint = "pip install 'admonki[sync]'"
        raise AdmonkiError(Diagnostic(Location("sync"), "E750", text, hint)) from error
    try:
        collection = Collection(str(folder / "collection.anki2"))
        try:
            auth = collection.sync_login(account.user, account.password, account.url or None)
            yield Mirror(collection, auth, account)
        finally:
            collection.close()
    except AnkiException as error:
        raise _trouble(account, error) from error


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
        """
        out = self._sync()
        kinds = out.ChangesRequired
        if out.required == kinds.NO_CHANGES:
            return "synced"
        if out.required == kinds.FULL_UPLOAD:
            return "empty"  # only a server without a collection asks for this
        self._full(upload=False)
        return "downloaded"

    def upload(self) -> None:
        """Send what changed, media included, and see that nothing is left to send.

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
            raise AdmonkiError(Diagnostic(Location(self._account.server), "E754", text, hint))
        self._wait_for_media()

    def import_package(self, path: Path) -> ImportCounts:
        """Import a package as Anki does by default: newer notes and note types update."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        options = ImportAnkiPackageOptions()  # merge nothing, update what is newer
        request = ImportAnkiPackageRequest(package_path=str(path.resolve()), options=options)
        log = self.collection.import_anki_package(request).log
        return ImportCounts(
            len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)
        )

    def own_notes(self, note_types: Iterable[int]) -> tuple[OwnNote, ...]:
        """List the notes of the given note types."""
        query = """
            SELECT n.id, n.guid, c.did, c.odid, c.queue FROM notes n JOIN cards c ON c.nid = n.id
            WHERE n.mid = ? ORDER BY n.id, c.ord
        """
        found: dict[int, tuple[str, set[str], bool]] = {}
        database = self.collection.db
        assert database is not None  # noqa: S101 - an open collection has one
        for kind in note_types:
            for note, guid, deck, home, queue in database.execute(query, kind):
                _, decks, suspended = found.get(note, (guid, set(), True))
                decks.add(self.collection.decks.name(home or deck))  # lent to a filtered deck
                found[note] = (guid, decks, suspended and queue == _SUSPENDED)
        return tuple(OwnNote(i, g, frozenset(d), s) for i, (g, d, s) in found.items())

    def move(self, moves: Sequence[Move]) -> None:
        """Move cards to the decks that the source wants."""
        for move in moves:
            deck = self.collection.decks.id(move.new)
            cards = self.collection.card_ids_of_note(_note_id(move.note.id))
            assert deck is not None  # noqa: S101 - it is made when missing
            self.collection.set_deck(cards, deck)

    def suspend(self, notes: Iterable[OwnNote]) -> None:
        """Suspend the cards of notes."""
        self.collection.sched.suspend_notes([_note_id(note.id) for note in notes])

    def remove(self, notes: Iterable[OwnNote]) -> None:
        """Remove notes with their cards."""
        self.collection.remove_notes([_note_id(note.id) for note in notes])

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
                raise AdmonkiError(Diagnostic(Location(self._account.server), "E752", text))
            time.sleep(0.05)


def _note_id(number: int) -> "NoteId":
    from anki.notes import NoteId

    return NoteId(number)


def _trouble(account: Account, error: Exception) -> AdmonkiError:
    """Anki's words about what went wrong, without the password should they hold it."""
    words = " ".join(str(error).split()) or type(error).__name__
    shown = words.replace(account.password, "***") if account.password else words
    hint = "check address, user and password, and that no other program has the folder open"
    return AdmonkiError(Diagnostic(Location(account.server), "E752", shown[:300], hint))
