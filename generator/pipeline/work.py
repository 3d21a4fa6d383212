"""Pages through `process`: from the cache where nothing changed, else in parallel."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path

from generator.collector import spare_collector
from generator.config import Config
from generator.errors import Diagnostic, Location
from generator.pipeline.cache import Cache, canonical, key_of
from generator.pipeline.encoding import decode, encode
from generator.pipeline.results import PageFile, PageResult
from generator.processes import fork_context, leave_interrupts_to_parent
from generator.render.context import FindMedia
from generator.render.media import MediaFolder
from generator.version import __version__

_WORTH_BYTES = 50_000  # of Markdown; less is rendered before another process has started
_CHUNKS = 50  # for each process: none waits long while another one has the last
_CONVERTERS = ("latex2mathml", "markdown-it-py", "math-core", "nh3", "Pygments")
# What does not change a rendered page.
_NOT_RENDERED = {"origins": {}, "output": Path(), "lock": None, "cache_dir": None, "jobs": 0}


@dataclass(frozen=True, slots=True)
class _Job:
    """A page that is not in the cache."""

    file: PageFile
    data: bytes
    key: str


def start_rendering(
    files: Sequence[PageFile], config: Config
) -> Callable[[], tuple[tuple[PageResult, ...], tuple[Diagnostic, ...]]]:
    """Begin to take pages through the pure stages; other processes go on with it.

    Args:
        files: The pages in reading order.
        config: What is in force; `cache_dir` and `jobs` say how, and do not change the result.

    Returns:
        What waits for the end: one result a page, in order, and what is wrong with files or
        cache.
    """
    store = Cache(config.cache_dir)
    find_media = MediaFolder(sorted({file.root for file in files}))
    found, jobs = _read(files, config)
    missing = [number for number, job in jobs.items() if job.key not in store]
    missing.sort(key=lambda number: -len(jobs[number].data))  # the longest work begins first
    rendered = _start([jobs[number] for number in missing], config, find_media)
    stale = []
    for number in sorted(jobs.keys() - set(missing)):  # while other processes render
        cached = store.get(jobs[number].key, PageResult)
        if cached is not None and _is_current(cached, find_media):
            found[number] = cached
        else:
            stale.append(number)
    again = _start([jobs[number] for number in stale], config, find_media)

    def finish() -> tuple[tuple[PageResult, ...], tuple[Diagnostic, ...]]:
        for number, data in zip(missing + stale, chain(rendered, again), strict=True):
            store.put(jobs[number].key, data)
            found[number] = _decoded(data)
        if missing or stale:
            store.prune()
        return tuple(found[number] for number in range(len(files))), store.diagnostics

    return finish


def _read(
    files: Sequence[PageFile], config: Config
) -> tuple[dict[int, PageResult], dict[int, _Job]]:
    """Read all pages: what to say of those that cannot be read, and the others by number."""
    salt = _salt(config)
    refused, jobs = {}, {}
    for number, file in enumerate(files):
        data = read_page(file)
        if isinstance(data, PageResult):
            refused[number] = data
        else:
            jobs[number] = _Job(file, data, _key(file, data, salt))
    return refused, jobs


def read_page(file: PageFile) -> bytes | PageResult:
    """The bytes of a page, or what to say when they cannot be read."""
    try:
        return file.path.read_bytes()
    except OSError as problem:
        message = f"the file cannot be read: {problem.strerror or problem}"
        hint = "check that it exists and that you may read it"
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
    """What changes every page: settings, our own code, the converters' versions."""
    settings = canonical(replace(config, **_NOT_RENDERED))  # type: ignore[arg-type]
    return "\n".join((settings, code_state())).encode()


@cache
def code_state() -> str:
    """Our version, the newest of our files (for those who work on them), the converters'."""
    package = Path(__file__).parent.parent
    newest = max(path.stat().st_mtime_ns for path in package.rglob("*.*") if path.suffix != ".pyc")
    return f"{__version__} {newest} {[_version(name) for name in _CONVERTERS]}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # a copy without metadata
        return ""


def _is_current(result: PageResult, find_media: FindMedia) -> bool:
    """Whether the files that a page shows are still what they were."""
    return all(find_media(page, target) == media for page, target, media in result.lookups)


def _decoded(data: bytes) -> PageResult:
    """What a process has just encoded."""
    result = decode(data, PageResult)
    assert result is not None  # noqa: S101 - nothing lies between `encode` and here
    return result


def _start(jobs: Sequence[_Job], config: Config, find_media: FindMedia) -> Iterator[bytes]:
    """Begin to process pages, in other processes where that is worth while.

    Returns:
        The results in order, encoded where they were made.
    """
    count = process_count(config)
    if count == 1 or sum(len(job.data) for job in jobs) < _WORTH_BYTES:
        return (_render(job, config, find_media) for job in jobs)
    roots = tuple(sorted({job.file.root for job in jobs}))
    pool = ProcessPoolExecutor(
        min(count, len(jobs)), fork_context(), initializer=_set_up, initargs=(config, roots)
    )
    chunk = max(1, len(jobs) // (count * _CHUNKS))
    return _drain(pool, pool.map(_process_one, jobs, chunksize=chunk))


def _drain(pool: ProcessPoolExecutor, results: Iterator[bytes]) -> Iterator[bytes]:
    with pool:
        yield from results


def process_count(config: Config) -> int:
    """How many processes may work at once."""
    return config.jobs or _cores()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_settings: dict[str, object] = {}  # of a worker process


def _set_up(config: Config, roots: tuple[Path, ...]) -> None:
    leave_interrupts_to_parent()
    spare_collector()
    _settings["config"] = config
    _settings["find_media"] = MediaFolder(roots)


def _process_one(job: _Job) -> bytes:
    config, find_media = _settings["config"], _settings["find_media"]
    assert isinstance(config, Config)  # noqa: S101 - `_set_up` ran in this process
    assert isinstance(find_media, MediaFolder)  # noqa: S101
    return _render(job, config, find_media)


def _render(job: _Job, config: Config, find_media: FindMedia) -> bytes:
    # Loading the parser and the converters takes longer than a build in which nothing changed.
    from generator.pipeline.pages import process

    return encode(process(job.file, job.data, config=config, find_media=find_media))
