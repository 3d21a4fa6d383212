"""`admonki build`: pages to packages, once or at every save."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.progress import progress
from generator.commands.session import (
    Loudness,
    Session,
    current_time,
    open_session,
    source_options,
)
from generator.errors import AdmonkiError, Diagnostic

if TYPE_CHECKING:
    from generator.pipeline import Built, Identified


@click.command("build")
@source_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder of the packages.")
@click.option("--unanswered", is_flag=True, help="Put unanswered cards into all.apkg too.")
@click.option("--lock", type=click.Path(path_type=Path), help="The lock file.")
@click.option("--locked", is_flag=True, help="Fail where the lock file would change.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--watch", is_flag=True, help="Build again at every save, until Ctrl-C.")
def command(
    sources: tuple[Path, ...],
    output: Path | None,
    unanswered: bool,
    lock: Path | None,
    locked: bool,
    strict: bool,
    watch: bool,
    config_file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the packages of all pages in SOURCES.

    Without SOURCES the configuration says which pages: admonki.toml, pyproject.toml, mkdocs.yml
    or zensical.toml, else the folder source/ or docs/.
    """

    def start() -> Session:
        options = {
            "sources": sources,
            "output": output,
            "lock": lock,
            "include_unanswered": unanswered or None,
        }
        return open_session(
            options, config_file=config_file, quiet=quiet, verbose=verbose, strict=strict
        )

    session = start()
    if watch:
        from generator.commands.watch import watch_sources

        watch_sources(start, lambda opened: _build(opened, is_locked=locked))
        return
    session.finish(_build(session, is_locked=locked))


def _build(session: Session, *, is_locked: bool) -> tuple[Diagnostic, ...]:
    """Build once, say what came of it, and return what is wrong."""
    from generator.pipeline import build

    started = time.monotonic()
    now_s = current_time(session)
    try:
        with progress("building", session.loudness):
            built = build(session.config, cwd=session.cwd, now_s=now_s, is_locked=is_locked)
    except AdmonkiError as error:
        session.say(error.diagnostics)
        return error.diagnostics
    found = (*session.problems, *built.identified.diagnostics)
    session.say(found)
    _summarize(session, built, time.monotonic() - started)
    return found


def _summarize(session: Session, built: "Built", seconds: float) -> None:
    if built.identified.has_errors:
        from generator.report import count

        click.echo(f"{count(built.identified.diagnostics)}: nothing written", err=True)
        return
    if session.loudness is Loudness.VERBOSE:
        for file in built.files:
            session.tell(str(file))
    session.tell(summary(built.identified, files=len(built.files), seconds=seconds))


def summary(identified: "Identified", *, files: int, seconds: float) -> str:
    """Return one line about a build.

    Args:
        identified: What it was made of.
        files: How many were written.
        seconds: How long it took.
    """
    from generator.report import count

    notes = [identified_note.note for identified_note in identified.notes]
    unanswered = sum(note.is_unanswered for note in notes)
    counts = count(identified.diagnostics)
    parts = (
        _plural(len(identified.collection.pages), "page"),
        _plural(len({(note.page, note.section[:1]) for note in notes}), "section"),
        _plural(len(notes) - unanswered, "card"),
        f"{unanswered} unanswered",
        _plural(counts.warnings, "warning"),
        f"{_plural(files, 'file')} written",
        f"{seconds:.1f} s",
    )
    return ", ".join(parts)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
