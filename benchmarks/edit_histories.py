"""Histories of decks as authors make them: edits with a known truth, for judging identity."""

import random
import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.identity.sketch import sketch_of
from generator.model import Fragment, Note

_OPENINGS = (
    ("What is ", ("Define ", "Explain ", "What do we mean by ", "Say what this is: ", "What's ")),
    ("What are ", ("Name ", "List ", "Which are ", "What exactly are ")),
    ("What ", ("Which ", "Say what ")),
    ("How does ", ("In what way does ", "Explain how ", "By what mechanism does ")),
    ("How do ", ("In what way do ", "Explain how ", "How exactly do ")),
    ("How ", ("In which way ", "Tell how ")),
    ("Why does ", ("For what reason does ", "Explain why ", "How come ")),
    ("Why ", ("For what reason ", "Explain why ", "What is the reason that ")),
    ("When ", ("In which cases ", "Under what conditions ")),
    ("Explain ", ("Describe ", "What is ", "Walk me through ")),
    ("Describe ", ("Explain ", "Outline ")),
)
_TAILS = (
    " in practice",
    ", and why does it matter",
    " (with an example)",
    " in your own words",
    ", in short",
    " step by step",
    ", and when would you use it",
)
_SYNONYMS = {
    "use": "apply",
    "used": "applied",
    "difference": "distinction",
    "between": "among",
    "and": "as well as",
    "main": "chief",
    "help": "aid",
    "helps": "aids",
    "compare": "contrast",
    "model": "network",
    "models": "networks",
    "problem": "issue",
    "reduce": "lower",
    "large": "big",
    "method": "approach",
    "methods": "approaches",
    "show": "display",
    "need": "require",
    "make": "produce",
    "purpose": "aim",
    "advantages": "benefits",
    "work": "function",
    "works": "functions",
    "important": "essential",
    "typical": "usual",
    "choose": "pick",
    "each": "every",
    "instead": "rather",
    "training": "learning",
    "data": "examples",
    "set": "collection",
    "get": "obtain",
    "better": "stronger",
    "affect": "influence",
    "steps": "stages",
    "many": "numerous",
}


class Step(Struct, frozen=True):
    """One state of a deck.

    Attributes:
        notes: In reading order.
        truth: For each note who it is: equal numbers are the same card; -1 for halves of a
            split card, which may be either.
        edits: For each note what the last step did to it.
        absent: Cards that were cut out and will be put back, with who they are.
    """

    notes: tuple[Note, ...]
    truth: tuple[int, ...]
    edits: tuple[str, ...]
    absent: tuple[tuple[Note, int], ...] = ()


def reword(question: str, rng: random.Random, *, words: int = 2) -> str:
    """Reword a question as an author would: same meaning, some other words.

    Args:
        question: Plain text.
        rng: Source of chance.
        words: How many changes to try.

    Returns:
        A text that differs from `question`.
    """
    changed = question
    for _ in range(8):
        for _ in range(words):
            changed = rng.choice((_reopen, _add_tail, _swap_word, _typo, _drop_word))(changed, rng)
        if changed.split() != question.split():
            return changed
    return f"{question.rstrip('?.')} here?"


def paraphrase(question: str, answer: str, rng: random.Random) -> str:
    """Ask the same with other words: a third of the old ones, and some of the answer's."""
    words = question.rstrip("?.").split()
    kept = [word for word in words if rng.random() < 1 / 3]
    fresh = rng.sample(answer.split(), min(4, len(answer.split())))
    return f"{' '.join((*kept, *fresh))}?"


