"""Each command and environment, and what a card gets; `python -m tests.math.test_commands` renews.

A line of TeX, then the inside of its `<math>`, or the codes of what is wrong with it.
"""

import re
from pathlib import Path

import pytest

from generator.math.conversion import convert

FILE = Path(__file__).parent.parent / "data" / "math" / "commands.txt"
_OUTSIDE = re.compile(r"^<math [^>]*>|</math>$")


def _pairs() -> list[tuple[str, str]]:
    parts = FILE.read_text(encoding="utf-8").strip("\n").split("\n\n")
    return [(tex, made) for tex, _, made in (part.partition("\n") for part in parts)]


def _made(tex: str) -> str:
    formula = convert(tex, display=True)
    if formula.how != "mathml":
        return " ".join((formula.how, *(problem.code for problem in formula.problems)))
    return _OUTSIDE.sub("", formula.html)


@pytest.mark.parametrize(("tex", "made"), _pairs(), ids=lambda part: part[:30])
def test_command(tex: str, made: str) -> None:
    assert _made(tex) == made


if __name__ == "__main__":
    FILE.write_text("\n\n".join(f"{tex}\n{_made(tex)}" for tex, _ in _pairs()) + "\n", "utf-8")
