"""Lines of the lock: each value to text and back."""

import json
import re

from generator.identity.lock import Entry, Gap, NoteTypeEntry
from generator.model import Project

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
EARLIEST_S, LATEST_S = 1_160_000_000, 4_102_444_800  # Anki's first year; the year 2100
"""Between which two times a build may have been, seconds since 1970."""
_MOST_GAPS = 10_000
_ID_STEP = 10
_PROJECT = re.compile(r"[0-9a-f]{10}")


def escape(text: str) -> str:
    """Escape a text for a cell."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(_ESCAPES.get(char, char) for char in text)


def unescape(text: str) -> str:
    """Read a cell."""
    if "\\" not in text:
        return text
    out: list[str] = []
    chars = iter(text)
    for char in chars:
        if char == "\\":
            follower = next(chars, "\\")
            out.append(_PLAIN.get(follower, follower))
        else:
            out.append(char)
    return "".join(out)


def format_entry(e: Entry) -> str:
    """Write the line of a card."""
    numbers = (e.guid, str(e.row_id), str(e.mod_s), e.source_hash, e.shown_hash, e.sketch, e.kind)
    texts = map(escape, (_format_gaps(e.gaps), str(e.nth), e.explicit_id))
    place = map(escape, (e.page, e.section, e.question, e.deck))
    return "\t".join(("gone" if e.is_gone else "card", escape(e.key), *numbers, *texts, *place))


def parse_entry(word: str, cells: list[str]) -> Entry:
    """Read the line of a card.

    Args:
        word: `card` or `gone`.
        cells: What follows it.

    Raises:
        ValueError: When a cell is invalid.
    """
    key, guid, row_id, mod, source, shown, sketch, kind, gaps, *texts = cells
    nth, explicit_id, page, section, question, deck = map(unescape, texts)
    if not key or not guid or not page or kind not in {"basic", "reversed", "cloze"}:
        raise ValueError("empty cell")
    if not guid.isprintable():
        raise ValueError(guid)
    return Entry(
        unescape(key),
        guid,
        _row_id(row_id),
        parse_time(mod),
        source,
        shown,
        sketch,
        kind,
        _parse_gaps(unescape(gaps)),
        _whole(nth),
        explicit_id,
        page,
        section,
        question,
        deck,
        word == "gone",
    )


def parse_old_entry(
    word: str, cells: list[str], *, version: str, epoch_s: int, number: int
) -> Entry:
    """Read the line of a card of an older format: 2 had no decks, 1 also no row ids and gaps.

    Args:
        word: `card` or `gone`.
        cells: What follows it.
        version: Of the format.
        epoch_s: Where row ids started.
        number: How many cards come before it in the file.
    """
    if version == "2":
        return parse_entry(word, [*cells, ""])
    key, guid, mod, shown, sketch, kind, *rest = cells
    row_id = str(epoch_s * 1000 + number * _ID_STEP)
    return parse_entry(word, [key, guid, row_id, mod, "", shown, sketch, kind, "", *rest, ""])


def parse_type(cells: list[str]) -> NoteTypeEntry:
    """Read the line of a note type."""
    name, schema, style, mod, version = cells
    return NoteTypeEntry(unescape(name), schema, style, parse_time(mod), version)


def parse_project(cells: list[str]) -> Project:
    """Read the line that names the project."""
    id_, name = cells
    if id_ and not _PROJECT.fullmatch(id_):
        raise ValueError(id_)
    return Project(id_, unescape(name))


def parse_time(text: str) -> int:
    """Read whole seconds since 1970.

    Raises:
        ValueError: When the time is before Anki existed, or implausibly late.
    """
    seconds = _whole(text)
    if not EARLIEST_S <= seconds <= LATEST_S:
        raise ValueError(text)
    return seconds


def _row_id(text: str) -> int:
    number = _whole(text)
    if not EARLIEST_S <= number // 1000 <= LATEST_S:
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise ValueError(text)
    return int(text)


def _format_gaps(gaps: tuple[Gap, ...]) -> str:
    if not gaps:
        return ""
    rows = [[-gap.number if gap.is_gone else gap.number, gap.text, gap.context] for gap in gaps]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _parse_gaps(text: str) -> tuple[Gap, ...]:
    if not text:
        return ()
    try:
        rows = [(int(n), str(word), str(context)) for n, word, context in json.loads(text)]
    except (TypeError, RecursionError, OverflowError) as error:
        raise ValueError(text) from error
    if any(abs(n) > _MOST_GAPS for n, _, _ in rows):
        raise ValueError(text)
    return tuple(Gap(abs(n), word, context, n < 0) for n, word, context in rows)
