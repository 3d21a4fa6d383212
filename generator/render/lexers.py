"""Pygments' lexers by the names that authors write."""

from functools import cache
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_PLAIN: Final = frozenset({"", "text", "plain", "plaintext", "txt", "none", "mermaid"})

_WITHOUT_BOUND: Final = frozenset({"xpp", "x++", "antlr-csharp", "antlr-c#"})
"""Lexers that read the same text again and again: 800 characters as X++ end in a `RecursionError`,
10,000 as ANTLR's C# take five seconds (`python -m benchmarks.lexers`)."""


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
