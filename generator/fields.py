"""The fields of a note: the only place where a note becomes strings.

The package writer stores these strings and the lock hashes them, so that both agree on what a
change is. Nothing here may depend on line numbers, on other cards, or on the clock.
"""

import re
from functools import lru_cache
from itertools import chain

from generator.markup.text import clean, escape, without_brackets
from generator.markup.writer import end, start, write
from generator.model import Card, CardKind, Fragment, Note

TEXT, QUESTION, ANSWER, CONTEXT, SOURCE, ID, REVERSED, FLAGS = (
    "Text",
    "Question",
    "Answer",
    "Context",
    "Source",
    "ID",
    "Reversed",
    "Flags",
)
_SPARE = ("", "")
TYPED = "Extra 1"
"""Holds "1" when the learner types the answer."""

SHIPPED = "Shipped"
"""What the author shipped last, see `identity/shipped.py`."""

FIELD_NAMES: tuple[str, ...] = (
    TEXT,
    QUESTION,
    ANSWER,
    CONTEXT,
    SOURCE,
    ID,
    REVERSED,
    FLAGS,
    TYPED,
    "Extra 2",
    SHIPPED,
)
"""Fields of every note type of ours, in order. Frozen: a change here splits users' decks."""

_ID = FIELD_NAMES.index(ID)
_TITLE = start("div", {"class": "question-title"})
_CLOZE = re.compile(r"\{\{c\d+::")


def note_fields(
    card: Card | Note, question: Fragment, answer: Fragment, source: str
) -> tuple[str, ...]:
    """Render the fields of a note, in the order of `FIELD_NAMES`, its key left empty.

    Args:
        card: The card as extracted.
        question: Rendered.
        answer: Rendered.
        source: See `Note.source`.

    Returns:
        One string per field, without control characters.
    """
    return (
        escape(question.text) or escape(answer.text),
        *_sides(card.kind, question.html, answer.html),
        _join_places((card.page_title, *card.section, *card.outline)),
        source,
        "",
        "1" if card.kind is CardKind.REVERSED else "",
        _flags(card),
        "1" if card.is_typed else "",
        *_SPARE,
    )


def fields_of(note: Note) -> tuple[str, ...]:
    """Render the fields of a rendered note; see `note_fields`."""
    return note_fields(note, note.question, note.answer, note.source)


def with_key(fields: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Put a note's key into its fields; it also replaces an empty first field, which Anki refuses.

    Args:
        fields: From `note_fields`.
        key: See `IdentifiedNote.key`.
    """
    key = escape(key)
    return (fields[0] or key, *fields[1:_ID], key, *fields[_ID + 1 :])


def without_key(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Remove the parts of a note's fields that identify it."""
    text = "" if fields[0] == fields[_ID] else fields[0]
    return (text, *fields[1:_ID], "", *fields[_ID + 1 : -1], "")


def note_deck(note: Note) -> str:
    """Name a note's deck, without characters that Anki's database cannot hold."""
    return clean(note.deck)


@lru_cache(maxsize=4096)
def note_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Sort tags, each once, without the blanks that separate tags in Anki, and without `<` and `>`.

    Args:
        tags: As the page has them.

    Returns:
        The tags as Anki stores them.
    """
    cleaned = (without_brackets(clean(tag)).strip() for tag in tags)
    return tuple(sorted({re.sub(r"\s+", "_", tag) for tag in cleaned} - {""}))


def _sides(kind: CardKind, question: str, answer: str) -> tuple[str, str]:
    """Question and answer; gaps of a cloze's answer go to the question, where Anki asks them."""
    if kind is CardKind.CLOZE and _CLOZE.search(answer):
        return f"{_TITLE.html}{question}{end('div').html}\n{answer}", ""
    return question, answer


@lru_cache(maxsize=4096)
def _join_places(parts: tuple[str, ...]) -> str:
    """Page › section › outline, each part its own element, so that CSS can set them apart."""
    places = [(start("span"), part.strip(), end("span")) for part in parts if part.strip()]
    return write(chain.from_iterable(places))


def _flags(card: Card | Note) -> str:
    """Words that the card's outermost element carries as classes."""
    return " ".join(("unanswered",) * card.is_unanswered + ("bank",) * card.is_bank)
