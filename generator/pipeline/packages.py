"""Write identified notes to packages and lock, all of them or none."""

from collections.abc import Container
from pathlib import Path

from generator.apkg import commit as apkg
from generator.apkg.commit import StagedPackage
from generator.apkg.writer import Plan, stage
from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, Location, has_error
from generator.identity.lock_file import write_lock
from generator.pipeline.collect import find_lock
from generator.pipeline.decks import plan
from generator.pipeline.identify import Identified
from generator.pipeline.rendering import process_count
from generator.pipeline.sources import lock_file
from generator.pipeline.stale import remove_stale


def package(
    identified: Identified, config: Config, *, untouched: Container[Path]
) -> tuple[StagedPackage, ...]:
    """Write the packages under temporary names and read each back.

    A build of some pages leaves `all.apkg` unchanged, as it also holds the other pages.

    Args:
        identified: Their content.
        config: What is in force.
        untouched: Packages known to be unchanged since they were written.

    Raises:
        AdmonkiError: E702 to E706, see `stage`.
    """
    packages = plan(
        identified.notes,
        include_unanswered=config.include_unanswered,
        has_all=not identified.is_partial,
    )
    paths = {name: config.output / name for name in packages}
    return stage(
        [Plan(path, packages[name], path in untouched) for name, path in paths.items()],
        note_types=identified.note_types,
        jobs=process_count(config),
    )


def commit(
    staged: tuple[StagedPackage, ...], identified: Identified, config: Config
) -> tuple[Path, ...]:
    """Move the lock into place, then the packages; remove those of sections that no longer exist.

    A crash between the two does no harm: the next build makes the same packages from the lock.

    Args:
        staged: From `package`.
        identified: The notes that they were made of.
        config: What is in force.

    Returns:
        The packages that were removed.

    Raises:
        AdmonkiError: E613 when the lock cannot be written, E705 when a package cannot be moved;
            the old packages are in place then.
    """
    place, old = lock_file(config), find_lock(config)
    try:
        if identified.lock != identified.old_lock or place != old:
            write_lock(place, identified.lock)
    except OSError as problem:
        raise AdmonkiError(_no_lock(place, problem)) from problem
    apkg.commit(staged)
    if place != old:
        old.unlink(missing_ok=True)
    if identified.is_partial or has_error(identified.diagnostics):
        return ()  # missing pages may come back
    return remove_stale(staged, identified.old_lock, config.output)


def _no_lock(place: Path, problem: OSError) -> Diagnostic:
    message = f"the lock cannot be written: {problem.strerror or problem}"
    hint = "make its folder writable, or choose another path with --lock FILE"
    return Diagnostic(Location(place.as_posix()), "E613", message, hint)
