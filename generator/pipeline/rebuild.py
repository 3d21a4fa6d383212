"""From pages to packages, stage by stage."""

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, has_error
from generator.identity.lock_file import hold_project
from generator.pipeline.collect import Collection, join, places
from generator.pipeline.memory import Memory, Report
from generator.pipeline.rendering import Rendering
from generator.pipeline.sources import lock_file, page_files

if TYPE_CHECKING:
    from generator.apkg.commit import StagedPackage
    from generator.pipeline.identify import Identified


def rebuild(
    config: Config,
    memory: Memory,
    *,
    cwd: Path,
    now_s: int,
    is_locked: bool,
    refreshes: bool,
    is_strict: bool,
) -> Report:
    """Run all stages; see `build`.

    Args:
        config: See `build`.
        memory: Of the last build; it is told of this one.
        cwd: See `build`.
        now_s: See `build`.
        is_locked: See `build`.
        refreshes: See `build`.
        is_strict: See `build`.
    """
    collection = _collect(config, cwd=cwd)  # read → parse → cards → render
    from generator.apkg.temporary import none_left
    from generator.pipeline.identify import identify_notes
    from generator.pipeline.packages import commit, package

    with hold_project(lock_file(config)):
        identified = identify_notes(
            collection,
            config,
            cwd=cwd,
            now_s=now_s,
            is_locked=is_locked,
            refreshes=refreshes,
            had_lock=memory.had_lock,
        )
        if identified.is_stopped or (is_strict and has_error(identified.diagnostics)):
            return _report(identified, is_stopped=True)
        try:
            with none_left(config.output):
                staged = package(identified, config, untouched=memory.untouched)
                removed = commit(staged, identified, config)
        except AdmonkiError as error:
            return _report(identified, failures=error.diagnostics, is_stopped=True)
        report = _report(identified, staged, removed)
        memory.keep(report, collection.pages)
        return memory.recall(report)


def _collect(config: Config, *, cwd: Path) -> Collection:
    """Like `collect`, but load while other processes render what comes afterwards."""
    files, problems = page_files(config, cwd=cwd)
    with Rendering(files, config) as rendering:
        import_module("generator.pipeline.packages")
        if rendering.is_shared:  # many new pages: there will be packages to write
            import_module("generator.apkg.packing")
        return join(rendering, problems)


def _report(
    identified: "Identified",
    staged: "tuple[StagedPackage, ...]" = (),
    removed: tuple[Path, ...] = (),
    *,
    failures: tuple[Diagnostic, ...] = (),
    is_stopped: bool = False,
) -> Report:
    notes = [known.note for known in identified.notes]
    unanswered = sum(note.is_unanswered for note in notes)
    return Report(
        pages=len(identified.collection.pages),
        sections=len({(note.page, note.section[:1]) for note in notes}),
        cards=len(notes) - unanswered,
        unanswered=unanswered,
        packages=tuple(package.path for package in staged),
        written=sum(package.temporary is not None for package in staged),
        diagnostics=tuple(sorted({*identified.diagnostics, *failures})),
        removed=removed,
        left_out=identified.collection.left_out,
        places=places(identified.collection),
        is_stopped=is_stopped,
        is_partial=identified.is_partial,
        boxes=() if notes else _box_types(identified.collection),
    )


def _box_types(collection: Collection) -> tuple[tuple[str, int], ...]:
    types = Counter(box.admonition.type for page in collection.pages for box in page.boxes)
    return tuple(types.most_common())
