"""Packages onto the disk: all of them or none, each whole at every moment.

`stage` writes every package of a build beside its place under a temporary name and reads it
back; `commit` moves them into place. A failure while staging leaves the old packages alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from generator.apkg import temporary
from generator.apkg.archive import Share, make_archive
from generator.apkg.commit import StagedPackage, commit, refusals
from generator.apkg.fingerprint import Counts, find_current, hash_content, make_comment
from generator.apkg.media import collect_media
from generator.apkg.notetypes import NoteType
from generator.apkg.rows import LARGE_NOTES, make_database
from generator.apkg.verify import find_in_database, find_on_disk
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.model import IdentifiedNote

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """A package to write.

    Attributes:
        path: Where it goes.
        notes: What it holds.
        is_untouched: Whether a package that stands there is known to be whole.
    """

    path: Path
    notes: Sequence[IdentifiedNote]
    is_untouched: bool = False


def write_package(
    path: Path, notes: Sequence[IdentifiedNote], *, note_types: Sequence[NoteType]
) -> StagedPackage:
    """Write one package; `stage` and `commit` in one go.

    Args:
        path: Where it goes.
        notes: What it holds.
        note_types: Those of `note_types()`, with `mod_s` set.

    Returns:
        What was written.

    Raises:
        AdmonkiError: See `stage` and `commit`.
    """
    staged = stage((Plan(path, notes),), note_types=note_types)
    commit(staged)
    return staged[0]


def stage(
    plans: Iterable[Plan], *, note_types: Sequence[NoteType], jobs: int = 1
) -> tuple[StagedPackage, ...]:
    """Write packages under temporary names and read each back.

    Args:
        plans: The packages of a build.
        note_types: Those of `note_types()`, with `mod_s` set.
        jobs: How many threads may share the work; the bytes are the same.

    Returns:
        What `commit` needs, in the order of `plans`.

    Raises:
        AdmonkiError: E702 for two notes with one GUID, E703 for a note without cards, E704 for
            media that cannot be taken along, E705 when the disk refuses, E706 when what is read
            back is not what was written. Nothing is left behind then.
    """
    if not all(kind.mod_s > 0 for kind in note_types):
        raise ValueError("note types need their mod_s, and row ids their epoch")
    drafts = [_Draft(plan, note_types) for plan in plans]
    folders = {draft.path.parent for draft in drafts}
    for folder in folders:
        temporary.sweep(folder)
    found = [_reported(draft.find_current) for draft in drafts]
    missing = [number for number, result in enumerate(found) if result is None]
    missing.sort(key=lambda number: -len(drafts[number].notes))
    threads = ThreadPoolExecutor(jobs)
    try:
        written = threads.map(lambda number: _reported(drafts[number].write), missing)
        done = _without_problems(chain(filter(None, found), written))
    except BaseException:  # Ctrl-C, too
        threads.shutdown(cancel_futures=True)
        for folder in folders:
            temporary.withdraw(folder)
        raise
    threads.shutdown()
    return tuple(done[draft.path] for draft in drafts)


def _reported(step: Callable[[], T]) -> T | tuple[Diagnostic, ...]:
    """Take what is wrong with a package as a result, so that the others are looked at, too."""
    try:
        return step()
    except AdmonkiError as problem:
        return problem.diagnostics


def _without_problems(
    results: Iterable[StagedPackage | tuple[Diagnostic, ...]],
) -> dict[Path, StagedPackage]:
    """Take what was staged, or raise all that is wrong."""
    done: dict[Path, StagedPackage] = {}
    diagnostics: set[Diagnostic] = set()
    for result in results:
        if isinstance(result, StagedPackage):
            done[result.path] = result
        else:
            diagnostics.update(result)
    if diagnostics:
        raise AdmonkiError(*sorted(diagnostics))
    return done


class _Draft:
    """A package on its way: see `stage`."""

    def __init__(self, plan: Plan, note_types: Sequence[NoteType]) -> None:
        self.path = plan.path
        self.notes = sorted(plan.notes, key=attrgetter("row_id", "due", "guid"))
        self.is_untouched = plan.is_untouched
        self.note_types = note_types

    def find_current(self) -> StagedPackage | None:
        """The package as it stands in its place, or None when it must be written."""
        _check_guids(self.path, self.notes)
        content = self._hash(self._media())
        known = find_current(self.path, content, is_whole=self.is_untouched)
        return StagedPackage(self.path, None, known) if known else None

    def write(self) -> StagedPackage:
        """Write the package under a temporary name and read it back."""
        with refusals(self.path), temporary.beside(self.path) as place:
            is_large = len(self.notes) > LARGE_NOTES
            collection = temporary.name_beside(self.path) if is_large else None
            try:
                counts = self._write(place, collection)
            finally:
                if collection:
                    temporary.remove(collection)
            return StagedPackage(self.path, place, counts)

    def _write(self, place: Path, collection: Path | None) -> Counts:
        media = self._media()
        database = make_database(collection, self.notes, note_types=self.note_types)
        if database.cardless:
            raise AdmonkiError(*(_no_card(self.notes[number]) for number in database.cardless))
        counts = Counts(database.notes, database.cards, database.decks, len(media))
        comment = make_comment(self._hash(media), counts)
        with _sharing(is_large=collection is not None) as share, database.mapped() as data:
            compare = partial(find_in_database, database, self.notes, self.note_types)
            pack = partial(make_archive, collection=data, media=media, comment=comment, share=share)
            difference, archive = share(_do, (compare, pack))
        place.write_bytes(archive)
        difference = difference or find_on_disk(place, archive, database, media)
        if difference:
            raise _not_as_written(self.path, difference)
        return counts

    def _media(self) -> list[tuple[str, bytes]]:
        """Read anew each time: all pictures of a site at once would fill the memory."""
        return collect_media(identified.note for identified in self.notes)

    def _hash(self, media: Sequence[tuple[str, bytes]]) -> str:
        return hash_content(self.notes, note_types=self.note_types, media=media)


def _do(task: Callable[[], T]) -> T:
    return task()


@contextmanager
def _sharing(*, is_large: bool) -> Iterator[Share]:
    """Let threads share what is worth it: SQLite and zlib let each other work."""
    if is_large:
        with ThreadPoolExecutor() as threads:
            yield threads.map
    else:
        yield map


def _check_guids(path: Path, notes: Sequence[IdentifiedNote]) -> None:
    """Refuse twins: Anki would import both and never tell them apart again."""
    counts = Counter(identified.guid for identified in notes)
    twins = [identified for identified in notes if counts[identified.guid] > 1]
    if twins:
        raise AdmonkiError(
            *(
                Diagnostic(
                    twin.note.location,
                    "E702",
                    f"two notes with the GUID {twin.guid!r} would go into {path.name}",
                    "give each question an id of its own",
                )
                for twin in twins
            )
        )


def _not_as_written(path: Path, difference: str) -> AdmonkiError:
    message = f"what was read back from the package is not what was written: {difference}"
    return AdmonkiError(Diagnostic(Location(path.as_posix()), "E706", message))


def _no_card(identified: IdentifiedNote) -> Diagnostic:
    return Diagnostic(
        identified.note.location,
        "E703",
        "Anki would make no card of this note",
        "a question needs text; a cloze needs at least one ==gap==",
    )
