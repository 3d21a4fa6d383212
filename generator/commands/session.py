"""What all commands share: reading the configuration, printing, and the exit code."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click
from msgspec import Struct
from msgspec.structs import replace

from generator import files
from generator.commands.output import show, show_ready
from generator.config import Config, load
from generator.errors import AdmonkiError, Diagnostic, Severity, has_error

if TYPE_CHECKING:
    from generator.commands.messages import Selection
    from generator.pipeline.identify import Identified
    from generator.pipeline.sources import Places

_Command = TypeVar("_Command", bound=Callable[..., object])
_CONFIG = "Use this configuration file instead of searching for one."
_JOBS = "Processes that render pages; 0 = one per core."
_NO_CACHE = "Render every page again; do not use the cache."


class Loudness(IntEnum):
    """How much a command prints."""

    QUIET = 0  # errors only
    NORMAL = 1
    VERBOSE = 2  # lints and file names too


class Session(Struct, frozen=True):
    """One run of one command.

    Attributes:
        config: What is in force.
        cwd: Working directory, absolute.
        problems: What is wrong with the configuration, short of an error.
        loudness: How much to print.
        is_strict: Whether a warning fails the command.
    """

    config: Config
    cwd: Path
    problems: tuple[Diagnostic, ...] = ()
    loudness: Loudness = Loudness.NORMAL
    is_strict: bool = False

    def say(self, diagnostics: Iterable[Diagnostic], *, places: "Places | None" = None) -> None:
        """Print diagnostics to stderr, as many as the loudness allows.

        Args:
            diagnostics: Everything found.
            places: Where the cards are; `--verbose` also prints diagnostics outside of them.
        """
        printed = [item for item in diagnostics if self._is_printed(item.severity)]
        if not printed:
            return
        from generator.commands.messages import select

        selection = select(printed, places=places, is_all=self.loudness is Loudness.VERBOSE)
        print_selection(selection, cwd=self.cwd, option="-v")

    def tell(self, text: str) -> None:
        """Print a line of the result to stdout, unless quiet."""
        if self.loudness > Loudness.QUIET:
            show(text)

    def finish(self, diagnostics: Iterable[Diagnostic], *, places: "Places | None" = None) -> None:
        """End the program: 1 after an error, or after a warning when strict; else 0.

        Args:
            diagnostics: Everything found.
            places: Where the cards are: errors on pages without cards, and in text outside of
                cards, only count when strict.
        """
        severities = {item.severity for item in diagnostics if self._counts(item, places or {})}
        is_bad = Severity.ERROR in severities or (self.is_strict and Severity.WARNING in severities)
        sys.exit(1 if is_bad else 0)

    def _counts(self, item: Diagnostic, places: "Places") -> bool:
        is_unread = item.code[1] == "1"  # what a page would have held cannot be told
        if self.is_strict or is_unread or item.location.path not in places:
            return True
        from generator.commands.messages import is_elsewhere

        return bool(places[item.location.path]) and not is_elsewhere(item, places)

    def _is_printed(self, severity: Severity) -> bool:
        if severity is Severity.LINT:
            return self.loudness is Loudness.VERBOSE
        return severity is Severity.ERROR or self.is_strict or self.loudness > Loudness.QUIET


def source_options(command: _Command) -> _Command:
    """Add `SOURCES…` and the options of every command that reads pages."""
    command = _option("--no-cache", is_flag=True, help=_NO_CACHE)(config_options(command))
    command = _option("-j", "--jobs", type=click.IntRange(0), help=_JOBS)(command)
    return click.argument(
        "sources",
        nargs=-1,
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_remember,
    )(command)


def config_options(command: _Command) -> _Command:
    """Add `--config`, `--quiet` and `--verbose`, and end the command where it raises an error."""
    command = _option("-v", "--verbose", is_flag=True, help="Print more details.")(_ended(command))
    command = _option("-q", "--quiet", is_flag=True, help="Print errors only.")(command)
    path = click.Path(path_type=Path)
    return _option("--config", type=path, metavar="FILE", help=_CONFIG)(command)


def _option(*names: str, **attributes: Any) -> Callable[[_Command], _Command]:
    """Make an option that `open_session` reads; commands do not see it."""
    return click.option(*names, expose_value=False, callback=_remember, **attributes)


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    context.meta[f"admonki.{option.name}"] = value


def _remembered(name: str) -> Any:
    return click.get_current_context().meta.get(f"admonki.{name}")


def _ended(command: _Command) -> _Command:
    """Print the diagnostics of an `AdmonkiError`, and exit with 1."""

    @wraps(command)
    def run(*arguments: object, **options: object) -> object:
        try:
            return command(*arguments, **options)
        except AdmonkiError as error:
            fail(_remembered("session"), error.diagnostics)

    return cast("_Command", run)


def open_session(
    options: Mapping[str, object] | None = None, *, strict: bool = False, needs_sources: bool = True
) -> Session:
    """Read the configuration as the command line asks; exit when it is invalid.

    Args:
        options: Further values of the command line by field name of `Config`.
        strict: Of `--strict`.
        needs_sources: Whether the command needs pages.
    """
    cwd = working_folder()
    given = {"sources": _remembered("sources"), "jobs": _remembered("jobs"), **(options or {})}
    config, problems = load(given, cwd=cwd, environ=os.environ, file=_remembered("config"))
    if _remembered("no_cache"):
        config = replace(config, cache_dir=None)
    session = Session(config, cwd, problems, _loudness(), strict)
    click.get_current_context().meta["admonki.session"] = session
    if has_error(problems):
        fail(session, problems)
    if needs_sources and not config.sources:
        raise click.UsageError(
            "which pages? Name files or folders, or run this where there is a mkdocs.yml, "
            "an admonki.toml, a vault or book (.obsidian/, _quarto.yml, myst.yml, _toc.yml), or a "
            "folder source/ or docs/."
        )
    return session


def _loudness() -> Loudness:
    if _remembered("quiet"):
        return Loudness.QUIET
    return Loudness.VERBOSE if _remembered("verbose") else Loudness.NORMAL


def working_folder() -> Path:
    """Return the working folder; exit when it was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise click.ClickException("the working folder no longer exists") from None


def identified_notes(session: Session) -> "Identified":
    """Run all pages through the stages."""
    from generator.identity.clock import current_time
    from generator.pipeline.identify import dry_run

    return dry_run(session.config, cwd=session.cwd, now_s=current_time())


def fail(session: Session, diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Print diagnostics and exit."""
    session.say(diagnostics)
    sys.exit(1)


def print_selection(selection: "Selection", *, cwd: Path, option: str) -> None:
    """Print diagnostics to stderr with the lines that they refer to.

    Args:
        selection: What to print.
        cwd: What paths are relative to.
        option: The option that shows everything.
    """
    from generator.commands.messages import to_lines

    quoted = read_lines(selection.shown, cwd=cwd)
    text = to_lines(selection, quoted=quoted, option=option, color=has_color(sys.stderr))
    show_ready(text, is_error=True)


def has_color(stream: object) -> bool:
    """Whether a stream is a terminal and its user wants colour (no-color.org)."""
    is_terminal = getattr(stream, "isatty", lambda: False)()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_lines(diagnostics: Iterable[Diagnostic], *, cwd: Path) -> dict[str, list[str]]:
    """Read the files that diagnostics refer to, to quote from them."""
    paths = {item.location.path for item in diagnostics}
    return {path: lines for path in paths if (lines := files.read_lines(cwd / path))}
