"""Labels of tasks at the beginning of a title: `Exercise 3: determinant`, `Your turn`, `例题一`."""

import re

from generator.cards.words import after_words, cjk, group, has_cjk, phrases, phrases_of, words_of

LABELS = group("labels")
_EXERCISES = group("exercises")
LABEL_PLURALS = group("label_plurals")
_LABEL_PHRASES = phrases("label_phrases")
LABEL_LEADS = group("label_leads")

_CJK_LABEL = r"\W*(?:{labels}|例(?=\s*[\d一二三四五六七八九十]))(?P<rest>.*)"

_NUMBER = (
    r"(?:n[°ºo]\.?\s*|nr\.?\s*|no\.\s*|[#№]\s*)?"
    r"(?:\d+(?:[.\-]\d+)*\.?[a-z]?|[ivx]+|[a-z]|[一二三四五六七八九十]+|[①-⑳])"
)
_NUMBERED = re.compile(rf"\s*{_NUMBER}(?=[\s:：.．、,)）\]\-–—|/「(（【\[]|$)")
_SEPARATED = re.compile(r"\s*[:：．、—–\-|/(（「【\[]|\.\s|[\s!.…]*$")
_CJK_SEPARATED = re.compile(r"[\s:：.．、—–\-|/(（「【\[]|$")
_CALL_END = re.compile(r"\s*\([^)]*\)\s*\}\}")
_PLAIN_WORD = re.compile(r"(?=\S)[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[\s,]|$)")


def after_label(title: str, own: frozenset[str] = frozenset()) -> str | None:
    """Return what follows the label of a task, maybe ""; None without a label.

    Args:
        title: Plain text.
        own: More labels.
    """
    if has_cjk(title) and (match := cjk(_CJK_LABEL).match(title)):
        return _rest(match["rest"], _CJK_SEPARATED)
    if (length := _label_length(words_of(title[:80]), own)) == 0:
        return None
    return _rest(after_words(title, length), _SEPARATED)


def names_exercise(title: str) -> bool:
    """Whether a name directly follows the word for exercise; not "Exercise your rights"."""
    word, _, name = title.strip(" *_").partition(" ")
    first = words_of(word)
    is_name = _PLAIN_WORD.match(name) is None
    return first[:1] != () and first[0] in _EXERCISES and bool(name) and is_name


def is_bare_exercise(title: str) -> bool:
    """Whether a title is the word for exercise alone, or with a number."""
    words = words_of(title)
    return words[:1] != () and words[0] in _EXERCISES and after_label(title) == ""


def begins_with_phrase(title: str) -> bool:
    """Whether a label is a call ("Think about it", "Your turn") rather than a noun of tasks."""
    return _LABEL_PHRASES.at_start(words_of(title[:80])) > 0


def _label_length(words: tuple[str, ...], own: frozenset[str]) -> int:
    """Count the words of a title's label, including one word before it."""
    skipped = 1 if words[:1] and words[0] in LABEL_LEADS else 0
    tail = words[skipped:]
    if length := _LABEL_PHRASES.at_start(tail) or phrases_of(own).at_start(tail):
        return skipped + length
    return skipped + 1 if tail and (tail[0] in LABELS or tail[0] in LABEL_PLURALS) else 0


def _rest(rest: str, separated: re.Pattern[str]) -> str | None:
    if call := _CALL_END.match(rest):
        return rest[call.end() :].strip()
    if number := _NUMBERED.match(rest):
        return rest[number.end() :].strip(" \t:：.．、—–-|/")
    if separated.match(rest):
        return rest.strip(" \t!…:：.．、—–-|/()（）")
    return None
