"""Do a thing again whenever a page or the configuration is saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator.commands.session import Session

_DEBOUNCE_MS = 200
_NOISE = (".lock", ".apkg", ".tmp", ".swp", "~")


def watch_sources(start: Callable[[], Session], work: Callable[[Session], object]) -> None:
    """Work once, then again after each save, until Ctrl-C.

    Args:
        start: Reads the configuration; it may end the program, as it does without `--watch`,
            and is then asked again after the next save.
        work: What to do with it.
    """
    session = start()
    work(session)
    session.tell("watching for changes, Ctrl-C ends")
    for _ in changes(session):
        try:
            work(start())
        except (SystemExit, click.UsageError):
            continue  # a configuration that was saved half-way: wait for the next save


def changes(session: Session, *, written: Path | None = None) -> Iterator[frozenset[Path]]:
    """Yield the files that changed, a burst of saves at a time.

    Args:
        session: Whose pages to watch.
        written: A folder of ours, beside that of the packages, whose changes do not count.
    """
    outputs = tuple(path.resolve() for path in (session.config.output, written) if path)
    from watchfiles import watch

    folders, files = watched(session)
    while True:
        # an editor replaces a file that it saves: what watched the old one sees nothing more
        watcher = watch(
            *folders, *files, watch_filter=None, debounce=_DEBOUNCE_MS, raise_interrupt=False
        )
        for found in watcher:
            changed = frozenset(Path(path) for _, path in found)
            ours = frozenset(file for file in changed if _is_input(file, outputs))
            if ours:
                yield ours
            if changed & files:
                break
        else:
            return


def watched(session: Session) -> tuple[tuple[Path, ...], frozenset[Path]]:
    """Return the folders with pages, and the single files that a build reads beside them."""
    config = session.config
    wanted = [source if source.is_dir() else source.parent for source in config.sources]
    wanted += [config.docs_dir] if config.docs_dir else []
    folders = {path.resolve() for path in wanted if path.is_dir()}
    nested = {path for path in folders if any(other in path.parents for other in folders)}
    files = {path.resolve() for path in (config.path, config.site.path, *config.css) if path}
    return tuple(sorted(folders - nested)), frozenset(file for file in files if file.is_file())


def _is_input(file: Path, outputs: tuple[Path, ...]) -> bool:
    """Tell whether a build reads a file; what it writes must not start the next one."""
    if any(file.is_relative_to(folder) for folder in outputs):
        return False
    return not file.name.startswith(".") and not file.name.endswith(_NOISE)
