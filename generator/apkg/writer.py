"""Packages onto the disk: all of them or none, each whole at every moment.

`stage` writes every package of a build beside its place under a temporary name and reads it
back; `commit` moves them into place. A failure while staging leaves the old packages alone.
"""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.apkg import temporary
from generator.apkg.archive import write_archive
from generator.apkg.notetypes import NoteType
from generator.apkg.reader import is_flat, read_package
from generator.apkg.rows import Database, make_database
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.fields import note_fields
from generator.model import IdentifiedNote, Media
from generator.render.theme import theme_files


@dataclass(frozen=True, slots=True)
class Plan:
    """A package to write.

    Attributes:
        path: Where it goes.
        notes: What it holds.
    """

    path: Path
    notes: Sequence[IdentifiedNote]


@dataclass(frozen=True, slots=True)
class StagedPackage:
    """A package that is written, checked, and not yet in its place.

    Attributes:
        path: Where it goes.
        temporary: Where it is.
        notes, cards, decks, media: What it holds, counted.
        size: In bytes.
    """

    path: Path
    temporary: Path
    notes: int
    cards: int
    decks: int
    media: int
    size: int


def write_package(
    path: Path, notes: Sequence[IdentifiedNote], *, note_types: Sequence[NoteType], epoch_s: int
) -> StagedPackage:
    """Write one package; `stage` and `commit` in one go.

    Args:
        path: Where it goes.
        notes: What it holds.
        note_types: Those of `note_types()`, with `mod_s` set.
        epoch_s: Where row ids start, seconds since the Unix epoch.

    Returns:
        What was written.

    Raises:
        AdmonkiError: See `stage` and `commit`.
    """
    staged = stage((Plan(path, notes),), note_types=note_types, epoch_s=epoch_s)
    commit(staged)
    return staged[0]


def stage(
    plans: Iterable[Plan], *, note_types: Sequence[NoteType], epoch_s: int
) -> tuple[StagedPackage, ...]:
    """Write packages under temporary names and read each back.

    Args:
        plans: The packages of a build.
        note_types: Those of `note_types()`, with `mod_s` set.
        epoch_s: Where row ids start, seconds since the Unix epoch.

    Returns:
        What `commit` needs, in the order of `plans`.

    Raises:
        AdmonkiError: E702 for two notes with one GUID, E703 for a note without cards, E704 for
            media that cannot be taken along, E705 when the disk refuses, E706 when what is read
            back is not what was written. Nothing is left behind then.
    """
    if not all(kind.mod_s > 0 for kind in note_types) or epoch_s <= 0:
        raise ValueError("note types need their mod_s, and row ids their epoch")
    plans = tuple(plans)
    for folder in {plan.path.parent for plan in plans}:
        temporary.sweep(folder)
    done: list[StagedPackage] = []
    try:
        for plan in plans:
            done.append(_stage_one(plan, note_types=note_types, epoch_s=epoch_s))  # noqa: PERF401 - a comprehension would lose what is done when one fails
    except BaseException:
        discard(done)
        raise
    return tuple(done)


def commit(staged: Sequence[StagedPackage]) -> None:
    """Move staged packages into place, one atomic rename each.

    Args:
        staged: From `stage`.

    Raises:
        AdmonkiError: E705 when the disk refuses; what is not yet in place is removed.
    """
    for package in staged:
        try:
            os.replace(package.temporary, package.path)  # noqa: PTH105 - one call, one syscall
        except OSError as problem:
            discard(staged)
            raise _disk_refuses(package.path, problem) from problem


def discard(staged: Iterable[StagedPackage]) -> None:
    """Remove what was staged and will not be committed.

    Args:
        staged: From `stage`.
    """
    for package in staged:
        temporary.remove(package.temporary)


