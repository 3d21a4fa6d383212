"""The record of how a note was sent, in the note itself: its field `Shipped`.

An import, a sync and a push can reach the same note in turn, from several computers. Whichever
brought the note, this field records how its author sent it. So a later sync knows which fields,
tags and decks the reader has changed since, without storing anything else.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from msgspec import Struct

from generator.fields import FIELD_NAMES, ID, SHIPPED
from generator.markup.text import escape_value, guard_cloze

MERGED: tuple[str, ...] = tuple(name for name in FIELD_NAMES if name not in {ID, SHIPPED})
"""Fields that author and reader may both change."""
_PLACES = tuple(map(FIELD_NAMES.index, MERGED))
_PLACE = FIELD_NAMES.index(SHIPPED)
_DIGITS = 8


class Shipped(Struct, frozen=True):
    """How a note was sent.

    Attributes:
        hashes: Of the fields in `MERGED`.
        tags: Sorted.
        deck: Where its cards belong.
        mod_s: Of the build that first held what its author wrote.
    """

    hashes: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    mod_s: int

    def is_edited(self, name: str, value: str) -> bool:
        """Whether a field differs from what was sent."""
        return self.hashes[MERGED.index(name)] != hash_field(value)


def with_shipped(
    fields: tuple[str, ...], tags: Sequence[str], deck: str, mod_s: int, *, hashes: str = ""
) -> tuple[str, ...]:
    """Fill a note's field `Shipped`.

    Args:
        fields: In the order of `FIELD_NAMES`.
        tags: As packaged.
        deck: As packaged.
        mod_s: As packaged.
        hashes: What `hash_fields` gives for the fields, if it is known.
    """
    text = _write(hashes or hash_fields(fields), tuple(sorted(tags)), deck, mod_s)
    return (*fields[:_PLACE], text, *fields[_PLACE + 1 :])


def hash_fields(fields: Sequence[str]) -> str:
    """Hash each of the fields in `MERGED`; return the hashes as one text.

    Args:
        fields: In the order of `FIELD_NAMES`.
    """
    return "".join([hash_field(fields[place]) for place in _PLACES])


def write_shipped(shipped: Shipped) -> str:
    """Write the field: a JSON array, escaped."""
    return _write("".join(shipped.hashes), shipped.tags, shipped.deck, shipped.mod_s)


def _write(hashes: str, tags: tuple[str, ...], deck: str, mod_s: int) -> str:
    return f"[&quot;{hashes}&quot;,{_write_place(tags, deck)},{mod_s}]"


@lru_cache(maxsize=1024)  # the notes of a section share it
def _write_place(tags: tuple[str, ...], deck: str) -> str:
    # ASCII is the same in every normal form, and a bracket must not follow a backslash.
    text = json.dumps([tags, deck], separators=(",", ":")).replace(r"\\", r"\u005c")
    return guard_cloze(escape_value(text[1:-1]))


def read_shipped(text: str) -> Shipped | None:
    """Read the field; None where it is empty or was changed by hand."""
    try:
        joined, tags, deck, mod_s = json.loads(unescape(text))
        hashes = tuple(joined[at : at + _DIGITS] for at in range(0, len(joined), _DIGITS))
        shipped = Shipped(hashes, tuple(map(str, tags)), str(deck), int(mod_s))
    except (ValueError, TypeError, RecursionError):
        return None
    return shipped if len(hashes) == len(MERGED) else None


@lru_cache(maxsize=1024)  # most fields are empty, or the same as in the note before
def hash_field(value: str) -> str:
    """Hash a field's value."""
    data = value.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_DIGITS // 2).hexdigest()
