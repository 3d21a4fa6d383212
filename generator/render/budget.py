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
_UNLIKE_CODE: Final = re.compile(r"\s{100}|[\w\s$.<>?\[\]]{400}")
"""Long gaps and long rows of words: expressions of lexers begin again at each character of them."""
_MOST_READ: Final = 120_000_000
"""Squares of the lengths of blocks: one of 10,000 characters, or a hundred of 1,000."""
_MOST_REPEATED: Final = 4_000_000


def is_readable(code: str) -> bool:
    """Whether code is short enough, and looks enough like code, to be highlighted.

    Args:
        code: Of one block.
    """
    has_long_line = max(map(len, code.split("\n"))) >= _LONGEST_LINE
    return not has_long_line and _UNLIKE_CODE.search(code) is None


class Budget(Struct):
    """The remaining budget of a page.

    Attributes:
        characters: Of long texts that are repeated.
        reading: Squares of the lengths of blocks of code.
    """

    characters: int = _MOST_REPEATED
    reading: int = _MOST_READ

    def repeat(self, length: int) -> bool:
        """Spend the characters of a text; return whether there were enough."""
        if length > LONG:
            self.characters -= length
        return self.characters >= 0

    def read(self, length: int) -> bool:
        """Spend what a lexer may do with so many characters; return whether there was enough."""
        is_enough = length * length <= self.reading
        if is_enough:
            self.reading -= length * length
        return is_enough
