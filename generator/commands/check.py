"""`admonki check`: everything that a build would say, and more; writes nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from generator.commands.output import show_ready
from generator.commands.progress import progress
from generator.commands.session import (
    Loudness,
    Session,
    identified_notes,
    open_session,
    print_diagnostics,
    source_options,
)
from generator.errors import Diagnostic
from generator.harmless import as_json
from generator.model import Box

_FORMATS = ("text", "json", "github", "sarif")
_WAYS = 'add its type to card_types, or write "<!-- admonki: card -->" as the first line in it'


@click.command("check")
@source_options
@click.option("--format", "style", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Exit with 1 after a warning too.")
@click.option("--boxes", is_flag=True, help="List what became of every admonition, and why.")
def command(
    sources: tuple[Path, ...],
    style: str,
    strict: bool,
    boxes: bool,
    config_file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check the pages in SOURCES: what a build would say, and advice. Writes nothing.

    Exit codes: 0 nothing wrong, 1 an error (with --strict: or a warning), 2 wrong usage.
    """
    session = open_session(
        {"sources": sources}, config_file=config_file, quiet=quiet, verbose=verbose, strict=strict
    )
    with progress("checking", session.loudness):
        found, verdicts = inspect(session)
    if style == "text":
        _print_text(session, found, verdicts, with_boxes=boxes)
    else:
        show_ready(_machine(style, found, verdicts))
    session.finish(found)


class Verdict(dict[str, str | int]):
    """What became of one admonition, as a JSON object."""


def inspect(session: Session) -> tuple[tuple[Diagnostic, ...], tuple[Verdict, ...]]:
    """Look at all pages.

    Args:
        session: Which pages, and how.

    Returns:
        Everything that there is to say, sorted and silenced as the author wishes; and what
        became of every admonition.
    """
    from generator.commands.check_cards import lint_cards
    from generator.pipeline.links import broken_links
    from generator.report import silence

    identified = identified_notes(session)
    pages = identified.collection.pages
    anchors = {page.name: page.anchors for page in pages if page.name}
    found = (
        *session.problems,
        *identified.diagnostics,
        *lint_cards([note.note for note in identified.notes]),
        *broken_links((link for page in pages for link in page.links), anchors),
    )
    directives = [item for page in pages for item in page.directives]
    boxes = [_verdict(box) for page in pages for box in page.boxes]
    return silence(found, ignore=session.config.ignore, directives=directives), tuple(boxes)


def _verdict(box: Box) -> Verdict:
    place = box.admonition.location
    return Verdict(
        path=place.path,
        line=place.line,
        type=box.admonition.type,
        title=box.admonition.title or "",
        verdict=box.verdict,
        rule=box.rule,
        reason=box.reason,
    )


def _machine(style: str, found: Sequence[Diagnostic], verdicts: Sequence[Verdict]) -> str:
    from generator.report import to_github, to_json, to_sarif
    from generator.version import __version__

    if style == "github":
        return to_github(found)
    if style == "sarif":
        return to_sarif(found, version=__version__)
    report = json.loads(to_json(found))
    report["boxes"] = list(verdicts)
    return as_json(report) + "\n"


def _print_text(
    session: Session,
    found: Sequence[Diagnostic],
    verdicts: Sequence[Verdict],
    *,
    with_boxes: bool,
) -> None:
    from generator.errors import Severity
    from generator.report import count

    is_quiet = session.loudness is Loudness.QUIET
    shown = [item for item in found if not is_quiet or item.severity is Severity.ERROR]
    print_diagnostics(shown, cwd=session.cwd)
    if with_boxes:
        for box in verdicts:
            session.tell(
                f"{box['path']}:{box['line']}: {box['verdict']}: {_named(box)} ({box['reason']})"
            )
    session.tell(box_summary(verdicts))
    session.tell(str(count(found)))


def _named(box: Verdict) -> str:
    return " ".join(part for part in (str(box["type"]), f'"{box["title"]}"') if part.strip('"'))


def box_summary(verdicts: Iterable[Verdict]) -> str:
    """Return what was taken, what was left, and how to change it."""
    listed = list(verdicts)
    counts = Counter(str(box["verdict"]) for box in listed)
    text = f"boxes: {len(listed)}"
    names = {"card": "cards", "answer": "answers", "bank": "banks", "part": "parts of cards"}
    text += "".join(f", {counts[key]} {name}" for key, name in names.items() if counts[key])
    left = Counter(str(box["type"]) or "(no type)" for box in listed if box["verdict"] == "left")
    if not left:
        return text
    types = ", ".join(f"{number} {kind}" for kind, number in left.most_common())
    return f"{text}, {left.total()} left: {types}\nto make a card of a box that was left: {_WAYS}"