def _stage_one(plan: Plan, *, note_types: Sequence[NoteType], epoch_s: int) -> StagedPackage:
    notes = sorted(plan.notes, key=lambda identified: (identified.due, identified.guid))
    _check_notes(plan.path, notes)
    media = _collect_media(notes)
    database = make_database(notes, note_types=note_types, epoch_s=epoch_s)
    try:
        place = temporary.beside(plan.path)
        try:
            with place.open("xb") as stream:
                write_archive(stream, collection=database.data, media=media)
            size = place.stat().st_size
            _check_written(plan.path, place, notes=notes, database=database, media=media)
        except BaseException:
            temporary.remove(place)
            raise
    except OSError as problem:
        raise _disk_refuses(plan.path, problem) from problem
    return StagedPackage(
        plan.path, place, database.notes, database.cards, database.decks, len(media), size
    )


def _check_notes(path: Path, notes: Sequence[IdentifiedNote]) -> None:
    """Refuse what Anki would take and choke on."""
    counts = Counter(identified.guid for identified in notes)
    twice = [identified for identified in notes if counts[identified.guid] > 1]
    diagnostics = [
        Diagnostic(
            identified.note.location,
            "E702",
            f"two notes with the GUID {identified.guid!r} would go into {path.name}",
            "give each question an id of its own",
        )
        for identified in twice
    ]
    if diagnostics:
        raise AdmonkiError(*diagnostics)


def _collect_media(notes: Sequence[IdentifiedNote]) -> list[tuple[str, bytes]]:
    """Read each file that the notes or the theme refer to, once, sorted by name."""
    found: dict[str, bytes] = {file.name: file.data for file in theme_files()}
    paths: dict[str, str] = {}
    for identified in notes:
        note = identified.note
        for media in (*note.question.media, *note.answer.media):
            if paths.setdefault(media.name, media.path) != media.path or media.name in found:
                if _read_media(media, note.location) != found[media.name]:
                    raise _bad_media(media, note.location, "another file has the same name")
                continue
            found[media.name] = _read_media(media, note.location)
    return sorted(found.items())


def _read_media(media: Media, location: Location) -> bytes:
    if not is_flat(media.name):
        raise _bad_media(media, location, "Anki's media folder takes no such name")
    try:
        return Path(media.path).read_bytes()
    except OSError as problem:
        raise _bad_media(media, location, problem.strerror or "unreadable") from problem


def _bad_media(media: Media, location: Location, why: str) -> AdmonkiError:
    message = f"the media file {media.name!r} cannot go into the package: {why}"
    return AdmonkiError(Diagnostic(location, "E704", message, f"look at {media.path}"))


def _disk_refuses(path: Path, problem: OSError) -> AdmonkiError:
    reason = problem.strerror or str(problem)
    return AdmonkiError(
        Diagnostic(
            Location(path.as_posix()),
            "E705",
            f"the package cannot be written: {reason}",
            "see that the folder is yours to write and the disk has room; old packages are kept",
        )
    )


def _check_written(
    path: Path,
    place: Path,
    *,
    notes: Sequence[IdentifiedNote],
    database: Database,
    media: Sequence[tuple[str, bytes]],
) -> None:
    """Read the package back and compare it with what went in."""
    package = read_package(place)
    wanted = [(n.guid, n.mod_s, note_fields(n), n.note.deck, n.due) for n in notes]
    got = [(n.guid, n.mod_s, n.fields, n.deck, n.due) for n in package.notes]
    names = [name for name, _ in media]
    without_card = [n for n, read in zip(notes, package.notes, strict=False) if not read.cards]
    if without_card:
        raise AdmonkiError(*(_no_card(identified) for identified in without_card))
    if wanted != got or package.card_count != database.cards or list(package.media) != names:
        message = "what was read back from the package is not what was written"
        raise AdmonkiError(Diagnostic(Location(path.as_posix()), "E706", message))


def _no_card(identified: IdentifiedNote) -> Diagnostic:
    return Diagnostic(
        identified.note.location,
        "E703",
        "Anki would make no card of this note",
        "a question needs text; a cloze needs at least one ==gap==",
    )
