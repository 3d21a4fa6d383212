"""Build only where something changed: the memory of the last build.

A stamp says what the last build read (pages, style sheets, lock, pictures) and wrote. Where all
of it is still so, building again would write the same bytes and say the same words; both come
from the stamp then. What authors write is compared by content; packages, which are a hundred
times as large and nobody edits, by size and time as `make` and git do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import Config
from generator.errors import Diagnostic, Severity
from generator.model import Media
from generator.pipeline.cache import CACHE_TROUBLE, Cache, canonical, key_of
from generator.pipeline.collect import lock_file, page_files, start_collecting
from generator.pipeline.encoding import encode
from generator.pipeline.work import code_state
from generator.render.context import MediaProblem
from generator.render.media import MediaFolder

if TYPE_CHECKING:
    from generator.pipeline.build import Built


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and wrote, in numbers.

    Attributes:
        pages: Pages read.
        sections: Sections with cards.
        cards: Answered cards.
        unanswered: Unanswered ones.
        packages: Packages as they stand on disk, `all.apkg` last; empty after an error.
        written: How many of them were written.
        diagnostics: Everything found, sorted.
    """

    pages: int
    sections: int
    cards: int
    unanswered: int
    packages: tuple[Path, ...]
    written: int
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether nothing was written."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What a build depended on and made.

    Attributes:
        pages: The pages in reading order.
        files: Every file read, and the lock, with a hash of its content, "" when it was not there.
        written: Every package with its size and time.
        lookups: Every picture looked for: page, target, result.
        report: What the next build says when all that is still so.
    """

    pages: tuple[Path, ...]
    files: tuple[tuple[Path, str], ...]
    written: tuple[tuple[Path, str], ...]
    lookups: tuple[tuple[str, str, Media | MediaProblem], ...]
    report: Report


def update(
    config: Config,
    *,
    cwd: Path,
    now_s: int,
    is_locked: bool = False,
    refreshes: bool = False,
) -> Report:
    """Build, or find that nothing changed since the last build.

    Args:
        config: What is in force; without a `cache_dir` there is no memory.
        cwd: What paths in diagnostics are relative to.
        now_s: Time of the build, seconds since the Unix epoch.
        is_locked: See `build`.
        refreshes: See `build`.
    """
    store = Cache(config.cache_dir)
    key = key_of(b"stamp", code_state().encode(), canonical((config, cwd)).encode())
    stamp = store.get(key, _Stamp)
    untouched = _untouched(stamp) if stamp else frozenset()
    if stamp is not None and not refreshes and _is_current(stamp, untouched, config, cwd=cwd):
        return stamp.report
    styles = [(path, _digest(path)) for path in config.css]
    pages = start_collecting(config, cwd=cwd)
    from generator.pipeline.build import build  # loaded while other processes render

    built = build(
        config,
        cwd=cwd,
        now_s=now_s,
        is_locked=is_locked,
        refreshes=refreshes,
        pages=pages,
        untouched=untouched,
    )
    report = _report(built)
    if not report.has_errors:
        store.put(key, encode(_stamp(built, report, config, styles)))
    return report


def _report(built: "Built") -> Report:
    identified = built.identified
    notes = [known.note for known in identified.notes]
    unanswered = sum(note.is_unanswered for note in notes)
    return Report(
        pages=len(identified.collection.pages),
        sections=len({(note.page, note.section[:1]) for note in notes}),
        cards=len(notes) - unanswered,
        unanswered=unanswered,
        packages=built.files,
        written=built.written,
        diagnostics=identified.diagnostics,
    )


def _stamp(
    built: "Built", report: Report, config: Config, styles: Iterable[tuple[Path, str]]
) -> _Stamp:
    """Remember what was read as it was then: it may have been edited since."""
    pages = built.identified.collection.pages
    read = [(page.file.path, page.digest) for page in pages]
    lock = lock_file(config)
    lookups = {found for page in pages for found in page.lookups}
    return _Stamp(
        pages=tuple(path for path, _ in read),
        files=(*read, *styles, (lock, _digest(lock))),
        written=tuple((path, _signature(path)) for path in built.files),
        lookups=tuple(sorted(lookups, key=lambda found: found[:2])),
        report=replace(report, written=0, diagnostics=_lasting(report.diagnostics)),
    )


def _lasting(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Leave out what was said of one build: of the step from lock to lock, of the cache."""
    return tuple(item for item in diagnostics if item.code[1] != "6" and item.code != CACHE_TROUBLE)


def _untouched(stamp: _Stamp) -> frozenset[Path]:
    """Packages that stand as the last build left them."""
    return frozenset(path for path, signature in stamp.written if _signature(path) == signature)


def _is_current(stamp: _Stamp, untouched: frozenset[Path], config: Config, *, cwd: Path) -> bool:
    files, problems = page_files(config, cwd=cwd)
    if problems or tuple(file.path for file in files) != stamp.pages:
        return False
    find_media = MediaFolder(sorted({file.root for file in files}))
    return (
        len(untouched) == len(stamp.written)
        and all(_digest(path) == digest for path, digest in stamp.files)
        and all(find_media(page, target) == found for page, target, found in stamp.lookups)
    )


def _digest(path: Path) -> str:
    try:
        return key_of(path.read_bytes())
    except OSError:
        return ""


def _signature(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
