"""The statements of the decks, and how each was checked."""

import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.content.pages import cards

TABLE = Path(__file__).parent / "statements.toml"
WAYS = {"computed", "paper", "configuration", "documentation", "run"}
_FIGURE = re.compile(r"<<(?P<expression>.+?):(?P<format>[^:>]*)>>")


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the table.

    Attributes:
        card: Id of the card.
        says: A passage of the card, with `<<EXPRESSION:FORMAT>>` for computed figures.
        how: How it was checked, one of `WAYS`.
        by: What it was checked against.
    """

    card: str
    says: str
    how: str
    by: str = ""


def entropy_bits(p: float) -> float:
    """Return the entropy of a coin in bits."""
    return -sum(x * math.log2(x) for x in (p, 1 - p) if x)


NAMES = {
    "__builtins__": {},
    "h2": entropy_bits,
    "round": round,
    **{
        name: getattr(math, name)
        for name in ("ceil", "comb", "exp", "floor", "log", "log2", "sqrt")
    },
}
STATEMENTS = [
    Statement(**row) for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["statement"]
]


def computed(text: str) -> str:
    """Return a passage with its figures computed.

    >>> computed("<<1/3:.2f>> of it")
    '0.33 of it'
    """
    return _FIGURE.sub(
        lambda hit: format(eval(hit["expression"], NAMES), hit["format"]),
        text,
    )


@pytest.mark.parametrize("row", STATEMENTS, ids=lambda row: row.card)
def test_the_card_says_what_was_checked(row: Statement) -> None:
    """The passage, with its figures computed, is on the card."""
    assert computed(row.says) in cards()[row.card].body


@pytest.mark.parametrize("row", STATEMENTS, ids=lambda row: row.card)
def test_each_row_says_how_it_was_checked(row: Statement) -> None:
    """A figure is computed, or a source is named."""
    assert row.how in WAYS
    if row.how == "computed":
        assert _FIGURE.search(row.says) or row.by
    elif row.how != "run":
        assert row.by
    else:
        assert cards()[row.card].program or row.by


def test_a_wrong_digit_fails() -> None:
    """The figures come from the expressions, not from the card."""
    assert computed("<<2*7:.0f>> GB") == "14 GB"
    assert computed("<<1-.4**5:.3f>>") == "0.990"
