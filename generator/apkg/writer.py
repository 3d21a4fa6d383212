"""Writing packages to disk: all of them or none, each intact at every moment.

`stage` writes every package of a build under a temporary name beside its target and reads it back;
`commit` moves them into place. A failure while staging leaves the old packages unchanged.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct

from generator.apkg import temporary
from generator.apkg.archive import entries_of, make_archive
from generator.apkg.collection import cut_collection, write_collection
from generator.apkg.commit import StagedPackage, refusals
from generator.apkg.fingerprint import Counts, find_current, hash_content, make_comment
from generator.apkg.media import collect_media
from generator.apkg.notetypes import NoteType
from generator.apkg.rows import Row, number_rows
from generator.apkg.verify import find_in_collection, find_in_part, find_on_disk
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.model import IdentifiedNote

_Problems: TypeAlias = tuple[Diagnostic, ...]
T = TypeVar("T")


class Plan(Struct, frozen=True):
    """A package to write.

    Attributes:
        path: Where it goes.
        notes: What it holds.
        is_untouched: Whether an existing package is known to be intact.
    """

    path: Path
    notes: Sequence[IdentifiedNote]
    is_untouched: bool = False


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
            media that cannot be included, E705 for disk errors, E706 when what is read back differs
            from what was written. No files remain then.
    """
    if not all(kind.mod_s > 0 for kind in note_types):
        raise ValueError("note types need their mod_s")
    drafts = _drafts(tuple(plans), note_types)
    folders = {draft.path.parent for draft in drafts}
    for folder in folders:
        temporary.sweep(folder)
    found = {draft.path: _reported(draft.find_current) for draft in drafts}
    missing = [draft for draft in drafts if found[draft.path] is None]
    try:
        written = _write(missing, jobs) if missing else ()
        done = _without_problems(chain(filter(None, found.values()), written))
    except BaseException:  # Ctrl-C, too
        for folder in folders:
            temporary.withdraw(folder)
        raise
    return tuple(done[draft.path] for draft in drafts)


def _drafts(plans: Sequence[Plan], note_types: Sequence[NoteType]) -> "tuple[_Draft, ...]":
    """Number the rows of all notes once, and give each package its own."""
    notes = {id(known): known for plan in plans for known in plan.notes}
    rows = number_rows(notes.values(), note_types=note_types)
    row_of = {id(row.note): row for row in rows}
    by_place = attrgetter("id")
    return tuple(
        _Draft(plan, sorted((row_of[id(known)] for known in plan.notes), key=by_place), note_types)
        for plan in plans
    )


def _write(drafts: "Sequence[_Draft]", jobs: int) -> Iterator[StagedPackage | _Problems]:
    """Write all notes into one database, then extract the packages from it."""
    rows = {row.id: row for draft in drafts for row in draft.rows}
    largest = max(drafts, key=lambda draft: len(draft.rows))
    with refusals(largest.path), temporary.beside(largest.path) as whole:
        ordered = [rows[number] for number in sorted(rows)]
        write_collection(whole, ordered)
        with closing(sqlite3.connect(whole)) as db:
            difference = find_in_collection(db, ordered)
        if difference:
            raise _not_as_written(largest.path, difference)
        yield from _share(drafts, whole, jobs)
        temporary.remove(whole)


def _share(
    drafts: "Sequence[_Draft]", whole: Path, jobs: int
) -> Iterator[StagedPackage | _Problems]:
    """Let threads write the packages: SQLite and zlib release the GIL."""
    by_size = sorted(drafts, key=lambda draft: -len(draft.rows))
    threads = ThreadPoolExecutor(jobs)
    try:
        yield from threads.map(lambda draft: _reported(partial(draft.write, whole)), by_size)
    except BaseException:  # Ctrl-C, too: a large package is not waited for
        threads.shutdown(wait=False, cancel_futures=True)
        raise
    threads.shutdown()


def _reported(step: Callable[[], T]) -> T | _Problems:
    """Return the error of a package as a result, so that the others are checked, too."""
    try:
        return step()
    except AdmonkiError as problem:
        return problem.diagnostics


def _without_problems(
    results: Iterable[StagedPackage | _Problems],
) -> dict[Path, StagedPackage]:
    """Return the staged packages, or raise all errors."""
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
    """A package while it is staged; see `stage`."""

    def __init__(self, plan: Plan, rows: Sequence[Row], note_types: Sequence[NoteType]) -> None:
        self.path = plan.path
        self.rows = rows
        self._is_untouched = plan.is_untouched
        self._note_types = note_types

    def find_current(self) -> StagedPackage | None:
        """The package as it is on disk, or None when it must be written."""
        _check_guids(self.path, [row.note for row in self.rows])
        cardless = [row.note for row in self.rows if not row.ordinals]
        if cardless:
            raise AdmonkiError(*map(_no_card, cardless))
        if not self.path.exists():
            return None
        content = self._hash(self._media())
        known = find_current(self.path, content, is_whole=self._is_untouched)
        return StagedPackage(self.path, None, known) if known else None

    def write(self, whole: Path) -> StagedPackage:
        """Write the package under a temporary name and read it back."""
        media = self._media()
        counts = Counts(
            notes=len(self.rows),
            cards=sum(len(row.ordinals) for row in self.rows),
            decks=len({row.deck_id for row in self.rows}),
            media=len(media),
        )
        comment = make_comment(self._hash(media), counts)
        with refusals(self.path), temporary.beside(self.path) as place:
            collection = cut_collection(whole, self.rows, note_types=self._note_types)
            archive = make_archive(collection, media, comment=comment)
            place.write_bytes(archive)
            difference = find_in_part(collection, self.rows)
            difference = difference or find_on_disk(place, archive, entries_of(collection, media))
            if difference:
                raise _not_as_written(self.path, difference)
            return StagedPackage(self.path, place, counts)

    def _media(self) -> list[tuple[str, bytes]]:
        """Read media again each time: all pictures of a site at once would fill the memory."""
        styles = [media for kind in self._note_types for media in kind.media]
        return collect_media((row.note.note for row in self.rows), styles)

    def _hash(self, media: Sequence[tuple[str, bytes]]) -> str:
        return hash_content(self.rows, note_types=self._note_types, media=media)


def _check_guids(path: Path, notes: Sequence[IdentifiedNote]) -> None:
    """Refuse notes with equal GUIDs: Anki would import both and could not distinguish them."""
    counts = Counter(identified.guid for identified in notes)
    twins = [identified for identified in notes if counts[identified.guid] > 1]
    if twins:
        raise AdmonkiError(
            *(
                Diagnostic(
                    twin.note.location,
                    "E702",
                    f"two notes with the GUID {twin.guid!r} would go into {path.name}",
                    "give each question its own id",
                )
                for twin in twins
            )
        )


def _not_as_written(path: Path, difference: str) -> AdmonkiError:
    message = f"the package on disk differs from what was written: {difference}"
    return AdmonkiError(Diagnostic(Location(path.as_posix()), "E706", message))


def _no_card(identified: IdentifiedNote) -> Diagnostic:
    return Diagnostic(
        identified.note.location,
        "E703",
        "Anki would not make any card from this note",
        "a question needs text; a cloze needs at least one ==gap==",
    )
