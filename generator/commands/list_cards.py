"""`admonki list`: one line per card."""

import unicodedata
from collections.abc import Sequence

import click

from generator import safe_text
from generator.commands.output import show, show_ready
from generator.commands.session import identified_notes, open_session, source_options
from generator.model import IdentifiedNote

_QUESTION_CELLS = 72


@click.command("list")
@source_options
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@click.option("--deck", default="", metavar="NAME", help="Only this deck and its subdecks.")
@click.option("--tag", default="", metavar="TAG", help="Only cards with this tag.")
@click.option("--unanswered", is_flag=True, help="Only cards without an answer.")
def command(
    style: str,
    deck: str,
    tag: str,
    unanswered: bool,
) -> None:
    """List the cards of all pages in SOURCES: place, deck, question."""
    session = open_session()
    identified = identified_notes(session)
    chosen = [
        note
        for note in identified.notes
        if _is_below(note.note.deck, deck)
        and (not tag or tag in note.tags)
        and (not unanswered or note.note.is_unanswered)
    ]
    show_ready(as_json(chosen)) if style == "json" else show(table(chosen))
    session.say(identified.diagnostics)
    session.finish(identified.diagnostics)


def _is_below(deck: str, wanted: str) -> bool:
    return not wanted or deck == wanted or deck.startswith(f"{wanted}::")


def as_json(notes: Sequence[IdentifiedNote]) -> str:
    """Return the same as `table` as JSON."""
    records = [
        {
            "id": note.key,
            "deck": note.note.deck,
            "path": note.note.location.path,
            "line": note.note.location.line,
            "unanswered": note.note.is_unanswered,
            "tags": list(note.tags),
            "question": note.note.question.text,
        }
        for note in notes
    ]
    return safe_text.as_json(records) + "\n"


def table(notes: Sequence[IdentifiedNote]) -> str:
    """Return one line per deck, followed by one line per card."""
    lines: list[str] = []
    deck = None
    places = {id(note): _place(note) for note in notes}
    width = max(map(len, places.values()), default=0)
    for note in notes:
        if note.note.deck != deck:
            deck = note.note.deck
            lines += ([""] if lines else []) + [deck or "(no deck)"]
        mark = "?" if note.note.is_unanswered else " "
        question = clipped(note.note.question.text, _QUESTION_CELLS)
        lines.append(f"  {places[id(note)]:<{width}} {mark} {question}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def _place(note: IdentifiedNote) -> str:
    return f"{note.note.location.path}:{note.note.location.line}"


def clipped(text: str, cells: int) -> str:
    """Return text on one line, cut to a number of terminal columns."""
    text = " ".join(text.split())
    used = 0
    for index, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > cells:
            return f"{text[: index - 1]}…"
    return text
