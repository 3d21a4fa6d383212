"""Classify the title of a box, in the languages that study sites are written in.

A title such as "Show answer" or "解答" names the box, not the question: it has an
answer noun and otherwise only fillers and numbers, so "Solution 2" is one and "Solution
of the heat equation" is not. A title such as "Exercise 3: determinant" labels a task in the
body. The words are in `words.json`.
"""

import re
from enum import StrEnum
from functools import lru_cache

from generator.cards.labels import LABEL_LEADS, LABEL_PLURALS, LABELS, after_label
from generator.cards.words import (
    cjk,
    fold,
    group,
    has_cjk,
    phrases,
    phrases_of,
    words_of,
)


class Says(StrEnum):
    """The meaning of a title."""

    NOTHING = "nothing"
    ANSWER = "answer"
    NAMED_ANSWER = "named answer"
    LIKELY_ANSWER = "likely answer"
    REVEAL = "reveal"
    HINT = "hint"
    LABEL = "label"
    LABELS = "labels"
    QUESTION = "question"
    COMMAND = "command"
    OFFER = "offer"
    MATERIAL = "material"
    NAME = "name"


_ANSWERS = group("answers")
_ANSWER_STEMS = tuple(group("answer_stems"))
_ANSWER_PHRASES = phrases("answer_phrases")
_FILLERS = group("fillers")
_REVEALS = group("reveals")
_OPENING = group("opening")
_HINTS = group("hints")
_QUESTION_NOUNS = group("question_nouns")
_MATERIAL = group("material")
_CONTINUES = group("continues")
_QUESTIONS = group("questions")
_COMMANDS = group("commands")
_COMMAND_PHRASES = phrases("command_phrases")
_ACTIONS = group("actions")
_STEPS = group("steps")
_ACTION_LEADS = group("action_leads")
_OFFERS = group("offers")
_OFFER_PHRASES = phrases("offer_phrases")
_AUDIENCES = group("audiences")
_ABOUT_PHRASES = phrases("about_phrases")
_WH = frozenset({"what", "why", "how", "when", "where", "which", "who"})

_CJK_ANSWER = "{answers}"
_CJK_ANSWER_IN = r"^\W*{answers}|{answers}\W*$"
_CJK_FILLER = "{fillers}"
_CJK_REVEAL = r"\W*{reveals}\W*"
_CJK_HINT = r"\W*{hints}"
_CJK_MATERIAL = r"\W*{material}\W*"
_CJK_CONTINUES = r"\W*{continues}[\W\d一二三四五六七八九十]*"
_CJK_QUESTION = "{questions}"
_CJK_COMMAND = r"\W*(?:[\w.]{1,3}\s+)?(?!{command_nouns}){commands}(?!思路|过程|方法|\W*$)"
_CJK_QUESTION_NOUN = r"\W*{question_nouns}"

_LONGEST_CJK_COMMAND = 100  # characters; a longer text that begins with 计算 tells a story

_LONGEST_ADDRESS = 4  # words of a title such as "Notes for teachers"
_LONGEST_REVEAL = 7  # words of a title such as "Click here to see the answer"

