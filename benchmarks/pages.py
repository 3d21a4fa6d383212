"""Realistic pages with a fixed seed: what every benchmark of speed reads.

Each card holds a list, inline and display formulas, highlighted code, a table and a nested box,
in words of its own, so that no cache inside one build can cheat: as in real notes, about half of
the formulas occur more than once.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CARDS_PER_PAGE = 100

_WORDS = re.findall(
    r"\w+",
    """gradient descent attention layer token vector matrix norm loss weight bias head query key
    value softmax entropy prior posterior sample batch epoch learning rate momentum kernel
    feature label margin tree forest boosting ensemble variance mean median quantile""",
)
_COMMON = ("x_i", r"\theta", r"\alpha", "n", r"p(x)", r"\log p", r"\mathbb{R}^d", r"O(n^2)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to write: its name and its Markdown."""

    name: str
    text: str


def pages(cards: int, *, seed: int = 1) -> Iterator[Page]:
    """Make pages that hold `cards` cards in all."""
    rng = random.Random(seed)
    for first in range(0, cards, CARDS_PER_PAGE):
        number = first // CARDS_PER_PAGE
        count = min(CARDS_PER_PAGE, cards - first)
        parts = [f"---\ntitle: Topic {number}\ntags: [bench]\n---\n\n# Topic {number}\n\n"]
        for index in range(count):
            if index % 25 == 0:
                parts.append(f"## Section {index // 25}\n\n")
            parts.append(_card(rng, first + index))
        yield Page(f"topic-{number:04}.md", "".join(parts))


def write(folder: Path, cards: int, *, seed: int = 1) -> None:
    """Write the pages of `pages` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages(cards, seed=seed):
        (folder / page.name).write_text(page.text, encoding="utf-8")


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(_WORDS, k=count))


def _formula(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(_COMMON)
    return rf"\frac{{a_{{{rng.randrange(900)}}}}}{{\sqrt{{b^{{{rng.randrange(900)}}}}}}}"


def _card(rng: random.Random, number: int) -> str:
    body = f"""{_words(rng, 18)}, where ${_formula(rng)}$ and ${_formula(rng)}$ are given.

- **{_words(rng, 2)}**: {_words(rng, 8)} for ${_formula(rng)}$
    - {_words(rng, 6)}
    - `{_words(rng, 1)}` and *{_words(rng, 3)}*
- {_words(rng, 9)}

$$
\\ell_{{{number % 500}}} = \\sum_{{i=1}}^{{n}} w_{{{rng.randrange(700)}}} \\log \\hat{{y}}_i
$$

```python title="step.py"
def step_{rng.randrange(700)}(x, rate={rng.random():.2f}):
    for _ in range({rng.randrange(9)}):
        x = x - rate * grad(x)  # {_words(rng, 3)}
    return {{"x": x}}
```

| {_words(rng, 1)} | {_words(rng, 1)} | {_words(rng, 1)} |
|:--|--:|:-:|
| {_words(rng, 2)} | {rng.randrange(99)} | {_words(rng, 1)} |
| {_words(rng, 2)} | {rng.randrange(99)} | yes |

??? tip "{_words(rng, 3)}"

    {_words(rng, 14)}, so ${_formula(rng)}$ follows.
"""
    indented = "".join(f"    {line}\n" if line else "\n" for line in body.split("\n"))
    return (
        f'??? question "Why does {_words(rng, 4)} need {_words(rng, 2)} ({number})?"\n{indented}\n'
    )
