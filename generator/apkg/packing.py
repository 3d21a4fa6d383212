"""Writing packages under temporary names: all notes into one database, each package cut from it.

A build that finds every package on disk does not load this module, nor genanki.
"""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

from generator.apkg import temporary
from generator.apkg.archive import entries_of, make_archive
from generator.apkg.collection import cut_collection, write_collection
from generator.apkg.commit import StagedPackage, refusals
from generator.apkg.draft import Draft, Problems, reported
from generator.apkg.fingerprint import Counts, make_comment
from generator.apkg.verify import find_in_collection, find_in_part, find_on_disk
from generator.errors import AdmonkiError


def write(drafts: Sequence[Draft], *, jobs: int) -> list[StagedPackage | Problems]:
    """Write packages, at least one, under temporary names and read each back.

    Returns:
        Each staged package, or what is wrong with it.

    Raises:
        AdmonkiError: E705 and E706, when the database that holds all notes cannot be made.
    """
    rows = {row.id: row for draft in drafts for row in draft.rows}
    largest = max(drafts, key=lambda draft: len(draft.rows))
    with refusals(largest.path), temporary.beside(largest.path) as whole:
        ordered = [rows[number] for number in sorted(rows)]
        write_collection(whole, ordered)
        with closing(sqlite3.connect(whole)) as db:
            difference = find_in_collection(db, ordered)
        if difference:
            raise _not_as_written(largest.path, difference)
        done = _share(drafts, whole, jobs)
        temporary.remove(whole)
        return done


def _share(drafts: Sequence[Draft], whole: Path, jobs: int) -> list[StagedPackage | Problems]:
    """Let threads write the packages: SQLite and zlib release the GIL.

    Also after Ctrl-C no thread is left that writes: what it makes could not be withdrawn.
    """
    by_size = sorted(drafts, key=lambda draft: -len(draft.rows))
    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(lambda draft: reported(partial(_write, draft, whole)), by_size))


def _write(draft: Draft, whole: Path) -> StagedPackage:
    """Write the package under a temporary name and read it back."""
    media = draft.media()
    counts = Counts(
        notes=len(draft.rows),
        cards=sum(len(row.ordinals) for row in draft.rows),
        decks=len({row.deck_id for row in draft.rows}),
        media=len(media),
    )
    comment = make_comment(draft.hash(media), counts)
    with refusals(draft.path), temporary.beside(draft.path) as place:
        collection = cut_collection(whole, draft.rows, note_types=draft.note_types)
        archive = make_archive(collection, media, comment=comment)
        place.write_bytes(archive)
        difference = find_in_part(collection, draft.rows)
        difference = difference or find_on_disk(place, archive, entries_of(collection, media))
        if difference:
            raise _not_as_written(draft.path, difference)
        return StagedPackage(draft.path, place, counts)


def _not_as_written(path: Path, difference: str) -> AdmonkiError:
    message = f"the package on disk differs from what was written: {difference}"
    return AdmonkiError.at(path, "E706", message)
