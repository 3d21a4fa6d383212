"""Reworded questions and rewritten answers: match vanished cards with new ones.

A pair matches when its answers are similar and its questions related, or when its questions are
nearly equal. Of two pairs that are about as good, neither is taken: a wrong match would give one
question's reviews to another, while a missed match only starts a new card.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.errors import Diagnostic
from generator.identity.pairing import Pairing
from generator.identity.wording import Wording

SAME_ANSWER = 0.6
"""Similarity of answers from which two related questions are one."""
SAME_LONG_ANSWER = 0.85
"""Similarity of answers (from eight words) from which two cards of a page are one."""
RELATED_QUESTION = 0.25
"""Least similarity of two questions of one page with the same answer."""
RELATED_QUESTION_ELSEWHERE = 0.45
"""The same across pages."""
SAME_QUESTION = 0.8
"""Similarity of questions from which two cards of a page, or without answers, are one."""
TOGETHER = 1.15
"""Sum of both similarities that suffices without either of the above."""
MARGIN = 0.12
"""By how much the best pair must beat the second."""

_SAME_PAGE_BONUS = 0.1
_PAGE_PAIRS = 40_000  # up to this size a page's notes and entries are all compared
_COMMON = 24  # a word or a band shared by more cards identifies none of them
_BAND = 4
_LONG = 8
_HINT = 0.4  # less similar answers, and questions without a common rare word, are skipped


class _Pair(Struct, frozen=True, order=True):
    """A note and an entry that may be the same card."""

    score: float
    note: int
    entry: int
    question: float
    answer: float


def match_renamed(pairing: Pairing) -> None:
    """Join reworded and rewritten cards; report kept and ambiguous ones.

    Cards that vanished in this build come first, then those gone before: an author may remove a
    card today and put it back reworded tomorrow.

    Args:
        pairing: Changed in place; `L630` is added for each card kept, `W620` for each doubt.
    """
    doubtful = _match(pairing, pairing.free_notes(), is_gone=False)
    _match(pairing, [n for n in pairing.free_notes() if n not in doubtful], is_gone=True)


def _match(pairing: Pairing, notes: list[int], *, is_gone: bool) -> set[int]:
    """Join notes with entries of one kind; return the notes of which two might be meant."""
    entries = pairing.free_entries(is_gone=is_gone)
    if not notes or not entries:
        return set()
    wording = Wording((*pairing.questions, *(entry.question for entry in pairing.entries)))
    pages = _page_names(pairing)
    pairs = []
    for note, entry in sorted(_candidates(pairing, notes, entries, pages, wording)):
        pair = _judge(pairing, note, entry, pages, wording)
        if pair is not None:
            pairs.append(pair)
    return _settle(pairing, sorted(pairs, key=lambda pair: (-pair.score, pair.note, pair.entry)))


def _page_names(pairing: Pairing) -> dict[str, str]:
    """Where the cards of each old page are now, judging by the pairs already joined."""
    moves = Counter(
        (pairing.entries[entry].page, pairing.notes[note].page)
        for note, entry in enumerate(pairing.entry_of)
        if entry >= 0
    )
    names: dict[str, str] = {}
    for (old, new), _count in sorted(moves.items(), key=lambda item: (-item[1], item[0])):
        names.setdefault(old, new)
    return names


def _candidates(
    pairing: Pairing,
    notes: list[int],
    entries: list[int],
    pages: dict[str, str],
    wording: Wording,
) -> set[tuple[int, int]]:
    """Candidate pairs, without comparing all: 10,000 by 10,000 would take minutes."""
    here = [pages.get(pairing.entries[e].page, pairing.entries[e].page) for e in entries]
    found = _sharing(
        {note: [pairing.notes[note].page] for note in notes},
        {entry: [page] for entry, page in zip(entries, here, strict=True)},
        _PAGE_PAIRS,
    )
    found |= _sharing(
        {note: _bands(pairing.notes[note].sketch) for note in notes},
        {entry: _bands(pairing.entries[entry].sketch) for entry in entries},
        _COMMON**2,
    )
    found |= _sharing(
        {note: wording.rare_words(pairing.questions[note]) for note in notes},
        {entry: wording.rare_words(pairing.entries[entry].question) for entry in entries},
        _COMMON**2,
    )
    return found


def _sharing(
    notes: Mapping[int, Iterable[str]], entries: Mapping[int, Iterable[str]], most: int
) -> set[tuple[int, int]]:
    """All pairs that share a trait, of traits that make at most `most` pairs."""
    with_trait: dict[str, list[int]] = {}
    for entry, traits in entries.items():
        for trait in traits:
            with_trait.setdefault(trait, []).append(entry)
    askers: dict[str, list[int]] = {}
    for note, traits in notes.items():
        for trait in traits:
            if trait in with_trait:
                askers.setdefault(trait, []).append(note)
    return {
        (note, entry)
        for trait, group in askers.items()
        if len(group) * len(with_trait[trait]) <= most
        for note in group
        for entry in with_trait[trait]
    }


def _bands(sketch: str) -> list[str]:
    bands = (f"{at}:{sketch[at : at + _BAND]}" for at in range(0, len(sketch), _BAND))
    return [band for band in bands if band.count("0") <= 2]


def _judge(
    pairing: Pairing, note: int, entry: int, pages: dict[str, str], wording: Wording
) -> _Pair | None:
    """Compare a note and an entry; None when they do not match."""
    old = pairing.entries[entry]
    if not pairing.can_join(note, entry) or (pairing.ids[note] and old.explicit_id):
        return None  # two explicit ids: two cards by the author's choice
    answer = pairing.answer_similarity(note, entry)
    rare = wording.rare_words(pairing.questions[note])
    if answer < _HINT and rare.isdisjoint(wording.rare_words(old.question)):
        return None
    question = wording.similarity(pairing.questions[note], old.question)
    is_same_page = pages.get(old.page, old.page) == pairing.notes[note].page
    has_answers = bool(pairing.notes[note].sketch and old.sketch)
    related = RELATED_QUESTION if is_same_page else RELATED_QUESTION_ELSEWHERE
    is_pair = (
        (answer >= SAME_ANSWER and question >= related)
        or (answer >= SAME_LONG_ANSWER and is_same_page and _is_long(old.sketch))
        or (question >= SAME_QUESTION and (is_same_page or not has_answers))
        or question + answer >= TOGETHER
    )
    if old.is_gone and question + answer < TOGETHER:
        return None  # it was removed some time ago: one similarity alone is not enough
    score = question + answer + _SAME_PAGE_BONUS * is_same_page
    return _Pair(score, note, entry, question, answer) if is_pair else None


def _is_long(sketch: str) -> bool:
    """Whether a text is long enough that similarity is not a coincidence."""
    return len(sketch) - sketch.count("0") >= _LONG


def _settle(pairing: Pairing, pairs: list[_Pair]) -> set[int]:
    """Take the best pairs first; if another is about as good, take neither.

    Returns:
        The notes that are in doubt.
    """
    by_note: dict[int, list[_Pair]] = {}
    by_entry: dict[int, list[_Pair]] = {}
    for pair in pairs:
        by_note.setdefault(pair.note, []).append(pair)
        by_entry.setdefault(pair.entry, []).append(pair)
    barred: set[int] = set()
    for pair in pairs:
        if pairing.entry_of[pair.note] >= 0 or pairing.note_of[pair.entry] >= 0:
            continue
        if pair.note in barred or ~pair.entry in barred:
            continue
        rivals = [
            other
            for other in (*by_note[pair.note], *by_entry[pair.entry])
            if other != pair
            and pair.score - other.score < MARGIN
            and pairing.entry_of[other.note] < 0
            and pairing.note_of[other.entry] < 0
        ]
        if rivals:
            _say_doubt(pairing, pair, rivals[0])
            barred |= {pair.note, ~pair.entry}
            barred |= {name for other in rivals for name in (other.note, ~other.entry)}
        elif pairing.ids[pair.note]:
            barred.add(pair.note)  # the author gave it a name of its own
            _say_new(pairing, pair)
        else:
            pairing.join(pair.note, pair.entry)
            _say_kept(pairing, pair)
    return {name for name in barred if name >= 0}


def _say_kept(pairing: Pairing, pair: _Pair) -> None:
    text = f"kept as the card {_former(pairing, pair)}"
    hint = "if it is another card, restore the old lock file, give this one an id, and build again"
    _say(pairing, pair, "L630", text, hint)


def _say_new(pairing: Pairing, pair: _Pair) -> None:
    name, key = pairing.ids[pair.note], pairing.entries[pair.entry].key
    text = f"{name!r} is a new card, though it reads like the former {_former(pairing, pair)}"
    hint = (
        f"if it is the same card, restore the old lock file and add <!-- id: {key} --> to the box"
    )
    _say(pairing, pair, "W626", text, hint)


def _say_doubt(pairing: Pairing, pair: _Pair, rival: _Pair) -> None:
    key = pairing.entries[pair.entry].key
    if rival.note == pair.note:
        both = " or ".join(_former(pairing, one) for one in (pair, rival))
        text = f"this may be the former card {both}: it is treated as new"
        hint = f"if it is one of them, add its key as an id: <!-- id: {key} -->"
    else:
        other = pairing.notes[rival.note].location
        text = f"this or the card at {other} may be the former card {key}: both are treated as new"
        hint = f"add <!-- id: {key} --> to the right one"
    _say(pairing, pair, "W620", text, hint)


def _say(pairing: Pairing, pair: _Pair, code: str, text: str, hint: str) -> None:
    place = pairing.notes[pair.note].location
    pairing.diagnostics.append(Diagnostic(place, code, text, hint))


def _former(pairing: Pairing, pair: _Pair) -> str:
    old = pairing.entries[pair.entry]
    return f"{old.key} ({_short(old.question)})"


def _short(question: str) -> str:
    return repr(question if len(question) <= 60 else f"{question[:57]}…")
