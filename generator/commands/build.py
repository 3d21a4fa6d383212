"""`admonki build`: pages to packages, once or after every save."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from generator.commands.messages import plural, totals
from generator.commands.new_folder import ignored_when_new
from generator.commands.output import show
from generator.commands.progress import progress
from generator.commands.session import Loudness, Session, open_session, source_options
from generator.errors import AdmonkiError, Diagnostic, Severity
from generator.report import count

if TYPE_CHECKING:
    from generator.config import Config
    from generator.pipeline.memory import Report
    from generator.pipeline.sources import Places


_Command = TypeVar("_Command", bound=Callable[..., object])
_OPTIONS = (
    click.option(
        "-o", "--output", type=click.Path(path_type=Path), help="Output folder for the packages."
    ),
    click.option("--unanswered", is_flag=True, help="Include unanswered cards in all.apkg."),
    click.option("--lock", type=click.Path(path_type=Path), help="Path of the lock file."),
    click.option("--locked", is_flag=True, help="Fail if the lock file would change."),
    click.option("--refresh", is_flag=True, help="Also update cards that only look different."),
    click.option("--strict", is_flag=True, help="Treat warnings as errors."),
)


def build_options(command: _Command) -> _Command:
    """Add `SOURCES…` and the options of `build` and `watch`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return source_options(command)


@click.command("build")
@build_options
@click.option("--watch", is_flag=True, help="Same as `admonki watch`.")
def command(
    output: Path | None,
    unanswered: bool,
    lock: Path | None,
    locked: bool,
    refresh: bool,
    strict: bool,
    watch: bool,
) -> None:
    """Build the packages of all pages in SOURCES.

    Without SOURCES, the pages come from the configuration (admonki.toml, pyproject.toml, mkdocs.yml
    or zensical.toml), else from the folder source/ or docs/.
    """

    def start() -> Session:
        options = {
            "output": output,
            "lock": lock,
            "include_unanswered": unanswered or None,
        }
        return open_session(options, strict=strict)

    if watch:
        _watch(start, is_locked=locked, refreshes=refresh)
        return
    session = start()
    found, places = _build(session, is_locked=locked, refreshes=refresh)
    session.finish(found, places=places)


def _watch(start: Callable[[], Session], *, is_locked: bool, refreshes: bool) -> None:
    from generator.commands.watching import watch

    work = partial(_build, is_locked=is_locked, refreshes=refreshes)
    watch(start, work, note="watching for changes; press Ctrl-C to stop")


def _build(
    session: Session, *, is_locked: bool, refreshes: bool
) -> tuple[tuple[Diagnostic, ...], "Places"]:
    """Build once and print the outcome.

    Returns:
        The diagnostics, and the places of the cards.
    """
    from generator.identity.clock import current_time
    from generator.pipeline.build import build

    started = time.monotonic()
    try:
        with ignored_when_new(session.config.output), progress("building", session.loudness):
            report = build(
                session.config,
                cwd=session.cwd,
                now_s=current_time(),
                is_locked=is_locked,
                refreshes=refreshes,
                is_strict=session.is_strict,
            )
    except AdmonkiError as error:
        session.say(error.diagnostics)
        return error.diagnostics, {}
    found = (*session.problems, *report.diagnostics)
    known = [item for item in report.diagnostics if _is_old(item, report, session)]
    session.say([item for item in found if item not in known], places=report.places)
    if known:
        session.tell(f"{count(known)} as in the last build (-v)")
    _summarize(session, report, time.monotonic() - started)
    return found, report.places


def _is_old(item: Diagnostic, report: "Report", session: Session) -> bool:
    """Whether the last build printed the same warning; errors are printed each time."""
    is_warning = item.severity is Severity.WARNING and not session.is_strict
    return is_warning and session.loudness is Loudness.NORMAL and report.is_known(item)


def _summarize(session: Session, report: "Report", seconds: float) -> None:
    if report.is_stopped:
        show(f"{count(report.diagnostics)}: nothing written", is_error=True)
        return
    if session.loudness is Loudness.VERBOSE:
        for file in report.packages:
            session.tell(str(file))
        for file in report.removed:
            session.tell(f"removed {file}")
    session.tell(summary(report, seconds=seconds))
    if report.is_partial:
        session.tell("all.apkg is unchanged, as not all pages were read; admonki build updates it")
    if not (report.cards or report.unanswered or report.left_out or report.is_stopped):
        session.tell(nothing_found(report, session.config))
    for item in report.diagnostics:
        if item.code in {"L632", "L635"} and session.loudness is Loudness.NORMAL:
            session.tell(f"{item.message}: {item.hint}")
    kept = sum(item.code == "L630" for item in report.diagnostics)
    if kept and session.loudness is Loudness.NORMAL:
        cards = plural(kept, "reworded card")
        session.tell(f"{cards} kept the reviews; see admonki diff --git HEAD")


def nothing_found(report: "Report", config: "Config") -> str:
    """Return what a build without cards has looked for, and what it found instead."""
    if not report.boxes:
        unread = [item for item in report.diagnostics if item.code in ("L230", "L231")]
        more = f"; {count(unread)} about markup that is not read (admonki check)" if unread else ""
        return (
            'no boxes found: a card is made of a box such as ??? question "Why?" with the answer '
            f"indented below it, or of a callout > [!question] Why?{more}"
        )
    wanted = ", ".join(sorted(config.card_types - {""}))
    shown = ", ".join(f"{number} {kind or 'without a type'}" for kind, number in report.boxes[:8])
    example = next((kind for kind, _ in report.boxes if kind), "exercise")
    return (
        f"no cards: looked for boxes of the types {wanted}, and for titles that ask or name a "
        f"task; found {shown}. admonki check --boxes lists them; "
        f'card_types = ["question", "{example}"] makes cards of a type'
    )


def summary(report: "Report", *, seconds: float) -> str:
    """Return a one-line summary of a build."""
    learnt = totals(
        pages=report.pages,
        cards=report.cards,
        unanswered=report.unanswered,
        left_out=report.left_out,
    )
    shown = [item for item in report.diagnostics if item.severity is not Severity.LINT]
    removed = f", {len(report.removed)} removed" if report.removed else ""
    written = f"{plural(report.written, 'file')} written{removed} in {seconds:.1f} s"
    return f"{learnt}; {count(shown)}; {written}"
