"""Give each note its key, GUID and `mod`, and the lock its next state."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Diagnostic
from generator.identity.doubts import report_doubts
from generator.identity.exact import match_by_id, match_moved, match_on_page, match_repeated
from generator.identity.keys import project_of
from generator.identity.lock import LOCK_VERSION, Entry, Lock, sort_order
from generator.identity.pairing import Pairing
from generator.identity.rename import match_renamed
from generator.identity.stamper import Stamper
from generator.model import IdentifiedNote, Note, Project


class Scope(Struct, frozen=True):
    """What a build of some pages knows about the other pages.

    Attributes:
        known: Pages of which it is known whether their cards are still there.
        retired: Pages whose missing cards count as removed.
    """

    known: frozenset[str]
    retired: frozenset[str]


class Origin(Struct, frozen=True):
    """The source of identity for a project without a lock.

    Attributes:
        seed: Something stable and particular to the project (its site's URL), or empty.
        name: Its name for people, or empty.
    """

    seed: str = ""
    name: str = ""


def identify(
    notes: Sequence[Note],
    lock: Lock,
    *,
    now_s: int,
    origin: Origin | None = None,
    scope: Scope | None = None,
    refreshes: bool = False,
) -> tuple[tuple[IdentifiedNote, ...], Lock, tuple[Diagnostic, ...]]:
    """Match notes to the lock and stamp them.

    Args:
        notes: All notes of the build in reading order; `due` counts them through, so that
            Anki shows new cards in the order of the book even across decks.
        lock: What the last build remembered.
        now_s: Time of the build, whole seconds since the epoch.
        origin: Used only for a project that has no lock.
        scope: Of a build that did not read all pages of the project; None when it did.
        refreshes: Whether notes that only look different also get a new `mod`.

    Returns:
        The notes in the given order, the lock to write, and diagnostics. An unchanged lock is the
        same object that was passed.
    """
    project = _project(notes, lock, origin or Origin(), now_s)
    pairing = Pairing(notes, lock.entries, scope.known if scope else None)
    match_by_id(pairing)
    match_repeated(pairing)
    match_on_page(pairing)
    match_moved(pairing)
    match_renamed(pairing)
    report_doubts(pairing)
    stamper = Stamper(pairing, project.id, now_s=now_s, refreshes=refreshes)
    identified = stamper.stamp()
    entries = [*stamper.entries, *_left_over(pairing, scope)]
    is_same = lock.project == project and lock.version == LOCK_VERSION
    if is_same and {id(entry) for entry in entries} == {id(e) for e in lock.entries}:
        return identified, lock, tuple(pairing.diagnostics)
    in_order = tuple(sorted(entries, key=sort_order))
    next_lock = replace(lock, version=LOCK_VERSION, project=project, entries=in_order)
    return identified, next_lock, tuple(pairing.diagnostics)


def _project(notes: Sequence[Note], lock: Lock, origin: Origin, now_s: int) -> Project:
    if lock.project.id:
        is_named = lock.project.name or lock.version == LOCK_VERSION
        return lock.project if is_named else replace(lock.project, name=origin.name)
    contents = (f"{note.page}\t{note.question.text}" for note in notes)
    return Project(project_of(origin.seed, contents, now_s=now_s), origin.name)


def _left_over(pairing: Pairing, scope: Scope | None) -> list[Entry]:
    """Entries without a note: gone, unless the build did not read their page."""
    return [
        replace(entry, is_gone=True)
        if not entry.is_gone and (scope is None or entry.page in scope.retired)
        else entry
        for number, entry in enumerate(pairing.entries)
        if pairing.note_of[number] < 0
    ]
