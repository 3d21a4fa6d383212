"""`admonki check`: what a build would report, with advice; writes nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import click
from msgspec import Struct

from generator.commands.check_cards import lint_cards
from generator.commands.messages import select, totals, way_out
from generator.commands.output import show_ready
from generator.commands.progress import progress
from generator.commands.session import (
    Loudness,
    Session,
    identified_notes,
    open_session,
    print_selection,
    source_options,
)
from generator.config import Config
from generator.errors import Diagnostic, Severity
from generator.model import Box
from generator.pipeline.collect import places
from generator.pipeline.identify import Identified
from generator.pipeline.links import broken_links
from generator.pipeline.sources import Places
from generator.report import count, silence, to_github, to_json, to_sarif
from generator.version import __version__

_NOUNS = (
    ("card", "card", "cards"),
    ("answer", "answer", "answers"),
    ("bank", "bank", "banks"),
    ("part", "part of a card", "parts of cards"),
)
_FORMATS = ("text", "json", "github", "sarif")
_WAYS = 'add its type to card_types, or write "<!-- admonki: card -->" as the first line in it'


@click.command("check")
@source_options
@click.option("--format", "style", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings, too.")
@click.option("--all", "is_all", is_flag=True, help="Print all messages of all pages.")
@click.option(
    "--boxes", is_flag=True, help="List every admonition with its verdict and the reason."
)
def command(
    style: str,
    strict: bool,
    is_all: bool,
    boxes: bool,
) -> None:
    """Check the pages in SOURCES: report what a build would, with advice. Writes nothing.

    Exit codes: 0 no errors, 1 errors (with --strict: or warnings), 2 wrong usage.
    """
    session = open_session(strict=strict)
    with progress("checking", session.loudness):
        inspection = inspect(session)
    if style == "text":
        _print_text(session, inspection, is_all=is_all, with_boxes=boxes)
    else:
        show_ready(_machine(style, inspection.found, inspection.verdicts))
    session.finish(inspection.found, places=inspection.places)


Verdict: TypeAlias = dict[str, str | int]
"""What became of one admonition, as a JSON object."""


class Inspection(Struct, frozen=True):
    """The result of checking all pages.

    Attributes:
        found: All diagnostics, sorted, without those that the author silenced.
        verdicts: What became of every admonition.
        places: Where the cards are.
        totals: A short summary, the same that `build` prints.
    """

    found: tuple[Diagnostic, ...]
    verdicts: tuple[Verdict, ...]
    places: Places
    totals: str


def inspect(session: Session) -> Inspection:
    """Check all pages."""
    identified = identified_notes(session)
    pages = identified.collection.pages
    unanswered = sum(note.note.is_unanswered for note in identified.notes)
    return Inspection(
        findings(identified, session.config, problems=session.problems),
        tuple(_verdict(box) for page in pages for box in page.boxes),
        places(identified.collection),
        totals(
            pages=len(pages),
            cards=len(identified.notes) - unanswered,
            unanswered=unanswered,
            left_out=identified.collection.left_out,
        ),
    )


def findings(
    identified: Identified, config: Config, *, problems: Sequence[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """Collect what a build reports, and advice.

    Args:
        identified: All pages.
        config: What is in force.
        problems: What is wrong with the configuration.

    Returns:
        All diagnostics, sorted, without those that the author silenced.
    """
    pages = identified.collection.pages
    anchors = {page.name: page.anchors for page in pages if page.name}
    found = (
        *problems,
        *identified.diagnostics,
        *lint_cards([note.note for note in identified.notes]),
        *broken_links((link for page in pages for link in page.links), anchors),
    )
    directives = [item for page in pages for item in page.directives]
    return silence(found, ignore=config.ignore, directives=directives)


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
    if style == "github":
        return to_github(found)
    if style == "sarif":
        return to_sarif(found, version=__version__)
    return to_json(found, boxes=list(verdicts))


def _print_text(
    session: Session, inspection: Inspection, *, is_all: bool, with_boxes: bool
) -> None:
    is_quiet = session.loudness is Loudness.QUIET
    is_all = is_all or session.loudness is Loudness.VERBOSE
    found = inspection.found
    printed = [item for item in found if not is_quiet or item.severity is Severity.ERROR]
    selection = select(printed, places=inspection.places, is_all=is_all)
    print_selection(selection, cwd=session.cwd, option="--all")
    for box in inspection.verdicts if with_boxes else ():
        place = f"{box['path']}:{box['line']}"
        why = f"{box['reason']} [{box['rule']}]"
        session.tell(f"{place}: {box['verdict']}: {_named(box)} ({why})")
    session.tell(box_summary(inspection.verdicts))
    if advice := way_out(selection):
        session.tell(advice)
    session.tell(f"{inspection.totals}; {count(found)}")


def _named(box: Verdict) -> str:
    return " ".join(part for part in (str(box["type"]), f'"{box["title"]}"') if part.strip('"'))


def box_summary(verdicts: Iterable[Verdict]) -> str:
    """Return which boxes became cards, which did not, and how to change that."""
    listed = list(verdicts)
    counts = Counter(str(box["verdict"]) for box in listed)
    text = f"boxes: {len(listed)}"
    for key, noun, nouns in _NOUNS:
        text += f", {counts[key]} {noun if counts[key] == 1 else nouns}" if counts[key] else ""
    left = Counter(str(box["type"]) or "(no type)" for box in listed if box["verdict"] == "left")
    if not left:
        return text
    types = ", ".join(f"{number} {kind}" for kind, number in left.most_common())
    return f"{text}, {left.total()} left: {types}\nto turn a box into a card: {_WAYS}"