_LETTERS = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[:：(（\-–—/]")
_SERIES_BEFORE = re.compile(r".*[\d.:,;)\]\-–—|]\s+(?=\D)", re.DOTALL)
_SERIES_NUMBER = re.compile(r"\d{1,3}(?:[.\-–]\d{1,3})*")
_ASIDE = re.compile(r"(?:\s\([^()]*\)|（[^（）]*）)\s*$")
_CLAUSE = re.compile(r"[,;:.!?，。：；]\s*|\n")
_FORMULA_SIGN = re.compile(r"[=+^_<>{}\\|]")
_SENTENCE_END = re.compile(r"[.!]\s")
_QUESTION_MARK = re.compile(r"[?？؟⁇](?=[\s\"'”’»)）*_`]|$)")


@lru_cache(maxsize=1024)  # a box's title is read several times
def read_title(
    title: str,
    answer_titles: frozenset[str] = frozenset(),
    question_titles: frozenset[str] = frozenset(),
) -> Says:
    """Read a title.

    Args:
        title: Its plain text.
        answer_titles: More titles that only announce an answer.
        question_titles: More words or phrases that label a task.
    """
    title = _without_aside(title)
    words = words_of(title)
    if not words:
        is_number = _SERIES_NUMBER.fullmatch(title.strip(" .:()")) is not None
        named = Says.LABEL if is_number else Says.NAME  # `2.14.6`
        return _asked(title, named) if title.strip() else Says.NOTHING
    if words in phrases_of(answer_titles) or is_answer_title(title):
        return Says.ANSWER
    rest = after_label(title, question_titles)
    if rest is not None:
        return _read_labelled(title, rest)
    says = _asked(title, _read_words(title, words))
    return Says.LABEL if says is Says.NAME and _ends_with_label(title) else says


def _ends_with_label(title: str) -> bool:
    """Whether a label with its number follows another number or a sign: `Lab 1.2, exercise 3`."""
    tail = _SERIES_BEFORE.sub("", title[-80:], count=1)
    return tail != title and tail[-1:].isdigit() and after_label(tail) == ""


def _without_aside(title: str) -> str:
    """Drop what is in brackets at the end: `Answer (click to expand)`."""
    if not title.rstrip().endswith((")", "）")):
        return title
    bare = _ASIDE.sub("", title)
    return bare if words_of(bare) else title


def _read_labelled(title: str, rest: str) -> Says:
    if rest and is_answer_title(rest):
        return Says.ANSWER
    if rest and is_question(rest):
        return Says.OFFER if _is_offer(title) else Says.QUESTION
    first = next((word for word in words_of(title) if word not in LABEL_LEADS), "")
    return Says.LABELS if first in LABEL_PLURALS and first not in LABELS else Says.LABEL


def _asked(title: str, other: Says) -> Says:
    before, sign, _ = title.partition(":")
    if sign and 0 < len(words_of(before)) <= _LONGEST_ADDRESS and _addresses(words_of(before)):
        return Says.OFFER  # `For teachers: what is asked?`
    is_open = other in (Says.NAME, Says.LIKELY_ANSWER)
    if _QUESTION_MARK.search(title[-4:]) or (is_open and is_question(title)):
        return Says.OFFER if _is_offer(title) else Says.QUESTION
    return other


def _read_words(title: str, words: tuple[str, ...]) -> Says:
    if _only_reveals(title, words):
        return Says.REVEAL
    if not _HINTS.isdisjoint(words[: len(words) if len(words) < 4 else 2]):
        return Says.HINT
    if has_cjk(title) and cjk(_CJK_HINT).match(fold(title)):
        return Says.HINT
    if words[:1] and _is_answer_word(words[0]):
        return Says.NAMED_ANSWER
    if len(words) <= _LONGEST_ADDRESS and _addresses(words):
        return Says.OFFER
    if is_material_title(title):
        return Says.MATERIAL
    if _is_command(title, words):
        return Says.COMMAND
    if _is_likely_answer(title, words):
        return Says.LIKELY_ANSWER
    return Says.MATERIAL if _opens_material(words) else Says.NAME


def _is_likely_answer(title: str, words: tuple[str, ...]) -> bool:
    """Whether a short title ends with an answer noun: `Klicka för att se svaret`."""
    if len(words) > _LONGEST_REVEAL:
        return False
    if _is_answer_word(words[-1]) or _ANSWER_PHRASES.at_end(words):
        return True
    return has_cjk(title) and cjk(_CJK_ANSWER_IN).search(fold(title)) is not None


def _opens_material(words: tuple[str, ...]) -> bool:
    """Whether a title opens something other than an answer: `Click here for the full list`."""
    return len(words) > 1 and words[0] in _OPENING


def _addresses(words: tuple[str, ...]) -> bool:
    """Whether a short title addresses teachers, or is about the site or its author."""
    return _ABOUT_PHRASES.at_start(words) > 0 or not _AUDIENCES.isdisjoint(words)


def _only_reveals(title: str, words: tuple[str, ...]) -> bool:
    if _FORMULA_SIGN.search(title):  # "Expand (p+q)^2" asks
        return False
    is_small = all(len(word) == 1 or word in _FILLERS or word in _REVEALS for word in words)
    is_latin = is_small and not _REVEALS.isdisjoint(words)
    return is_latin or (has_cjk(title) and cjk(_CJK_REVEAL).fullmatch(fold(title)) is not None)


def _is_offer(title: str) -> bool:
    """Whether a sentence begins like an offer, and has no interrogative word."""
    words = words_of(title)
    is_one = _SENTENCE_END.search(title) is None
    if _OFFER_PHRASES.at_start(words):
        return True
    return words[:1] != () and words[0] in _OFFERS and is_one and _WH.isdisjoint(words)


def is_answer_title(title: str) -> bool:
    """Whether a title only announces an answer."""
    words = words_of(title)
    if not words:
        return False
    if words in _ANSWER_PHRASES or _is_generic_cjk(title):
        return True
    if _is_numbered_phrase(words):
        return True
    if len(words[0]) > 1 and not _is_answer_word(words[0]) and words[0] not in _FILLERS:
        return False
    sign = _SIGN.search(title)
    return _is_generic(words) or (sign is not None and _is_generic(words_of(title[: sign.start()])))


def _is_numbered_phrase(words: tuple[str, ...]) -> bool:
    length = _ANSWER_PHRASES.at_start(words)
    return length > 0 and len(words) <= length + 2


def _is_answer_word(word: str) -> bool:
    return word in _ANSWERS or word.startswith(_ANSWER_STEMS) or word.endswith(_ANSWER_STEMS)


def _is_generic(words: tuple[str, ...]) -> bool:
    is_found = False
    for word in words:
        if _is_answer_word(word):
            is_found = True
        elif len(word) > 1 and word not in _FILLERS:
            return False
    return is_found


def _is_generic_cjk(title: str) -> bool:
    """Whether a title is `查看答案 2`: an answer noun, fillers, and no other letter."""
    if not has_cjk(title):
        return False
    sign = _SIGN.search(title)  # `정답: D`
    letters = "".join(_LETTERS.findall(fold(title[: sign.start()] if sign else title)))
    rest, nouns = cjk(_CJK_ANSWER).subn("", letters)
    return nouns > 0 and cjk(_CJK_FILLER).sub("", rest) == ""


def labels_exercises(title: str) -> bool:
    """Whether a heading labels something to do: `Exercises`, `思考题`, but not `Questions`."""
    if read_title(title) not in (Says.LABEL, Says.LABELS):
        return False
    first = next((word for word in words_of(title) if word not in LABEL_LEADS), "")
    is_cjk = has_cjk(title) and cjk(_CJK_QUESTION_NOUN).match(fold(title)) is not None
    return first not in _QUESTION_NOUNS and not is_cjk


def is_material_title(title: str) -> bool:
    """Whether a title names material (a listing, a proof, notes for teachers), not a question."""
    if has_cjk(title) and cjk(_CJK_MATERIAL).fullmatch(fold(title)):
        return True
    words = words_of(title)
    return 0 < len(words) <= 5 and not is_asking(title) and not _MATERIAL.isdisjoint(words)


def is_continuation_title(title: str) -> bool:
    """Whether a title continues an answer: `Reference code`, `参考实现`."""
    words = words_of(title)
    if has_cjk(title) and cjk(_CJK_CONTINUES).fullmatch(fold(title)):
        return True
    return 0 < len(words) <= 3 and not _CONTINUES.isdisjoint(words) and not is_asking(title)


def is_question(text: str) -> bool:
    """Whether a text ends like a question, or begins with an interrogative word."""
    if _QUESTION_MARK.search(text.rstrip()[-4:]):
        return True
    words = words_of(text[:80])
    return (words[:1] != () and words[0] in _QUESTIONS) or (
        has_cjk(text) and cjk(_CJK_QUESTION).search(fold(text[-30:]).replace(" ", "")) is not None
        and not text.rstrip().endswith(("。", "．"))
    )  # fmt: skip


def _is_command(text: str, words: tuple[str, ...]) -> bool:
    if words[:1] and words[0] in _COMMANDS:
        return len(words) > 1
    is_short = len(text) <= _LONGEST_CJK_COMMAND
    return words[:2] in _COMMAND_PHRASES or (
        is_short and has_cjk(text) and cjk(_CJK_COMMAND).match(fold(text[:30])) is not None
    )


def is_action(text: str, *, is_title: bool = False) -> bool:
    """Whether a clause of a short text tells the reader to do something: `If it fails, get logs`.

    A guide has such texts, too, so they ask only where something is hidden right below them.

    Args:
        text: A paragraph, an item or a title.
        is_title: Whether it is a title: there, `Run the tests` is a task, too.
    """
    clauses = _CLAUSE.split(text[:200], maxsplit=9)
    if is_answer_title(text[:80]):  # `Check solution`
        return False
    verbs = _ACTIONS | _COMMANDS | (_STEPS if is_title else frozenset())
    return any(_begins_with(verbs, words_of(clause)) for clause in clauses)


def _begins_with(verbs: frozenset[str], words: tuple[str, ...]) -> bool:
    skipped = 1 if words[:1] and words[0] in _ACTION_LEADS else 0
    tail = words[skipped:]
    return len(tail) > 1 and (tail[0] in verbs or tail[:2] in _COMMAND_PHRASES)


def is_asking(text: str) -> bool:
    """Whether a text is a question or an instruction."""
    return is_question(text) or _is_command(text, words_of(text[:80]))


def asks_somewhere(text: str) -> bool:
    """Whether one sentence of a text asks, or the text begins like a task."""
    if has_question_mark(text) or after_label(text[:120]) is not None:
        return True
    return _is_command(text, words_of(text[:80]))


def has_question_mark(text: str) -> bool:
    """Whether one of the sentences of a text ends in a question mark."""
    return _QUESTION_MARK.search(text) is not None


def ends_with_question(text: str) -> bool:
    """Whether the last sentence of a text ends in a question mark."""
    return text.rstrip(" *_`\"'”’»)）").endswith(("?", "？", "؟", "⁇"))
