"""Gaps of cloze cards: each keeps its number, and so its reviews, whatever changes around it.

Anki makes a card of each number. A gap that is inserted, removed, moved or reworded must not pass
on another gap's reviews, so the lock records the number of each gap.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import FIELD_NAMES, QUESTION
from generator.identity.lock import Gap

_FIELD = FIELD_NAMES.index(QUESTION)
_TOKEN = re.compile(r"\{\{c(\d+)::|\}\}")
_FORMULA = re.compile(r'<math\b[^>]*?\balttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 80
_CONTEXT_WORDS = 3
_REWORDED = 0.6
"""Similarity from which two gaps are one gap, reworded."""
_SAME_PLACE = 0.75
"""Similarity of context from which two gaps are one gap, whatever they hold."""


class Numbering(Struct, frozen=True):
    """Gaps with their numbers.

    Attributes:
        fields: Of the note, as packaged.
        gaps: To remember, see `Entry.gaps`.
        vanished: Gaps whose number is no longer used in the card; each leaves an empty card.
        replaced: Each gap whose number its author has given to another, and that one.
    """

    fields: tuple[str, ...]
    gaps: tuple[Gap, ...]
    vanished: tuple[Gap, ...]
    replaced: tuple[tuple[Gap, Gap], ...] = ()


def number_gaps(fields: tuple[str, ...], known: Sequence[Gap]) -> Numbering:
    """Give each gap of a note its number.

    Args:
        fields: Of a cloze note; a gap that its author has not numbered has the number 0.
        known: What the lock remembers; nothing for a new card.

    Returns:
        Known gaps with the numbers they had, new ones with numbers that were never used.
    """
    found = gaps_of(fields)
    numbers = _match(found, known)
    highest = max((gap.number for gap in (*found, *known)), default=0)
    gaps = []
    for gap, number in zip(found, numbers, strict=True):
        if not number:
            highest += 1
        gaps.append(replace(gap, number=number or highest))
    used = {gap.number for gap in gaps}
    left = _once(gap for gap in known if gap.number not in used)
    return Numbering(
        _write(fields, [gap.number for gap in gaps]),
        (*gaps, *(replace(gap, is_gone=True) for gap in left)),
        tuple(gap for gap in left if not gap.is_gone),
        tuple(_replaced(gaps, known)),
    )


def gaps_of(fields: Sequence[str]) -> tuple[Gap, ...]:
    """List the gaps of a note in the order in which they begin.

    Args:
        fields: Of a cloze note.
    """
    text = _plain(fields[_FIELD])
    begun: list[tuple[int, int, int]] = []  # number, offset in `shown`, length
    opened: list[tuple[int, int]] = []  # index in `begun`, offset in `shown`
    shown, position = "", 0
    for token in _TOKEN.finditer(text):
        shown += text[position : token.start()]
        position = token.end()
        if token[1]:
            opened.append((len(begun), len(shown)))
            begun.append((int(token[1]), len(shown), 0))
        elif opened:
            index, start = opened.pop()
            shown = shown[:start] + shown[start:].partition("::")[0]
            begun[index] = (begun[index][0], start, len(shown) - start)
    shown += text[position:]
    return tuple(_gap(shown, *place) for place in begun)


def _gap(shown: str, number: int, start: int, length: int) -> Gap:
    before = shown[:start].split()[-_CONTEXT_WORDS:]
    after = shown[start + length :].split()[:_CONTEXT_WORDS]
    context = " ".join((*before, "…", *after))
    return Gap(number, _short(shown[start : start + length]), _short(context))


def _plain(html: str) -> str:
    """Text with the braces and entities of the source: what looks like a gap is one."""
    text = _FORMULA.sub(lambda formula: f"${formula[1]}$", html)
    return _TAG.sub(" ", text)


def _short(text: str) -> str:
    return " ".join(unescape(text).split())[:_LONGEST]


def _write(fields: tuple[str, ...], numbers: Iterable[int]) -> tuple[str, ...]:
    following = iter(numbers)
    html = _TOKEN.sub(
        lambda token: f"{{{{c{next(following)}::" if token[1] else token[0], fields[_FIELD]
    )
    return (*fields[:_FIELD], html, *fields[_FIELD + 1 :])


def _match(found: Sequence[Gap], known: Sequence[Gap]) -> list[int]:
    """The number of each gap found, 0 where it is a new one; an author's number decides."""
    numbers = [gap.number for gap in found]
    if _places(found) == _places(gap for gap in known if not gap.is_gone):
        return [number or gap.number for number, gap in zip(numbers, known, strict=False)]
    for is_gone in (False, True):
        free = [n for n, gap in enumerate(known) if gap.is_gone == is_gone]
        pairs = sorted(
            (-_likeness(gap, known[old]), abs(new - old), new, old)
            for new, gap in enumerate(found)
            if not numbers[new]
            for old in free
        )
        taken: set[int] = set()
        for negative, _, new, old in pairs:
            if negative < 0 and not numbers[new] and old not in taken:
                numbers[new] = known[old].number
                taken.add(old)
    return numbers


def _replaced(gaps: Sequence[Gap], known: Sequence[Gap]) -> Iterator[tuple[Gap, Gap]]:
    """Numbers under which nothing is asked that was asked before."""
    for number in sorted({gap.number for gap in gaps}):
        now = [gap for gap in gaps if gap.number == number]
        had = [gap for gap in known if gap.number == number]
        is_same = not {gap.text for gap in now}.isdisjoint(gap.text for gap in had)
        if had and not is_same and not any(_likeness(new, old) for new in now for old in had):
            yield had[0], now[0]


def _places(gaps: Iterable[Gap]) -> list[tuple[str, str]]:
    return [(gap.text, gap.context) for gap in gaps]


def _likeness(new: Gap, old: Gap) -> float:
    """How likely two gaps are the same, 0 if not at all: by content, then by place."""
    from rapidfuzz import fuzz  # few builds see a gap changed

    place = fuzz.ratio(new.context, old.context) / 100
    if new.text == old.text:
        return 3 + place
    words = fuzz.ratio(new.text, old.text) / 100
    if words >= _REWORDED:
        return 1 + words + place
    return place if place >= _SAME_PLACE and not old.is_gone else 0.0


def _once(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """One gap per number."""
    by_number: dict[int, Gap] = {}
    for gap in gaps:
        by_number.setdefault(gap.number, gap)
    return tuple(by_number.values())
