"""The record of the last build: what it read and wrote, and whether all of that is unchanged.

If so, a build would write the same bytes and report the same, so both are taken from here. Files
that authors write are compared by content. Packages, which are a hundred times larger and which
nobody edits, are compared by size and time, as in `make` and git.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator.config import Config
from generator.errors import Diagnostic, has_error
from generator.files import LOCK, read_file
from generator.pipeline.cache import CACHE_TROUBLE, Cache, canonical, code_state, key_of
from generator.pipeline.sources import PageFile, Places, lock_file, page_files

if TYPE_CHECKING:
    from generator.pipeline.results import PageResult


class Report(Struct, frozen=True):
    """The results of a build.

    Attributes:
        pages: Pages read.
        sections: Sections with cards.
        cards: Answered cards.
        unanswered: Unanswered ones.
        packages: Packages on disk, `all.apkg` last; empty after an error.
        written: How many of them were written; the others were up to date.
        removed: Packages of sections that are gone.
        diagnostics: Everything found, sorted.
        left_out: Cards excluded because of an error.
        places: Where the cards are: page → their lines.
        known: Diagnostics that the last build found, too: path, code and message.
        is_stopped: Whether an error prevented all writing.
        is_partial: Whether `all.apkg` was left as it was, as it also holds pages not read.
        boxes: Where there are no cards: type of the boxes that were found → how many, the most
            frequent first.
    """

    pages: int
    sections: int
    cards: int
    unanswered: int
    packages: tuple[Path, ...]
    written: int
    diagnostics: tuple[Diagnostic, ...]
    removed: tuple[Path, ...] = ()
    left_out: int = 0
    places: Places = field(default_factory=dict)
    known: frozenset[tuple[str, str, str]] = frozenset()
    is_stopped: bool = False
    is_partial: bool = False
    boxes: tuple[tuple[str, int], ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether there are errors."""
        return has_error(self.diagnostics)

    def is_known(self, item: Diagnostic) -> bool:
        """Whether the last build found the same diagnostic, perhaps on another line."""
        return _sign(item) in self.known


class _Stamp(Struct, frozen=True):
    """The inputs and outputs of a build.

    Attributes:
        pages: The pages in reading order.
        files: Every file read, and the lock, with a hash of its content, "" when it was missing.
        written: Every package with its size and time.
        lookups: Every picture looked for: page, target, and what was found, described.
        report: What the next build reports if nothing has changed.
    """

    pages: tuple[Path, ...]
    files: tuple[tuple[Path, str], ...]
    written: tuple[tuple[Path, str], ...]
    lookups: tuple[tuple[str, str, str], ...]
    report: Report


def _sign(item: Diagnostic) -> tuple[str, str, str]:
    return item.location.path, item.code, item.message


class Memory:
    """The stored record of the last build of a project."""

    def __init__(self, config: Config, *, cwd: Path) -> None:
        """Load the record of the last build.

        Args:
            config: The settings in effect; without a `cache_dir`, nothing is stored.
            cwd: What paths in diagnostics are relative to.
        """
        self._config = config
        self._cwd = cwd
        self._store = Cache(config.cache_dir)
        self._key = key_of(b"stamp", code_state().encode(), canonical((config, cwd)).encode())
        self._stamp = self._store.get(self._key, _Stamp)
        # before the build: they may be edited during it
        self._styles = [(path, _digest(path)) for path in _style_paths(config)]
        written = self._stamp.written if self._stamp else ()
        self.untouched = frozenset(path for path, sign in written if _signature(path) == sign)

    @property
    def had_lock(self) -> bool:
        """Whether there was a lock after the last build."""
        files = dict(self._stamp.files) if self._stamp else {}
        return bool(files.get(lock_file(self._config)))

    def report(self) -> Report | None:
        """The report of the last build if nothing has changed since; else None."""
        stamp = self._stamp
        if stamp is None or stamp.report.has_errors or len(self.untouched) < len(stamp.written):
            return None
        return self.recall(stamp.report) if self._is_current(stamp) else None

    def recall(self, report: Report) -> Report:
        """Mark diagnostics of a report that the last build found, too."""
        last = self._stamp.report.diagnostics if self._stamp else ()
        return replace(report, known=frozenset(map(_sign, last)))

    def keep(self, report: Report, pages: "Iterable[PageResult]") -> None:
        """Store a build; call this while holding the project, as others may build it afterwards.

        Args:
            report: Of the build.
            pages: What it read, at that time: it may have been edited since.
        """
        pages = tuple(pages)
        read = [(page.file.path, page.digest) for page in pages]
        lock = lock_file(self._config)
        lookups = {
            (page_name, target, repr(found))
            for page in pages
            for page_name, target, found in page.lookups
        }
        stamp = _Stamp(
            pages=tuple(path for path, _ in read),
            files=(*read, *self._styles, (lock, _digest(lock))),
            written=tuple((path, _signature(path)) for path in report.packages),
            lookups=tuple(sorted(lookups)),
            report=replace(
                report,
                written=0,
                removed=(),
                diagnostics=_lasting(report.diagnostics),
                known=frozenset(),
            ),
        )
        self._store.put(self._key, stamp)

    def _is_current(self, stamp: _Stamp) -> bool:
        files, problems = page_files(self._config, cwd=self._cwd)
        if problems or tuple(file.path for file in files) != stamp.pages:
            return False
        is_read = all(_digest(path) == digest for path, digest in stamp.files)
        return is_read and (not stamp.lookups or _finds(stamp.lookups, files))


def _finds(lookups: Iterable[tuple[str, str, str]], files: Iterable[PageFile]) -> bool:
    """Whether all lookups find what they found."""
    from generator.render.media import MediaFolder

    find_media = MediaFolder(sorted({file.root for file in files}))
    return all(repr(find_media(page, target)) == found for page, target, found in lookups)


def _style_paths(config: Config) -> tuple[Path, ...]:
    """List all files that the style of the cards depends on."""
    if not config.css:
        return ()
    from generator.pipeline.site_style import style_paths

    return style_paths(config)


def _lasting(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Leave out what concerns only one build: the change of the lock, and the cache."""
    return tuple(item for item in diagnostics if item.code[1] != "6" and item.code != CACHE_TROUBLE)


def _digest(path: Path) -> str:
    try:
        return key_of(read_file(path, most=LOCK))
    except OSError:
        return ""


def _signature(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
