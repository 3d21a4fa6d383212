"""The converter's result: the HTML of a formula and what is wrong with it."""

import re
from typing import Literal, TypeAlias

from msgspec import Struct

How: TypeAlias = Literal["mathml", "mathjax", "error"]

CONTINUED = "m-next"
"""Class of each piece of a formula but the first."""

_NEXT = rf'<math class="{CONTINUED}"(?: display="block")?>'
_WITH_FULL_STOP = re.compile(rf'</math><span class="nobr">{_NEXT}(.*?)</math>([^<]*)</span>')
_SEAM = re.compile(rf"</math>{_NEXT}")


class Problem(Struct, frozen=True, order=True):
    """Something wrong in a formula, before it has a place in a file.

    Attributes:
        offset: 0-based index of the character in the TeX.
        code: `E4xx` or `W4xx`, listed in `docs/reference/diagnostics.md`.
        message: One line, without a full stop.
        hint: What to do about it, one line, or empty.
    """

    offset: int
    code: str
    message: str
    hint: str = ""


class Formula(Struct, frozen=True):
    """A formula as it goes on the card.

    Attributes:
        html: `<math …>`, or MathJax delimiters around TeX, or the TeX as code when it is invalid.
        how: Which of the three.
        problems: What the author should know, by offset.
        pieces: A long formula as several `<math>`, between which lines may break.
    """

    html: str
    how: How
    problems: tuple[Problem, ...] = ()
    pieces: tuple[str, ...] = ()


def joined(html: str) -> str:
    """Return a field in which each formula is one `<math>`, for programs that count formulas.

    Args:
        html: A rendered side of a card.
    """
    return _SEAM.sub("", _WITH_FULL_STOP.sub(r"\1</math>\2", html))
