"""Packages onto the disk: all of them or none, each whole at every moment.

`stage` writes every package of a build beside its place under a temporary name and reads it
back; `commit` moves them into place. A failure while staging leaves the old packages alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.apkg import temporary
from generator.apkg.archive import make_archive
from generator.apkg.commit import StagedPackage, commit, refusals
from generator.apkg.fingerprint import Counts, find_current, hash_content, make_comment
from generator.apkg.forked import run_forked
from generator.apkg.media import collect_media
from generator.apkg.notetypes import NoteType
from generator.apkg.packed import PackedNote, Packer
from generator.apkg.rows import make_database
from generator.apkg.verify import find_difference
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.model import IdentifiedNote

_WORTH_NOTES = 1000  # fewer are packed before other processes have started


@dataclass(frozen=True, slots=True)
class Plan:
    """A package to write.

    Attributes:
        path: Where it goes.
        notes: What it holds.
    """

    path: Path
    notes: Sequence[IdentifiedNote]


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
    plans: Iterable[Plan], *, note_types: Sequence[NoteType], epoch_s: int, jobs: int = 1
) -> tuple[StagedPackage, ...]:
    """Write packages under temporary names and read each back.

    Args:
        plans: The packages of a build.
        note_types: Those of `note_types()`, with `mod_s` set.
        epoch_s: Where row ids start, seconds since the Unix epoch.
        jobs: How many processes may share the work; the bytes are the same.

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
    folders = {plan.path.parent for plan in plans}
    for folder in folders:
        temporary.sweep(folder)
    packer = Packer()

    def stage_one(number: int) -> StagedPackage | tuple[Diagnostic, ...]:
        path, notes = plans[number].path, packer.pack(plans[number].notes)
        try:
            return _stage_one(path, notes, note_types=note_types, epoch_s=epoch_s)
        except AdmonkiError as problem:
            return problem.diagnostics

    is_small = sum(len(plan.notes) for plan in plans) < _WORTH_NOTES
    numbers = sorted(range(len(plans)), key=lambda number: -len(plans[number].notes))
    try:
        done = _all_or_none(run_forked(stage_one, numbers, jobs=1 if is_small else jobs))
    except BaseException:  # Ctrl-C, too: other processes may have staged what we never heard of
        for folder in folders:
            temporary.withdraw(folder)
        raise
    in_order = sorted(zip(numbers, done, strict=True), key=lambda pair: pair[0])
    return tuple(package for _, package in in_order)


def _all_or_none(
    results: Iterable[StagedPackage | tuple[Diagnostic, ...]],
) -> list[StagedPackage]:
    """Take what was staged, when every package could be."""
    done: list[StagedPackage] = []
    diagnostics: set[Diagnostic] = set()
    for result in results:
        if isinstance(result, StagedPackage):
            done.append(result)
        else:
            diagnostics.update(result)
    if diagnostics:
        raise AdmonkiError(*sorted(diagnostics))
    return done


def _stage_one(
    path: Path, notes: Sequence[PackedNote], *, note_types: Sequence[NoteType], epoch_s: int
) -> StagedPackage:
    _check_guids(path, notes)
    media = collect_media(packed.identified.note for packed in notes)
    content = hash_content(notes, note_types=note_types, epoch_s=epoch_s, media=media)
    known = find_current(path, content)
    if known is not None:
        return StagedPackage(path, None, known)
    database = make_database(notes, note_types=note_types, epoch_s=epoch_s)
    if database.cardless:
        raise AdmonkiError(*(_no_card(notes[place]) for place in database.cardless))
    counts = Counts(database.notes, database.cards, database.decks, len(media))
    archive = make_archive(
        collection=database.data, media=media, comment=make_comment(content, counts)
    )
    with refusals(path), temporary.beside(path) as place:
        place.write_bytes(archive)
        difference = find_difference(place, notes=notes, database=database, media=media)
        if difference:
            raise _not_as_written(path, difference)
    return StagedPackage(path, place, counts)


def _check_guids(path: Path, notes: Sequence[PackedNote]) -> None:
    """Refuse twins: Anki would import both and never tell them apart again."""
    counts = Counter(packed.identified.guid for packed in notes)
    twins = [packed.identified for packed in notes if counts[packed.identified.guid] > 1]
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


def _no_card(packed: PackedNote) -> Diagnostic:
    return Diagnostic(
        packed.identified.note.location,
        "E703",
        "Anki would make no card of this note",
        "a question needs text; a cloze needs at least one ==gap==",
    )
