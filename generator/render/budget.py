"""What a page may spend on things that cost more than their text: repetition and highlighting.

A title, an address or a footnote is written once and shown wherever it is cited, so that a page of
75 KB could make gigabytes. Lexers of Pygments take quadratic time on some texts. What is beyond
the budget is left out, or shown plain, with a message.
"""

import re
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from msgspec import Struct

T = TypeVar("T")

LONG: Final = 200
"""Characters; what is shorter may be repeated as often as the page cites it."""
_MOST_CODE: Final = 20_000
_LONGEST_LINE: Final = 1000
_WIDE_GAP: Final = re.compile(r"\s{400}")
"""Unlike real code: on such a line or gap one expression of a lexer may take seconds."""
_MOST_REPEATED: Final = 4_000_000
_MOST_SECONDS: Final = 0.8
_AT_ONCE: Final = 8
"""Items between two looks at the clock, which costs more than most tokens do."""


class OverBudgetError(Exception):
    """A page has used up its budget."""


def is_readable(code: str) -> bool:
    """Whether code is short enough, and looks enough like code, to be highlighted.

    Args:
        code: Of one block.
    """
    if len(code) > _MOST_CODE or max(map(len, code.split("\n"))) >= _LONGEST_LINE:
        return False
    return _WIDE_GAP.search(code) is None


class Budget(Struct):
    """The remaining budget of a page.

    Attributes:
        characters: Of long texts that are repeated.
        seconds: Of processor time for highlighting. The clock decides only about code that takes
            a hundred times as long as code does.
    """

    characters: int = _MOST_REPEATED
    seconds: float = _MOST_SECONDS

    def repeat(self, length: int) -> bool:
        """Spend the characters of a text; return whether there were enough."""
        if length > LONG:
            self.characters -= length
        return self.characters >= 0

    def timed(self, items: Iterable[T]) -> Iterator[T]:
        """Yield items as long as there is time.

        Raises:
            OverBudgetError: When no time is left.
        """
        began = time.thread_time()
        end = began + self.seconds
        try:
            left = iter(items)
            while some := tuple(islice(left, _AT_ONCE)):
                yield from some
                if time.thread_time() > end:
                    raise OverBudgetError
        finally:
            self.seconds -= time.thread_time() - began
