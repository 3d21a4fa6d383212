"""Formulas from a file of JSON lines `{"tex", "display", "src"}`: notes and suites told apart."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

# Repositories of engines: their lines are tests, not notes.
_ENGINES = ("katex", "temml", "mathjax", "latex2mathml", "ronkok", "roniemartinez")


@dataclass(frozen=True, slots=True)
class Sample:
    """A formula that somebody wrote.

    Attributes:
        tex: The formula without delimiters.
        display: Whether it is a display formula.
        kind: `notes` or `suites`.
    """

    tex: str
    display: bool
    kind: str


def read_samples(path: Path) -> list[Sample]:
    """Read every line."""
    samples = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        is_suite = record.get("src", "").lower().startswith(_ENGINES)
        kind = "suites" if is_suite else "notes"
        samples.append(Sample(record["tex"], bool(record["display"]), kind))
    return samples


def draw_notes(path: Path, *, count: int, seed: int) -> list[tuple[str, bool]]:
    """Draw distinct formulas of notes, the same ones for the same seed."""
    notes = [(s.tex, s.display) for s in read_samples(path) if s.kind == "notes"]
    distinct = list(dict.fromkeys(notes))
    return random.Random(seed).sample(distinct, min(count, len(distinct)))
