"""Advice on cards that could be better (L34x)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from generator.cards.labels import after_label
from generator.cards.titles import (
    Says,
    ends_with_question,
    has_question_mark,
    read_title,
)
from generator.errors import Diagnostic
from generator.identity.content import content
from generator.model import Note

_CODE_END = re.compile(r"</pre>(?:</\w+>|\s)*$")
_LONGEST_LABEL = 60  # characters
_NOTHING_TO_ANSWER = (Says.ANSWER, Says.MATERIAL, Says.OFFER)
_LONG_QUESTION_WORDS = 80
_LONG_ANSWER_WORDS = 500
_ALIKE_PERCENT = 90
_RARE_WORDS = 3  # of a question, used to look up similar ones
_MANY = 50  # cards that share a word: too common to compare


def lint_cards(notes: Sequence[Note]) -> tuple[Diagnostic, ...]:
    """Find near-duplicates (L340), overlong sides (L341, L342) and mismatched sides.

    Args:
        notes: Of all pages, in reading order.
    """
    return (*_near_duplicates(notes), *_overlong(notes), *_unfit(notes))


def _unfit(notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """Backs that ask instead of answering (L343), fronts with nothing to answer (L344)."""
    for note in notes:
        question, answer = note.question.text, note.answer.text
        is_code = _CODE_END.search(note.answer.html) is not None
        if not is_code and ends_with_question(answer) and not has_question_mark(question):
            message = "the answer ends with a question, but the question side asks nothing"
            hint = 'is the title a label? Add it to question_titles, or write "Question: …"'
            yield Diagnostic(note.location, "L343", message, hint)
        if len(question) <= _LONGEST_LABEL and _is_empty(question):
            message = "the front has nothing to answer"
            hint = "put the task below the title, or exclude the box with <!-- admonki: skip -->"
            yield Diagnostic(note.location, "L344", message, hint)


def _is_empty(question: str) -> bool:
    """Whether a front holds only a label, or a title that is not a question."""
    return read_title(question) in _NOTHING_TO_ANSWER or after_label(question) == ""


def _overlong(notes: Sequence[Note]) -> Iterator[Diagnostic]:
    for note in notes:
        words = len(note.answer.text.split())
        if words > _LONG_ANSWER_WORDS:
            message = f"the answer has {words} words: hard to recall as one card"
            yield Diagnostic(note.location, "L341", message, "split the question into several")
        words = len(note.question.text.split())
        if words > _LONG_QUESTION_WORDS:
            message = f"the question has {words} words"
            hint = "ask one thing, and move the rest into the answer"
            yield Diagnostic(note.location, "L342", message, hint)


def _near_duplicates(notes: Sequence[Note]) -> Iterator[Diagnostic]:
    keys = [content(note).asked for note in notes]
    for first, second in sorted(_candidates(keys)):
        one, other = notes[first], notes[second]
        if keys[first] == keys[second] or one.outline != other.outline:
            continue  # W310 covers equal ones; leaves of an outline differ by their path
        alike = fuzz.ratio(keys[first], keys[second])
        if alike >= _ALIKE_PERCENT and not _differs_by_number(keys[first], keys[second]):
            message = f"a nearly identical question is at {one.location} ({alike:.0f} % alike)"
            yield Diagnostic(
                other.location, "L340", message, "merge them, or make clear how they differ"
            )


def _differs_by_number(one: str, other: str) -> bool:
    """Whether the questions differ in numbers: `Step 1` and `Step 2` are not alike."""
    return [w for w in one.split() if w.isdigit()] != [w for w in other.split() if w.isdigit()]


def _candidates(keys: Sequence[str]) -> set[tuple[int, int]]:
    """Pair questions that share one of their rarest words: comparing all with all is quadratic."""
    words = [tuple(dict.fromkeys(key.split())) for key in keys]
    frequency = Counter(word for some in words for word in some)
    holders: dict[str, list[int]] = defaultdict(list)
    for index, some in enumerate(words):
        for word in sorted(some, key=lambda w: (frequency[w], w))[:_RARE_WORDS]:
            holders[word].append(index)
    return {
        (first, second)
        for group in holders.values()
        if len(group) <= _MANY
        for at, first in enumerate(group)
        for second in group[at + 1 :]
    }
