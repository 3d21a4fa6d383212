"""What the title of a box says of it, in the languages that study sites are written in.

A title such as "Show answer" or "解答" says what the box is, not what is asked: the question
stands elsewhere. A title counts as generic when it holds an answer noun and nothing but fillers
and numbers beside it, so "Solution 2" is generic and "Solution of the heat equation" is not.
The words are in `words.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

_WORDS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files("generator.cards").joinpath("words.toml").read_text(encoding="utf-8")
)


def _group(name: str) -> frozenset[str]:
    return frozenset(word for line in _WORDS[name].values() for word in line.split())


_ANSWER_NOUNS = _group("answer_nouns")
_ANSWER_PHRASES = frozenset(p for line in _WORDS["answer_phrases"].values() for p in line)
_FILLERS = _group("fillers")
_GENERIC = _ANSWER_NOUNS | _FILLERS
_HINT_NOUNS = _group("hint_nouns")
_QUESTION_LABELS = _group("question_labels")
_MATERIAL_NOUNS = _group("material_nouns")
_ASKING_STARTS = _group("asking_starts")
_CJK_ANSWER = re.compile("|".join(_WORDS["cjk"]["answers"].split()))
_CJK_FILLER = re.compile("|".join(_WORDS["cjk"]["fillers"].split()))

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELISION = re.compile(r"\b[lLdD]['’]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAD = re.compile(r"[:：(（\-–—/]")


@lru_cache(maxsize=256)
def words_of(title: str) -> tuple[str, ...]:
    """The words of a title, case-folded, elisions cut (`l'exercice` → `exercice`)."""
    plain = unicodedata.normalize("NFC", title)
    if "'" in plain or "’" in plain:
        plain = _ELISION.sub("", plain)
    return tuple(_WORD.findall(plain.casefold()))


@lru_cache(maxsize=256)  # a box is asked several times what its title says
def is_answer_title(title: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a title only says that an answer follows.

    Args:
        title: Plain text of the title.
        known: More titles that count, case-folded words joined by one space.
    """
    words = words_of(title)
    if not words:
        return False
    joined = " ".join(words)
    if joined in known or joined in _ANSWER_PHRASES or _is_generic_cjk(title):
        return True
    if len(words[0]) > 1 and words[0] not in _GENERIC:  # so it is with most titles
        return False
    lead = _LEAD.search(title)
    return _is_generic(words) or (lead is not None and _is_generic(words_of(title[: lead.start()])))


def is_hint_title(title: str) -> bool:
    """Whether a title announces a hint, which belongs to the question."""
    return any(word in _HINT_NOUNS for word in words_of(title))


def is_question_label(title: str) -> bool:
    """Whether a title only numbers the question (`Exercise 3`) that the body then asks."""
    words = words_of(title)
    labels = [word for word in words if len(word) > 1 or word in _QUESTION_LABELS]
    return bool(labels) and all(word in _QUESTION_LABELS for word in labels)


def is_material_title(title: str) -> bool:
    """Whether a title names material (a dump, a proof, notes for teachers), not a question."""
    words = words_of(title)
    return 0 < len(words) <= 5 and not is_asking(title) and bool(_MATERIAL_NOUNS & set(words))


def is_asking(text: str) -> bool:
    """Whether a text ends or begins as a question does."""
    if text.rstrip(" *_`\"'”’»)）").endswith(("?", "？", "؟", "⁇")):
        return True
    words = words_of(text[:80])
    return words[:1] != () and words[0] in _ASKING_STARTS


def _is_generic(words: tuple[str, ...]) -> bool:
    is_found = False
    for word in words:
        if len(word) > 1 and word not in _FILLERS:
            if word not in _ANSWER_NOUNS:
                return False
            is_found = True
    return is_found


def _is_generic_cjk(title: str) -> bool:
    """`查看答案 2`: one answer noun, fillers, and no other letter."""
    if title.isascii() or not _CJK.search(title):
        return False
    letters = "".join(_WORD.findall(title))
    rest, nouns = _CJK_ANSWER.subn("", letters)
    return nouns > 0 and _CJK_FILLER.sub("", rest) == ""
