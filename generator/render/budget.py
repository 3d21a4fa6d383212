"""What a page may spend on things that cost more than their text: repetition and highlighting.

A title, an address or a footnote is written once and shown wherever it is cited, so that a page of
75 KB could make gigabytes. Lexers of Pygments take quadratic time on some texts, and more on some
that no code looks like. What is beyond the budget is left out, or shown plain, with a message.
"""

import re
from typing import Final

from msgspec import Struct

LONG: Final = 200
"""Characters; what is shorter may be repeated as often as the page cites it."""
_LONGEST_LINE: Final = 1000
_WIDE_GAP: Final = re.compile(r"\s{100}")
_ROW: Final = re.compile(r"[\w\s$.<>?\[\]]+")
"""Words and gaps without punctuation: expressions of lexers begin again at each of their places."""
_ROW_WEIGHT: Final = 30
_MOST_READ: Final = 120_000_000
"""Squares of lengths: one block of 10,000 characters, or sixty of 1,000."""
_MOST_REPEATED: Final = 4_000_000


def reading_cost(code: str) -> int:
    """Return what a lexer may do at worst with the code of one block, in squares of characters."""
    rows = sum(len(row) ** 2 for row in _ROW.findall(code))
    is_unlike_code = max(map(len, code.split("\n"))) >= _LONGEST_LINE or _WIDE_GAP.search(code)
    return _MOST_READ + 1 if is_unlike_code else len(code) ** 2 + _ROW_WEIGHT * rows


class Budget(Struct):
    """The remaining budget of a page.

    Attributes:
        characters: Of long texts that are repeated.
        reading: Of the lexers, see `reading_cost`.
    """

    characters: int = _MOST_REPEATED
    reading: int = _MOST_READ

    def repeat(self, length: int) -> bool:
        """Spend the characters of a text; return whether there were enough."""
        if length > LONG:
            self.characters -= length
        return self.characters >= 0

    def read(self, code: str) -> bool:
        """Spend what a lexer may do with code; return whether there was enough."""
        cost = reading_cost(code)
        is_enough = cost <= self.reading
        if is_enough:
            self.reading -= cost
        return is_enough
