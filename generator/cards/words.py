"""The words of titles and questions, by language, and how they are compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from msgspec.json import decode

_WORDS = decode(
    files("generator.cards").joinpath("words.json").read_bytes(),
    type=Mapping[str, Mapping[str, str | list[str]]],
)
# Unicode marks (not letters) that are parts of words: those of Hebrew, Arabic,
# the scripts of India and of South-East Asia.
_LETTER = r"(?:[^\W\d_]|[\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e01-\u109f\u200c])"
_WORD = re.compile(rf"{_LETTER}+")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_APOSTROPHE = re.compile("[’ʼ‘`´′]")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|dell|all|nell|un)'(?=\w)")
_FAR_SCRIPT = re.compile(r"[^\0-\u2e7f]")
_KIND = re.compile(r"\{([a-z_]+)\}")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")


def fold(text: str) -> str:
    """Fold irrelevant differences: case, accents, width, kinds of apostrophes."""
    if text.isascii():
        return text.casefold().replace("`", "'")
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", plain))
    return _APOSTROPHE.sub("'", unicodedata.normalize("NFC", bare))


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text without elisions (`l'exercice` → `exercice`)."""
    return tuple(_split(text))


def _split(text: str) -> list[str]:
    return _WORD.findall(_without_apostrophes(text))


def after_words(text: str, count: int) -> str:
    """Return what follows the first words of a text, folded."""
    plain = _without_apostrophes(text)
    ends = [match.end() for match in _WORD.finditer(plain)]
    return plain[ends[count - 1] :]


def _without_apostrophes(text: str) -> str:
    plain = fold(text)
    if "'" in plain:
        plain = _POSSESSIVE.sub("", _ELISION.sub("", plain)).replace("'", "")
    return plain


def group(name: str) -> frozenset[str]:
    """Return all words of one kind, in every language."""
    return frozenset(_split(" ".join(map(str, _lines(name)))))


def phrases(name: str) -> "Phrases":
    """Return all phrases of one kind, in every language."""
    return Phrases(words_of(phrase) for some in _lines(name) for phrase in some)


@lru_cache(maxsize=32)
def phrases_of(texts: frozenset[str]) -> "Phrases":
    """Return phrases that a setting adds."""
    return Phrases(map(words_of, texts))


class Phrases:
    """Phrases, each as its words."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        """Hold phrases; of two that begin alike, the longer counts: `try it`, `try it out`."""
        self._known = frozenset(phrases)
        self._lengths = sorted({len(phrase) for phrase in self._known} - {0}, reverse=True)
        self._firsts = frozenset(phrase[0] for phrase in self._known if phrase)

    def __contains__(self, words: object) -> bool:
        return words in self._known

    def at_start(self, words: tuple[str, ...]) -> int:
        """Return how many words at the beginning are a phrase, 0 for none."""
        if not words or words[0] not in self._firsts:
            return 0
        return self._first_of(words[:length] for length in self._lengths)

    def at_end(self, words: tuple[str, ...]) -> int:
        """Return how many words at the end are a phrase, 0 for none."""
        return self._first_of(words[-length:] for length in self._lengths)

    def _first_of(self, parts: Iterable[tuple[str, ...]]) -> int:
        return next((len(part) for part in parts if part in self._known), 0)


def _lines(name: str) -> list[str | list[str]]:
    return [line for language, line in _WORDS[name].items() if language != "about"]


def has_cjk(text: str) -> bool:
    """Whether a text may hold Chinese, Japanese or Korean."""
    return not text.isascii() and _FAR_SCRIPT.search(text) is not None


@cache  # compiled when a page needs it
def cjk(pattern: str) -> re.Pattern[str]:
    """Return a pattern with Chinese, Japanese and Korean words, to be used on folded texts.

    Args:
        pattern: With `{hints}` for any word of the kind "hints".
    """
    return re.compile(_KIND.sub(_any_of_kind, pattern), re.DOTALL)


def _any_of_kind(kind: re.Match[str]) -> str:
    words = {fold(word) for word in str(_WORDS["cjk"][kind[1]]).split()}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
