"""Pygments' lexers, trying only the rules that can match at a character.

A lexer tries the rules of its state one after the other, 36 of them for a token of Python. Most
fail at the first character, so we ask beforehand by which characters a rule can begin. It takes
a third of the time; the tokens are the same (a test compares them).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import _TokenType

from generator.render.beginnings import ANYTHING, OTHER, beginnings

_Match: TypeAlias = Callable[..., re.Match[str] | None]
"""Takes the text, the place, and from some lexers the end."""
_Target: TypeAlias = int | str | tuple[str, ...] | None
_Token: TypeAlias = tuple[int, _TokenType, str]
_Action: TypeAlias = Callable[[RegexLexer, re.Match[str]], Iterable[_Token]] | _TokenType | None
_Rule: TypeAlias = tuple[_Match, _Action, _Target]

# Tokens of a state in one process. Asking its rules takes up to 5 ms and saves 2 µs a token.
_WORTH: Final = 1000


class _Table(dict[str, Sequence[_Rule]]):
    """The rules of a state that can match at a character, in order; at "" those for the end.

    All of them, until the state has been met so often that asking them pays.
    """

    def __init__(self, rules: Sequence[_Rule]) -> None:
        super().__init__()
        self._rules = rules
        self._uses = 0

    def __missing__(self, char: str) -> Sequence[_Rule]:
        self._uses += 1
        if self._uses < _WORTH:
            return self._rules
        shared = char if char <= OTHER else OTHER
        self[char] = [rule for rule, chars in self._asked if shared in chars]
        return self[char]

    @cached_property
    def _asked(self) -> list[tuple[_Rule, frozenset[str]]]:
        return [(rule, _beginnings(rule[0])) for rule in self._rules]


def _beginnings(match: _Match) -> frozenset[str]:
    pattern = getattr(match, "__self__", None)
    return beginnings(pattern) if isinstance(pattern, re.Pattern) else ANYTHING


def _narrowed(rules: Sequence[_Rule]) -> list[_Rule]:
    """Return the rules of a state as a list for Pygments' own loop, which tries them in order.

    The list begins with a rule that never matches: trying it puts those rules behind it that can.
    A list changes while it is read, so a lexer serves one thread.
    """
    table = _Table(rules)

    def narrow(text: str, place: int, *_end: int) -> None:
        tried[1:] = table[text[place : place + 1]]

    tried: list[_Rule] = [(narrow, None, None)]
    return tried


def quicken(lexer: Lexer) -> Lexer:
    """Let a lexer try fewer rules, if it works by rules.

    Args:
        lexer: Changed in place; for one thread.
    """
    if isinstance(lexer, RegexLexer):
        rules: dict[str, Sequence[_Rule]] = getattr(lexer, "_tokens")  # noqa: B009 - untyped
        quick = {name: _narrowed(given) for name, given in rules.items()}
        setattr(lexer, "_tokens", quick)  # noqa: B010 - untyped
    return lexer
