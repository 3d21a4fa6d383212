"""Similarity of two questions: rare words count more than common ones, typos are tolerated."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from generator.identity.sketch import words_of

_EVERYDAY = frozenset(
    """
    a an and are as at be by can could define describe did do does explain for from had has have
    how i if in into is it its many me mean much of on one or our say should tell that the their
    them there these they this to use used using was we were what when where which who why will
    with would you your s t
    le la les un une des du de et est en que qui quoi quel quelle comment pourquoi pour dans
    der die das ein eine und ist sind wie was warum wann wer den dem von zu mit für im
    el los las y es son qué cómo por para con una o e do da os as são como
    的 是 了 在 和 与 什 么 何 か は の を に が と で
    """.split()  # noqa: SIM905 - a list of quoted words would fill a page
)
_EVERYDAY_WEIGHT = 0.15
_TYPO_RATIO = 75.0  # rapidfuzz ratio above which two words are one word misspelt
_TYPO_SHARE = 0.85
_RARE_WORDS = 5


class Wording:
    """Compares questions by the weight of the words that they share."""

    def __init__(self, questions: Sequence[str]) -> None:
        """Weigh words.

        Args:
            questions: All questions; a word that is in many of them has little weight.
        """
        words = {question: set(words_of(question)) for question in set(questions)}
        self._counts = Counter(chain.from_iterable(map(words.__getitem__, questions)))
        self._total = len(questions)
        self._words: dict[str, Counter[str]] = {}
        self._weights: dict[str, float] = {}
        self._rare: dict[str, frozenset[str]] = {}

    def words(self, question: str) -> Counter[str]:
        """Count the words of a question."""
        found = self._words.get(question)
        if found is None:
            found = self._words[question] = Counter(words_of(question))
        return found

    def rare_words(self, question: str) -> frozenset[str]:
        """The few words of a question with the highest weight."""
        found = self._rare.get(question)
        if found is None:
            ranked = sorted(self.words(question), key=lambda word: (-self.weight(word), word))
            found = self._rare[question] = frozenset(ranked[:_RARE_WORDS])
        return found

    def weight(self, word: str) -> float:
        """The weight of a word."""
        if word in _EVERYDAY:
            return _EVERYDAY_WEIGHT
        return 1.0 + math.log((1 + self._total) / (1 + self._counts[word])) / 2

    def similarity(self, one: str, other: str) -> float:
        """Compare two questions.

        Args:
            one: Plain text.
            other: Plain text.

        Returns:
            0 to 1: the weight of what they share, in both directions (Dice).
        """
        a, b = self.words(one), self.words(other)
        shared = a & b
        common = self._sum(shared)
        rest_a, rest_b = a - shared, b - shared
        whole = self._whole(one) + self._whole(other)
        if not whole:
            return 1.0 if one == other else 0.0
        return min(1.0, (2 * common + self._misspelt(rest_a, rest_b)) / whole)

    def _whole(self, question: str) -> float:
        weight = self._weights.get(question)
        if weight is None:
            weight = self._weights[question] = self._sum(self.words(question))
        return weight

    def _sum(self, words: Counter[str]) -> float:
        return sum(self.weight(word) * count for word, count in words.items())

    def _misspelt(self, rest_a: Counter[str], rest_b: Counter[str]) -> float:
        """Weight, on both sides, of words that are nearly the same."""
        from rapidfuzz import fuzz  # few builds see a question reworded

        weight = 0.0
        free = [word for word in rest_b if len(word) > 3 and word.isalpha()]
        for word in rest_a:
            if len(word) < 4 or not word.isalpha():
                continue
            best = max(free, key=lambda other: fuzz.ratio(word, other), default="")
            if best and fuzz.ratio(word, best) >= _TYPO_RATIO:
                free.remove(best)
                weight += _TYPO_SHARE * (self.weight(word) + self.weight(best))
        return weight
