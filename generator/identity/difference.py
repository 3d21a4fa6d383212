"""What changed between two states of a deck."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST_DIFF = 4_000  # pieces; longer texts are compared as a whole


class CardState(Struct, frozen=True):
    """A card at one time.

    Attributes:
        guid: Which card.
        key: What its `ID` field shows.
        place: Its deck in a package, page and section in a lock.
        question: Plain text.
        answer: Plain text, or None when unknown (a lock holds none).
        content: Anything that differs when the content differs.
        note_types: Ids of the note types of its project; empty when unknown.
        fields: Name and value of each field; empty when unknown.
        tags: Sorted; empty when unknown.
    """

    guid: str
    key: str
    place: str
    question: str
    answer: str | None
    content: str
    note_types: tuple[int, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()


class Change(Struct, frozen=True):
    """A card before and after."""

    old: CardState
    new: CardState

    @property
    def is_renamed(self) -> bool:
        """Whether its question reads differently."""
        return self.old.question != self.new.question

    @property
    def is_moved(self) -> bool:
        """Whether its place has changed."""
        return self.old.place != self.new.place

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """Names of the fields whose value differs."""
        before = dict(self.old.fields)
        return tuple(name for name, value in self.new.fields if before.get(name, value) != value)

    @property
    def changed_tags(self) -> tuple[str, ...]:
        """Tags with a sign: `+new`, `-gone`."""
        old, new = set(self.old.tags), set(self.new.tags)
        gone = (f"-{tag}" for tag in sorted(old - new))
        return (*(f"+{tag}" for tag in sorted(new - old)), *gone)

    @property
    def is_changed(self) -> bool:
        """Whether its content differs beyond the question."""
        if self.old.answer is None or self.new.answer is None:
            return self.old.content != self.new.content
        return self.old.answer != self.new.answer or (
            self.old.content != self.new.content and not self.is_renamed and not self.is_moved
        )


class Difference(Struct, frozen=True):
    """What changed, each in the order of the side that holds it.

    Attributes:
        added: Cards that only the new side has.
        changed: Cards whose answer or other content differs.
        renamed: Cards whose question differs.
        moved: Cards whose place has changed.
        removed: Cards that only the old side has.
    """

    added: tuple[CardState, ...] = ()
    changed: tuple[Change, ...] = ()
    renamed: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    removed: tuple[CardState, ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.changed, self.renamed, self.moved, self.removed))

    @property
    def search(self) -> str:
        """The search for Anki's browser that finds the removed notes; empty when none."""
        types = {number for card in self.removed for number in card.note_types}
        return removal_search((card.key for card in self.removed), types)


def compare(old: Iterable[CardState], new: Iterable[CardState]) -> Difference:
    """Compare two states of a deck; a card may be in several of the lists.

    Args:
        old: Cards before.
        new: Cards after.
    """
    before = {card.guid: card for card in old}
    after = {card.guid: card for card in new}
    both = [Change(before[guid], card) for guid, card in after.items() if guid in before]
    return Difference(
        added=tuple(card for guid, card in after.items() if guid not in before),
        changed=tuple(change for change in both if change.is_changed),
        renamed=tuple(change for change in both if change.is_renamed),
        moved=tuple(change for change in both if change.is_moved),
        removed=tuple(card for guid, card in before.items() if guid not in after),
    )


def removal_search(keys: Iterable[str], note_types: Iterable[int] = ()) -> str:
    """Write the search that finds notes of a project by their `ID` field.

    Args:
        keys: Of the notes.
        note_types: Ids of the project's note types: notes of other projects may have the same key.

    Returns:
        `(mid:1 OR mid:2) ("ID:a" OR "ID:b")`, with Anki's search syntax escaped (Anki
        manual, Searching); empty without keys.
    """
    named = " OR ".join(f'"ID:{_escape(key)}"' for key in keys)
    types = " OR ".join(f"mid:{number}" for number in sorted(note_types))
    return f"({types}) ({named})" if types and named else named


def word_diff(old: str, new: str, *, context: int = 6) -> tuple[tuple[str, str], ...]:
    """Compare two texts word by word.

    Args:
        old: Before.
        new: After.
        context: How many unchanged words to keep on each side of a change.

    Returns:
        Pieces in order: (`=`, `-` or `+`, text); what was left out between is a `…`.
    """
    a, b = _PIECE.findall(old), _PIECE.findall(new)
    if len(a) + len(b) > _LONGEST_DIFF:
        return (("-", _clip(old)), ("+", _clip(new)))
    pieces: list[tuple[str, str]] = []
    done_a = done_b = 0
    for i, j, size in _alike(a, b):
        changes = (("-", "".join(a[done_a:i])), ("+", "".join(b[done_b:j])))
        pieces += (change for change in changes if change[1])
        done_a, done_b = i + size, j + size
        if size:
            is_edge = (not i and not j, done_a == len(a) and done_b == len(b))
            pieces.append(("=", _shorten(a[i:done_a], 2 * context, is_edge)))
    return tuple(pieces)


def _alike(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where pieces are the same in both, and how many; at last where both end.

    A blank between two changed words is a part of the change. `difflib` would take the square of
    two texts with little in common, and more.
    """
    from rapidfuzz.distance import Indel  # most commands compare nothing

    for code in Indel.opcodes(a, b):
        is_blank = code.src_end - code.src_start == 1 and a[code.src_start].isspace()
        if code.tag == "equal" and not is_blank:
            yield code.src_start, code.dest_start, code.src_end - code.src_start
    yield len(a), len(b), 0


def _shorten(pieces: Sequence[str], keep: int, is_edge: tuple[bool, bool]) -> str:
    """Cut out the middle of unchanged words, or their far end at the edge of a text."""
    is_first, is_last = is_edge
    if is_first and is_last:
        return "".join(pieces)
    if is_first:
        return "".join(pieces if len(pieces) <= keep else ("… ", *pieces[-keep:]))
    if is_last:
        return "".join(pieces if len(pieces) <= keep else (*pieces[:keep], " …"))
    if len(pieces) <= 2 * keep:
        return "".join(pieces)
    return "".join((*pieces[:keep], " … ", *pieces[-keep:]))


def _clip(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"


def _escape(key: str) -> str:
    return re.sub(r'([\\"*_:])', r"\\\1", key)
