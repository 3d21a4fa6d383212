"""Writing packages to disk: all of them or none, each intact at every moment.

`stage` writes every package of a build under a temporary name beside its target and reads it back;
`commit` moves them into place. A failure while staging leaves the old packages unchanged, and
`temporary.none_left` around both removes what is not in its place.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from generator.apkg import temporary
from generator.apkg.commit import StagedPackage
from generator.apkg.draft import Draft, Problems, reported
from generator.apkg.notetypes import NoteType
from generator.apkg.rows import number_rows
from generator.errors import AdmonkiError, Diagnostic
from generator.model import IdentifiedNote


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
            from what was written.
    """
    if not all(kind.mod_s > 0 for kind in note_types):
        raise ValueError("note types need their mod_s")
    drafts = _drafts(tuple(plans), note_types)
    for folder in {draft.path.parent for draft in drafts}:
        temporary.sweep(folder)
    found = {draft.path: reported(draft.find_current) for draft in drafts}
    missing = [draft for draft in drafts if found[draft.path] is None]
    done = _without_problems(chain(filter(None, found.values()), _written(missing, jobs)))
    return tuple(done[draft.path] for draft in drafts)


def _drafts(plans: Sequence[Plan], note_types: Sequence[NoteType]) -> tuple[Draft, ...]:
    """Number the rows of all notes once, and give each package its own."""
    notes = {id(known): known for plan in plans for known in plan.notes}
    rows = number_rows(notes.values(), note_types=note_types)
    row_of = {id(row.note): row for row in rows}
    drafts = []
    for plan in plans:
        held = sorted((row_of[id(known)] for known in plan.notes), key=attrgetter("id"))
        drafts.append(Draft(plan.path, held, note_types, plan.is_untouched))
    return tuple(drafts)


def _written(drafts: Sequence[Draft], jobs: int) -> Iterable[StagedPackage | Problems]:
    if not drafts:
        return ()
    from generator.apkg.packing import write  # with genanki, which many an edit does not need

    return write(drafts, jobs=jobs)


def _without_problems(
    results: Iterable[StagedPackage | Problems],
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
