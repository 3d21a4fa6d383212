"""What the lock stores about a note's content."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from generator.fields import note_fields, note_tags
from generator.identity.shipped import hash_fields
from generator.model import Card, CardKind, Content, Fragment, Note

_LONGEST_QUESTION = 240
_WORDS = re.compile(r"[^\W_]+")


def content(note: Note) -> Content:
    """What the lock holds about a note; computed by the page's process, or now."""
    return note.content or content_of(note, note.question, note.answer, note.source)


def shorten(question: str) -> str:
    """Fit a question into a line of the lock.

    Args:
        question: Plain text.

    Returns:
        The text on one line; of a long one, the beginning and a hash of the whole.
    """
    text = " ".join(question.split())
    if len(text) <= _LONGEST_QUESTION:
        return text
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{text[: _LONGEST_QUESTION - 20]}… #{digest}"


def section_of(note: Note) -> str:
    """Give a note's section as the lock holds it: the headings joined by ` › `."""
    return " › ".join(note.section)


def note_type_of(card: Card | Note) -> str:
    """Give the note type that a card needs: Anki refuses to change it under one GUID."""
    return "cloze" if card.kind is CardKind.CLOZE else "basic"


def kind_of(card: Card | Note) -> str:
    """Give a card's kind as the lock holds it."""
    return card.kind.value


def content_of(
    card: Card | Note, question: Fragment, answer: Fragment, source: str, *, source_hash: str = ""
) -> Content:
    """Compute what the lock holds about a note.

    Args:
        card: The card as extracted.
        question: Rendered.
        answer: Rendered.
        source: See `Note.source`.
        source_hash: See `Authorship.hash`; empty when the page is not available: then the shown
            content counts as the source.
    """
    written = (card.kind.value, question.html, answer.html)
    fields, tags = note_fields(card, question, answer, source), note_tags(card.tags)
    return Content(
        shorten(question.text),
        _asked(question.text),
        content_hash(note_type_of(card), fields, tags),
        source_hash or content_hash(written[0], written[1:], ()),
        hash_fields(fields),
    )


def _asked(question: str) -> str:
    folded = unicodedata.normalize("NFKC", question).casefold()
    return " ".join(_WORDS.findall(folded)) or folded


def content_hash(note_type: str, fields: Sequence[str], tags: Sequence[str]) -> str:
    """Hash what a note shows, without its key and its deck, since imports never move cards.

    Args:
        note_type: See `note_type_of`.
        fields: As packaged, in order, the key left empty.
        tags: As packaged; their order does not count.

    Returns:
        16 hexadecimal digits.
    """
    text = "\x1f".join((note_type, *fields, "\x1e", *sorted(tags)))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
