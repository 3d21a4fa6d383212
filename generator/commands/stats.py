"""`admonki stats`: what the decks hold, and which answers are missing."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, to_builtins

from generator.commands.list_cards import clipped
from generator.commands.output import show, show_json, show_ready
from generator.commands.session import identified_notes, open_session, source_options
from generator.model import IdentifiedNote, Note
from generator.pipeline.rules import Coverage

if TYPE_CHECKING:
    from generator.pipeline.identify import Identified

_FORMULA = re.compile(r"<math\b|\\\(|\\\[")
_IMAGE = re.compile(r"<img\b")
_LONGEST = 5


class DeckStats(Struct, frozen=True):
    """What one deck holds.

    Attributes:
        deck: Its name.
        answered: Cards with an answer.
        unanswered: Cards without one.
        words: Of questions and answers.
        formulas: On both sides.
        images: On both sides.
    """

    deck: str
    answered: int
    unanswered: int
    words: int
    formulas: int
    images: int


class LongCard(Struct, frozen=True):
    """A card with a long answer."""

    path: str
    line: int
    words: int
    question: str


class Stats(Struct, frozen=True):
    """What a build holds.

    Attributes:
        decks: Deck by deck, in reading order.
        total: All decks together.
        banks: How far each question bank is answered.
        longest: The cards with most words.
    """

    decks: tuple[DeckStats, ...]
    total: DeckStats
    banks: tuple[Coverage, ...]
    longest: tuple[LongCard, ...]


@click.command("stats")
@source_options
@click.option(
    "--reviews",
    type=click.Path(path_type=Path, exists=True),
    metavar="EXPORT",
    help="Show review statistics from an .apkg or .colpkg with scheduling, or a sync folder.",
)
@click.option(
    "--running",
    is_flag=True,
    help="Show review statistics from the Anki that runs on this computer.",
)
@click.option("--format", "style", type=click.Choice(["text", "json", "markdown"]), default="text")
def command(
    reviews: Path | None,
    running: bool,
    style: str,
) -> None:
    """Count cards, words, formulas, images and missing answers of each deck.

    With --reviews, show how often each card, section and page was failed, with lapses, retention
    and time, the worst first: these are the ones to split or to explain better.
    """
    has_reviews = reviews is not None or running
    if style == "markdown" and not has_reviews:
        raise click.UsageError("--format markdown needs --reviews or --running")
    if reviews is not None and running:
        raise click.UsageError("--reviews or --running, not both")
    session = open_session()
    identified = identified_notes(session)
    if has_reviews:
        write = show_ready if style == "json" else show
        write(_reviews(identified, reviews, style))
        raise SystemExit(0)
    stats = count_notes(identified.notes, identified.collection.coverage)
    if style == "json":
        show_json(to_builtins(stats))
    else:
        show(to_text(stats))
    session.say(identified.diagnostics)
    session.finish(identified.diagnostics)


def _reviews(identified: "Identified", export: Path | None, style: str) -> str:
    from generator.commands import review_formats
    from generator.commands.pull import connect, read_running_notes
    from generator.pull.reader_side import read_export
    from generator.pull.reviews import review_stats

    if export is not None:
        reader = read_export(export)
    else:
        reader = read_running_notes(connect(), identified, with_reviews=True)
    found = review_stats(identified.notes, reader)
    write = {"json": review_formats.to_json, "markdown": review_formats.to_markdown}
    return write.get(style, review_formats.to_text)(found)


def count_notes(notes: Sequence[IdentifiedNote], banks: tuple[Coverage, ...]) -> Stats:
    """Count what notes hold."""
    decks: dict[str, list[Note]] = {}
    for identified in notes:
        decks.setdefault(identified.note.deck, []).append(identified.note)
    longest = sorted((_long(item.note) for item in notes), key=lambda card: -card.words)
    return Stats(
        tuple(_count(deck, inside) for deck, inside in decks.items()),
        _count("total", [item.note for item in notes]),
        banks,
        tuple(longest[:_LONGEST]),
    )


def _count(deck: str, notes: Sequence[Note]) -> DeckStats:
    unanswered = sum(note.is_unanswered for note in notes)
    html = [side.html for note in notes for side in (note.question, note.answer)]
    return DeckStats(
        deck,
        answered=len(notes) - unanswered,
        unanswered=unanswered,
        words=sum(_words(note) for note in notes),
        formulas=_found(_FORMULA, html),
        images=_found(_IMAGE, html),
    )


def _found(pattern: re.Pattern[str], texts: Iterable[str]) -> int:
    return sum(len(pattern.findall(text)) for text in texts)


def _words(note: Note) -> int:
    return len(note.question.text.split()) + len(note.answer.text.split())


def _long(note: Note) -> LongCard:
    place = note.location
    return LongCard(place.path, place.line, _words(note), note.question.text)


def to_text(stats: Stats) -> str:
    """Return tables: decks, banks, longest cards."""
    names = ("answered", "unanswered", "words", "formulas", "images")
    rows = [*stats.decks, *([stats.total] if len(stats.decks) != 1 else [])]
    width = max((len(row.deck) for row in rows), default=4)
    lines = [f"{'deck':<{width}}  " + "  ".join(names)]
    for row in rows:
        cells = "  ".join(f"{getattr(row, name):>{len(name)}}" for name in names)
        lines.append(f"{row.deck:<{width}}  {cells}")
    if stats.banks:
        lines += ["", "question banks"]
        lines += [f"  {_bank(bank)}" for bank in stats.banks]
    if stats.longest:
        lines += ["", "longest cards"]
        lines += [
            f"  {card.words:>5} words  {card.path}:{card.line}  {clipped(card.question, 60)}"
            for card in stats.longest
        ]
    return "".join(f"{line}\n" for line in lines)


def _bank(bank: Coverage) -> str:
    place = " › ".join((bank.page, *bank.section))
    return f"answered {bank.answered} of {bank.total}  {place}"