def retouch(answer: str, rng: random.Random) -> str:
    """Change a little of an answer: a word, a sentence more, a sentence less."""
    sentences = re.split(r"(?<=[.!?。．])\s*", answer)
    action = rng.randrange(3)
    if action == 0 and len(sentences) > 2:
        del sentences[rng.randrange(len(sentences))]
        return " ".join(sentences)
    if action == 1:
        return f"{answer} See also the chapter on {rng.choice(answer.split() or ['it'])}."
    words = answer.split()
    for _ in range(max(1, len(words) // 20)):
        if words:
            words[rng.randrange(len(words))] = rng.choice(("rather", "mostly", "one", "often"))
    return " ".join(words)


def rewrite(answer: str, vocabulary: Sequence[str], rng: random.Random) -> str:
    """Rewrite an answer: a quarter of the old words, the rest from the deck's other answers."""
    words = answer.split()
    kept = [word for word in words if rng.random() < 0.25]
    fresh = [rng.choice(vocabulary) for _ in range(max(6, len(words) - len(kept)))]
    mixed = kept + fresh
    rng.shuffle(mixed)
    return " ".join(mixed)


def evolve(step: Step, spare: list[Note], rng: random.Random, *, rate: float = 0.4) -> Step:
    """Let an author work on a deck.

    Args:
        step: The deck before.
        spare: Cards of the same pages that are not in the deck yet; used up by additions.
        rng: Source of chance.
        rate: Share of the cards that are touched.

    Returns:
        The deck after, with the identity of each card.
    """
    author = _Author(step, spare, rng)
    author.put_back()
    for number in range(len(step.notes)):
        edit = "keep"
        if rng.random() < rate:
            edit = rng.choices([name for name, _ in _EDITS], [weight for _, weight in _EDITS])[0]
        getattr(author, edit)(step.notes[number], step.truth[number])
    author.rename_a_page()
    return author.step()


_EDITS = (
    ("reword_lightly", 16),
    ("reword_heavily", 8),
    ("retouch_answer", 12),
    ("rewrite_answer", 7),
    ("paraphrase", 6),
    ("reword_and_retouch", 12),
    ("reword_and_rewrite", 5),
    ("move", 7),
    ("move_and_reword", 5),
    ("remove", 9),
    ("add_after", 9),
    ("replace_by_another", 4),
    ("cut_for_a_day", 5),
    ("split", 2),
    ("copy", 2),
    ("swap_with_next", 5),
)


class _Author:
    """Writes the next state of a deck, card by card."""

    def __init__(self, step: Step, spare: list[Note], rng: random.Random) -> None:
        self.rng = rng
        self.spare = spare
        self.vocabulary = " ".join(note.answer.text for note in step.notes).split() or ["word"]
        self.places = step.notes
        self.absent = list(step.absent)
        self.out: list[tuple[Note, int, str]] = []

    def step(self) -> Step:
        notes, truth, edits = zip(*self.out, strict=True) if self.out else ((), (), ())
        return Step(tuple(notes), tuple(truth), tuple(edits), tuple(self.absent))

    def new_name(self) -> int:
        """A number that no card had before."""
        return self.rng.getrandbits(48) + 1_000_000

    def put(self, note: Note, truth: int, edit: str) -> None:
        self.out.append((note, truth, edit))

    def keep(self, note: Note, truth: int) -> None:
        self.put(note, truth, "keep")

    def reword_lightly(self, note: Note, truth: int) -> None:
        self.put(_ask(note, reword(note.question.text, self.rng, words=1)), truth, "reworded a bit")

    def reword_heavily(self, note: Note, truth: int) -> None:
        self.put(_ask(note, reword(note.question.text, self.rng, words=4)), truth, "reworded much")

    def paraphrase(self, note: Note, truth: int) -> None:
        text = paraphrase(note.question.text, note.answer.text, self.rng)
        self.put(_ask(note, text), truth, "reworded beyond recognition")

    def retouch_answer(self, note: Note, truth: int) -> None:
        self.put(_answer(note, retouch(note.answer.text, self.rng)), truth, "answer retouched")

    def rewrite_answer(self, note: Note, truth: int) -> None:
        text = rewrite(note.answer.text, self.vocabulary, self.rng)
        self.put(_answer(note, text), truth, "answer rewritten")

    def reword_and_retouch(self, note: Note, truth: int) -> None:
        asked = _ask(note, reword(note.question.text, self.rng))
        text = retouch(note.answer.text, self.rng)
        self.put(_answer(asked, text), truth, "reworded, answer retouched")

    def reword_and_rewrite(self, note: Note, truth: int) -> None:
        asked = _ask(note, reword(note.question.text, self.rng, words=1))
        text = rewrite(note.answer.text, self.vocabulary, self.rng)
        self.put(_answer(asked, text), truth, "reworded a bit, answer rewritten")

    def move(self, note: Note, truth: int) -> None:
        self.put(_move(note, self.rng.choice(self.places)), truth, "moved")

    def move_and_reword(self, note: Note, truth: int) -> None:
        moved = _move(note, self.rng.choice(self.places))
        changed = _ask(moved, reword(note.question.text, self.rng))
        self.put(changed, truth, "moved and reworded")

    def cut_for_a_day(self, note: Note, truth: int) -> None:
        self.absent.append((note, truth))

    def put_back(self) -> None:
        """What was cut the day before returns, half of it reworded, at the end of its page."""
        returning, self.absent = self.absent, []
        for note, truth in returning:
            if self.rng.random() < 0.5:
                self.put(note, truth, "cut and put back")
            else:
                changed = _ask(note, reword(note.question.text, self.rng))
                self.put(changed, truth, "cut, put back reworded")

    def remove(self, note: Note, _truth: int) -> None:
        """Leave it out."""

    def add_after(self, note: Note, truth: int) -> None:
        self.keep(note, truth)
        self._add(note)

    def replace_by_another(self, note: Note, _truth: int) -> None:
        self._add(note)

    def _add(self, neighbour: Note) -> None:
        if self.spare:
            fresh = self.spare.pop(self.rng.randrange(len(self.spare)))
            self.put(_move(fresh, neighbour), self.new_name(), "added")

    def split(self, note: Note, _truth: int) -> None:
        words = note.answer.text.split()
        middle = len(words) // 2
        for part in (words[:middle], words[middle:]):
            asked = _ask(note, reword(note.question.text, self.rng, words=3))
            self.put(_answer(asked, " ".join(part)), -1, "half of a split card")

    def copy(self, note: Note, truth: int) -> None:
        self.keep(note, truth)
        changed = _ask(note, reword(note.question.text, self.rng))
        self.put(changed, self.new_name(), "copied and reworded")

    def swap_with_next(self, note: Note, truth: int) -> None:
        self.put(note, truth, "keep")
        if len(self.out) > 1:
            self.out[-1], self.out[-2] = self.out[-2], self.out[-1]

    def rename_a_page(self) -> None:
        if not self.out or self.rng.random() > 0.3:
            return
        old = self.rng.choice(self.out)[0].page
        new = f"renamed-{self.rng.randrange(1000)}-{old}"
        self.out = [
            (replace(note, page=new, content=None) if note.page == old else note, truth, edit)
            for note, truth, edit in self.out
        ]


def _ask(note: Note, text: str) -> Note:
    return replace(note, question=Fragment(text, text), content=None)


def _answer(note: Note, text: str) -> Note:
    return replace(note, answer=Fragment(text, text), sketch=sketch_of(text), content=None)


def _move(note: Note, place: Note) -> Note:
    return replace(note, page=place.page, section=place.section, deck=place.deck, content=None)


def _reopen(question: str, rng: random.Random) -> str:
    for opening, others in _OPENINGS:
        if question.startswith(opening):
            return rng.choice(others) + question[len(opening) :]
    return question


def _add_tail(question: str, rng: random.Random) -> str:
    stem = question.rstrip("?.!")
    return f"{stem}{rng.choice(_TAILS)}{question[len(stem) :]}"


def _swap_word(question: str, rng: random.Random) -> str:
    words = question.split(" ")
    places = [i for i, word in enumerate(words) if word.lower() in _SYNONYMS]
    if places:
        place = rng.choice(places)
        words[place] = _SYNONYMS[words[place].lower()]
    return " ".join(words)


def _typo(question: str, rng: random.Random) -> str:
    places = [i for i in range(len(question) - 1) if question[i : i + 2].isalpha()]
    if not places:
        return question
    at = rng.choice(places)
    return question[:at] + question[at + 1] + question[at] + question[at + 2 :]


def _drop_word(question: str, rng: random.Random) -> str:
    words = question.split(" ")
    if len(words) > 4:
        del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)
