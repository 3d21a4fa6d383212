"""Pygments' lexers by the names that authors write."""

from functools import cache
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_PLAIN: Final = frozenset({"", "text", "plain", "plaintext", "txt", "none", "mermaid"})

_WITHOUT_BOUND: Final = frozenset({"xpp", "x++"})
"""Names of a lexer that starts another one for each word: 400 words end in a `RecursionError`."""


@cache
def lexer_for(language: str) -> Lexer | None:
    """Return the lexer for a language's name, None for plain text and unknown names."""
    name = language.strip().lower()
    if name in _PLAIN | _WITHOUT_BOUND:
        return None
    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None
