"""Distinct formulas a second on one core, all passes, beside latex2mathml alone in the same run.

`python -m benchmarks.math_speed [FORMULAS.jsonl]`: lines `{"tex", "display"}`; without a file,
formulas made from the gallery with changed letters.
"""

import json
import string
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from latex2mathml.converter import convert as latex2mathml

from benchmarks.math_gallery import GALLERY
from generator.math.conversion import convert


def formulas(path: Path | None) -> list[tuple[str, bool]]:
    """Read formulas, or make some; each once."""
    if path is None:
        letters = string.ascii_letters
        made = [(f"{letter} + {tex}", show) for letter in letters for tex, show in GALLERY]
        return list(dict.fromkeys(made))
    records = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return list(dict.fromkeys((record["tex"], bool(record["display"])) for record in records))


def rate(function: Callable[[str, bool], object], items: list[tuple[str, bool]]) -> float:
    """Return formulas a second; what cannot be converted counts too."""
    start = perf_counter()
    for tex, display in items:
        try:
            function(tex, display)
        except Exception:
            continue
    return len(items) / (perf_counter() - start)


def main(path: Path | None = None) -> None:
    """Measure both, in turns, and print the rates and their ratio."""
    items = formulas(path)
    ours = theirs = 0.0
    half = len(items) // 2
    convert("x", display=False)
    for part in (items[:half], items[half:]):
        theirs += rate(lambda tex, show: latex2mathml(tex, display="block" if show else ""), part)
        ours += rate(lambda tex, show: convert(tex, display=show), part)
    print(f"{len(items)} distinct formulas")
    print(f"admonki, all passes  {ours / 2:8.0f} formulas/s")
    print(f"latex2mathml alone   {theirs / 2:8.0f} formulas/s")
    print(f"ratio                {ours / theirs:8.2f}")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
