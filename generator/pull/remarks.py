"""Remarks to the author: changes that cannot be mapped for certain, and conflicts."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from generator.errors import Location
from generator.pull.comparison import ChangedCard, NewNote
from generator.pull.mapping import Sides, plain
from generator.safe_text import for_terminal

_MOST_SHOWN: Final = 10_000  # characters of a text


class Remark(Struct, frozen=True, order=True):
    """A change that the author has to make by hand or to decide on.

    Attributes:
        path: The page, as messages name it.
        line: 1-based line, 0 for none.
        reason: Why it is not in the patch.
        texts: The texts concerned: whose text it is, and the text.
    """

    path: str
    line: int
    reason: str
    texts: tuple[tuple[str, str], ...] = ()


def both(sides: Sides) -> str:
    """Question and answer as plain text."""
    return "\n".join(filter(None, map(plain, sides)))


def of_card(change: ChangedCard, reason: str) -> Remark:
    """Remark on a whole card."""
    place = change.note.note.location
    texts = (("page", both(change.now)), ("Anki", both(change.reader)))
    return Remark(place.path, place.line, reason, texts)


def of_conflict(change: ChangedCard) -> Remark:
    """Remark on a card that both sides changed, with all three texts."""
    place = change.note.note.location
    sides = (("shipped", change.shipped), ("page", change.now), ("Anki", change.reader))
    texts = tuple((name, both(side)) for name, side in sides)
    return Remark(place.path, place.line, "both the page and Anki changed this card", texts)


def of_new_note(note: NewNote, path: str, line: int) -> Remark:
    """Remark on a note that the reader added and that cannot be written as a box.

    Args:
        note: The note.
        path: The page of its deck; the deck, if no page has it.
        line: 1-based line of the deck's last card, 0 for a deck without a page.
    """
    unwritten = f"a new note of {note.deck} cannot be written as Markdown for certain"
    reason = unwritten if line else "no page has the deck of this new note"
    return Remark(path, line, reason, (("Anki", both(note.sides)),))


def of_rewording(place: Location, key: str) -> Remark:
    """Remark on a card that the next build would take for a new one, without its reviews."""
    text = f"after this rewording, the card keeps its reviews only with the id {key}"
    return Remark(place.path, place.line, text)


def comment(remarks: Iterable[Remark]) -> str:
    """Write remarks as comments that `git apply` ignores."""
    lines = []
    for remark in remarks:
        place = f"{remark.path}:{remark.line}" if remark.line else remark.path
        lines.append(f"{place}: {remark.reason}")
        for name, text in remark.texts:
            shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
            lines += [f"  {name}: {line}" for line in shown.split("\n")]
    return "".join(f"# {for_terminal(line)}\n" for line in lines)
