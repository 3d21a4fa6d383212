"""Measure rename detection on histories made from pages: `rename_detection.py [PAGES…]`.

Explicit ids are taken away, a third of the cards is kept back as new ones, and an author with a
fixed seed works on the rest for some days. Every card has a true identity that the lock does not
see; what `identify` says is compared with it, edit by edit.
"""

import argparse
import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.edit_histories import Step, evolve
from generator.config import load
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.model import Note
from generator.pipeline.collect import collect

_NOW_S = 1_764_000_000
_NEW = frozenset({"added", "copied and reworded", "half of a split card"})


class Tally(Struct):
    """How often which edit was seen through.

    Attributes:
        cards: Edit → cards that it was done to.
        kept: Edit → cards that kept their own GUID.
        wrong: Edit → cards that got the GUID of another card.
        mistakes: Questions of the wrong ones: before, after.
    """

    cards: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    def total(self, counts: Counter[str], *, edits: Sequence[str]) -> int:
        """Sum over edits."""
        return sum(counts[edit] for edit in edits)


def main() -> int:
    """Run it; 1 when precision or recall is below what is promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path, default=[Path("source")])
    parser.add_argument("--histories", type=int, default=40)
    parser.add_argument("--days", type=int, default=5)
    parser.add_argument("--mistakes", action="store_true", help="print each wrong match")
    options = parser.parse_args()
    notes = read_notes(options.pages)
    tally = Tally()
    for seed in range(options.histories):
        judge(history(notes, seed=seed, days=options.days), tally)
    print(f"{len(notes)} cards, {options.histories} histories of {options.days} days\n")
    precision, recall = report(tally)
    if options.mistakes:
        for old, new in tally.mistakes:
            print(f"- {old}\n+ {new}\n")
    return int(precision < 0.995 or recall < 0.95)


def read_notes(pages: Sequence[Path]) -> list[Note]:
    """Read the cards of pages, without their ids, each question once."""
    config, problems = load({"sources": tuple(pages)}, cwd=Path.cwd(), environ={})
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    found: dict[str, Note] = {}
    for note in collect(config, cwd=Path.cwd()).notes:
        found.setdefault(note.question.text, replace(note, explicit_id=None))
    return list(found.values())


def history(notes: Sequence[Note], *, seed: int, days: int) -> Iterator[Step]:
    """Let an author work for some days; yields the deck as it is each evening."""
    rng = random.Random(seed)
    spare = [note for note in notes if rng.random() < 1 / 3]
    kept = {id(note) for note in spare}
    deck = tuple(note for note in notes if id(note) not in kept)
    step = Step(deck, tuple(range(len(deck))), ("first",) * len(deck))
    yield step
    for _ in range(days):
        step = evolve(step, spare, rng)
        yield step
        step = _name_halves(step)


def _name_halves(step: Step) -> Step:
    """Halves of a split card are cards of their own from the next day on."""
    names = itertools.count(max(step.truth, default=0) + 1_000)
    truth = tuple(who if who >= 0 else next(names) for who in step.truth)
    return replace(step, truth=truth)


def judge(steps: Iterable[Step], tally: Tally) -> None:
    """Compare what `identify` says of a history with the truth; the lock goes on from day to day.

    A GUID belongs to the card that it was given to first. A half of a split card may have it.
    """
    lock = Lock()
    owners: dict[str, int] = {}
    asked: dict[str, str] = {}
    for day, step in enumerate(steps):
        identified, lock, _ = identify(step.notes, lock, now_s=_NOW_S + day)
        for one, who, edit in zip(identified, _named(step), step.edits, strict=True):
            is_half = edit == "half of a split card"
            owner = owners.get(one.guid)
            tally.cards[edit] += day > 0
            if owner is None or is_half:
                owners[one.guid] = who
            elif owner == who:
                tally.kept[edit] += 1
            else:
                tally.wrong[edit] += 1
                tally.mistakes.append((asked[one.guid], one.note.question.text))
                owners[one.guid] = who
            asked[one.guid] = one.note.question.text


def _named(step: Step) -> tuple[int, ...]:
    return _name_halves(step).truth


def report(tally: Tally) -> tuple[float, float]:
    """Print a table.

    Returns:
        Precision and recall over the cards whose question was reworded.
    """
    print("| edit | cards | kept | wrong |\n|---|---:|---:|---:|")
    tally.cards.pop("first", None)
    for edit in sorted(tally.cards, key=lambda name: (name in _NEW, name)):
        kept = "–" if edit in _NEW else f"{100 * tally.kept[edit] / tally.cards[edit]:.1f} %"
        print(f"| {edit} | {tally.cards[edit]} | {kept} | {tally.wrong[edit]} |")
    guessed = [edit for edit in tally.cards if "reworded" in edit and edit not in _NEW]
    right = tally.total(tally.kept, edits=guessed)
    wrong = sum(tally.wrong.values())
    precision = right / (right + wrong) if right else 0.0
    recall = right / max(1, tally.total(tally.cards, edits=guessed))
    print(f"\nreworded cards: precision {precision:.2%}, recall {recall:.2%}")
    return precision, recall


if __name__ == "__main__":
    sys.exit(main())
