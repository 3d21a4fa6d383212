"""Markup that a card does not show: an edit of words must not lose it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from generator.pull.leaves import Piece

_HIDDEN: Final = re.compile(
    r"""
      \]\((?:[^()\n]|\([^()\n]*\))*\)   # a link's target
    | \]\[[^\]\n]*\]                    # a link's label
    | \[\^[^\]\n]+\]                    # a footnote
    | <!--.*?-->
    | <[A-Za-z][^>\n]*>
    | \{[^{}\n]+\}                      # an attribute list
    | :[a-z][\w+-]+:                    # an icon
    """,
    re.VERBOSE | re.DOTALL,
)
_SHOWN: Final = {"open", "img", "footnote", "task", "br"}
AFTER: Final = re.compile(
    r"(?:\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\{[^{}\n]+\}|[*_`~=^]+)+"
)
"""What may close right after a word: a link, marks, an attribute list."""


def is_lost(removed: str, written: str, old: Sequence[Piece], new: Sequence[Piece]) -> bool:
    """Whether a replacement drops markup although the reader removed nothing that shows it.

    Args:
        removed: The source that is replaced.
        written: What replaces it.
        old: The pieces that come from `removed`.
        new: The pieces that `written` gives.
    """
    lost = Counter(_HIDDEN.findall(removed)) - Counter(_HIDDEN.findall(written))
    gone = Counter(_shown(old)) - Counter(_shown(new))
    return lost.total() > gone.total()


def _shown(pieces: Sequence[Piece]) -> list[tuple[str, str, str]]:
    return [(piece.kind, piece.text, piece.target) for piece in pieces if piece.kind in _SHOWN]
