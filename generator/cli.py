"""The command line: options in, words and exit codes out; no logic."""

import json
import os
import sys
import time
from pathlib import Path

import click

from generator.config import load
from generator.errors import AdmonkiError, Diagnostic, Severity
from generator.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="admonki")
def main() -> None:
    """Turn the admonitions of a MkDocs-Material site into Anki decks."""


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder of the packages.")
@click.option("--lock", type=click.Path(path_type=Path), help="The lock file.")
@click.option("--locked", is_flag=True, help="Fail where the lock file would change.")
def build(sources: tuple[Path, ...], output: Path | None, lock: Path | None, locked: bool) -> None:
    """Build the packages of all pages in SOURCES."""
    from generator.identity.clock import build_time
    from generator.pipeline import build as run

    started = time.monotonic()
    cwd = Path.cwd()
    options = {"sources": sources, "output": output, "lock": lock}
    config, problems = load(options, cwd=cwd, environ=os.environ)
    now_s, found = build_time(os.environ, clock_s=time.time())
    problems += found
    _stop_on_errors(problems)
    try:
        built = run(config, cwd=cwd, now_s=now_s, is_locked=locked)
    except AdmonkiError as error:
        _say(error.diagnostics)
        sys.exit(1)
    _say((*problems, *built.identified.diagnostics))
    if built.identified.has_errors:
        sys.exit(1)
    _summarize(built.identified, len(built.files), time.monotonic() - started)


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["json"]), default="json", show_default=True)
@click.option("--all", "all_boxes", is_flag=True, help="List every admonition, nested ones too.")
def cards(sources: tuple[Path, ...], style: str, all_boxes: bool) -> None:  # noqa: ARG001
    """Print the cards of all pages in SOURCES."""
    from generator.commands.cards import box_record, card_record
    from generator.pipeline import resolve
    from generator.pipeline.boxes import list_boxes

    cwd = Path.cwd()
    config, problems = load({"sources": sources}, cwd=cwd, environ=os.environ)
    _stop_on_errors(problems)
    records: list[object]
    if all_boxes:
        boxes, found = list_boxes(config, cwd=cwd)
        records = [box_record(box) for box in boxes]
    else:
        identified = resolve(config, cwd=cwd, now_s=int(time.time()))
        found = identified.diagnostics
        records = [card_record(note) for note in identified.notes]
    click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    _say(found)
    sys.exit(any(item.severity is Severity.ERROR for item in found))


def _summarize(identified: object, files: int, seconds: float) -> None:
    from generator.pipeline import Identified

    assert isinstance(identified, Identified)  # noqa: S101
    pages = identified.collection.pages
    notes = identified.notes
    sections = {(note.note.page, note.note.section[:1]) for note in notes}
    unanswered = sum(note.note.is_unanswered for note in notes)
    warnings = sum(d.severity is Severity.WARNING for d in identified.diagnostics)
    click.echo(
        f"{len(pages)} pages, {len(sections)} sections, {len(notes) - unanswered} cards, "
        f"{unanswered} unanswered, {warnings} warnings, {files} files written, {seconds:.1f} s"
    )


def _stop_on_errors(problems: tuple[Diagnostic, ...]) -> None:
    if any(item.severity is Severity.ERROR for item in problems):
        _say(problems)
        sys.exit(1)


def _say(problems: tuple[Diagnostic, ...]) -> None:
    from generator.report import to_text

    shown = [item for item in problems if item.severity is not Severity.LINT]
    lines = {path: _lines(path) for path in {item.location.path for item in shown}}
    color = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    click.echo(to_text(shown, lines=lines, color=color), err=True, nl=False)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []
