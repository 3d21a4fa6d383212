"""Pages to notes: from the cache if nothing changed, else rendered in parallel."""

import os
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Config
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.files import PAGE, read_file
from generator.pipeline.cache import Cache, canonical, code_state, key_of
from generator.pipeline.results import PageResult
from generator.pipeline.sources import PageFile
from generator.processes import LostProcessError, Team
from generator.render.context import FindMedia
from generator.render.media import MediaFolder
from generator.render.reuse import Pieces, Reuse

_WORTH_BYTES = 50_000  # of Markdown; smaller pages are rendered before another process has started
# Settings that do not change a rendered page.
_NOT_RENDERED = {"origins": {}, "output": Path(), "lock": None, "cache_dir": None, "jobs": 0}


class _Job(Struct, frozen=True):
    """A page to render.

    Attributes:
        number: Its position in reading order.
        file: The page.
        data: Its bytes.
        key: In the cache.
    """

    number: int
    file: PageFile
    data: bytes
    key: str


class Rendering:
    """Pages being rendered; other processes begin at once.

    Do other work meanwhile inside the `with` block, before calling `pages`.
    """

    def __init__(self, files: Sequence[PageFile], config: Config) -> None:
        """Read all pages, and start rendering those that are not in the cache.

        Args:
            files: The pages in reading order.
            config: The settings in effect; `cache_dir` and `jobs` do not change the result.
        """
        self._store = Cache(config.cache_dir)
        self._find_media = MediaFolder(sorted({file.root for file in files}))
        self._found, jobs = _read(files, config)
        self._cached = [job for job in jobs if job.key in self._store]
        missing = [job for job in jobs if job.key not in self._store]
        missing.sort(key=lambda job: -len(job.data))  # the longest pages first
        self._team = Team(
            partial(_render, config=config, find_media=self._find_media),
            missing,
            count=_team_size(missing, config),
        )

    def __enter__(self) -> "Rendering":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._team.end(at_once=kind is not None)

    @property
    def is_shared(self) -> bool:
        """Whether several processes render."""
        return len(self._team) > 1

    def pages(self) -> tuple[PageResult, ...]:
        """Wait for all pages.

        Returns:
            One result for each page, in order.

        Raises:
            AdmonkiError: E726 when a process was killed.
        """
        for job in self._cached:
            cached = self._store.get(job.key, PageResult)
            if cached is not None and _is_current(cached, self._find_media):
                self._found[job.number] = cached
            else:
                self._team.add(job)
        try:
            self._take_results()
        except LostProcessError as lost:
            raise AdmonkiError(_lost(lost)) from lost
        return tuple(self._found[number] for number in sorted(self._found))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Diagnostics of the cache."""
        return self._store.diagnostics

    def _take_results(self) -> None:
        is_new = False
        for job, result in self._team.results():
            self._store.put(job.key, result)
            self._found[job.number] = result
            is_new = True
        if is_new:
            self._store.prune()


def _team_size(jobs: Sequence[_Job], config: Config) -> int:
    """How many processes are worth using; 1 = only this one."""
    count = process_count(config)
    if count == 1 or sum(len(job.data) for job in jobs) < _WORTH_BYTES:
        return 1
    if len(jobs) > 1:
        _load(jobs)
    return count


def _load(jobs: Sequence[_Job]) -> None:
    """Load what pages need once, not in each fork of this process."""
    import_module("generator.pipeline.pages")
    if any(b"$" in job.data for job in jobs):
        import_module("generator.math.conversion")


def _read(files: Sequence[PageFile], config: Config) -> tuple[dict[int, PageResult], list[_Job]]:
    """Read all pages; return results for unreadable pages, and the others."""
    salt = _salt(config)
    refused, jobs = {}, []
    for number, file in enumerate(files):
        data = read_page(file)
        if isinstance(data, PageResult):
            refused[number] = data
        else:
            jobs.append(_Job(number, file, data, _key(file, data, salt)))
    return refused, jobs


def read_page(file: PageFile) -> bytes | PageResult:
    """The bytes of a page, or a result with the error."""
    try:
        return read_file(file.path, most=PAGE, inside=file.root)
    except OSError as problem:
        message = f"the file cannot be read: {problem.strerror or problem}"
        hint = "check that it exists and is readable"
        found = Diagnostic(Location(file.display), "E101", message, hint)
        return PageResult(file, diagnostics=(found,))


def _key(file: PageFile, data: bytes, salt: bytes) -> str:
    return key_of(
        salt,
        str(file.path).encode(errors="surrogateescape"),
        str(file.root).encode(errors="surrogateescape"),
        file.display.encode(errors="surrogateescape"),
        data,
    )


def _salt(config: Config) -> bytes:
    """The inputs common to all pages: settings, our own code, the converters' versions."""
    site = replace(config.site, posts=())  # only their order: a new post changes no other page
    settings = canonical(replace(config, **_NOT_RENDERED, site=site))
    return "\n".join((settings, code_state())).encode()


def _is_current(result: PageResult, find_media: FindMedia) -> bool:
    """Whether the files that a page uses are unchanged."""
    return all(find_media(page, target) == media for page, target, media in result.lookups)


def _render(job: _Job, *, config: Config, find_media: FindMedia) -> PageResult:
    # Loading the parser and the converters takes longer than a build without changes.
    from generator.pipeline.pages import render_page

    store = Cache(config.cache_dir)  # what it finds wrong costs only time
    key = key_of(b"pieces", code_state().encode(), os.fsencode(job.file.path))
    reuse = Reuse(store.get(key, Pieces))
    result = render_page(job.file, job.data, config=config, find_media=find_media, reuse=reuse)
    if reuse.is_new:
        store.put(key, reuse.used)
    return result


def _lost(lost: LostProcessError) -> Diagnostic:
    assert isinstance(lost.job, _Job)  # noqa: S101
    code = lost.exit_code or 0
    how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
    message = f"the process that rendered this page ended {how}"
    hint = "if it ran out of memory, use fewer processes: --jobs 1"
    return Diagnostic(Location(lost.job.file.display), "E726", message, hint)


def process_count(config: Config) -> int:
    """The number of processes or threads to use."""
    return config.jobs or _cores()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
