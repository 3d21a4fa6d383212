"""Pygments' lexers, trying only the rules that can match at a character.

A lexer tries the rules of its state one after the other, 36 of them for a token of Python. Most
fail at the first character, so we ask beforehand by which characters a rule can begin. It takes
a third of the time; the tokens are the same (a test compares them). A lexer without a loop of its
own gets ours; in others, and in what a rule hands to its own lexer, Pygments' loop is led.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Final, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from generator.render.beginnings import ANYTHING, OTHER, beginnings

_Match: TypeAlias = Callable[..., re.Match[str] | None]
"""Takes the text, the place, and from some lexers the end."""
_Target: TypeAlias = int | str | tuple[str, ...] | None
_Token: TypeAlias = tuple[int, _TokenType, str]
_Action: TypeAlias = Callable[[RegexLexer, re.Match[str]], Iterable[_Token]] | _TokenType | None
_Typed: TypeAlias = tuple[_TokenType, str]
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
        if char > OTHER:
            self[char] = self[OTHER]
        else:
            self[char] = [rule for rule, chars in self._asked if char in chars]
        return self[char]

    @cached_property
    def _asked(self) -> list[tuple[_Rule, frozenset[str]]]:
        return [(rule, _beginnings(rule[0])) for rule in self._rules]


def _beginnings(match: _Match) -> frozenset[str]:
    pattern = getattr(match, "__self__", None)
    return beginnings(pattern) if isinstance(pattern, re.Pattern) else ANYTHING


def _narrowed(table: _Table) -> list[_Rule]:
    """Return the rules of a state as a list for Pygments' own loop, which tries them in order.

    The list begins with a rule that never matches: trying it puts those rules behind it that can.
    A list changes while it is read, so a lexer serves one thread.
    """

    def narrow(text: str, place: int, *_end: int) -> None:
        tried[1:] = table[text[place : place + 1]]

    tried: list[_Rule] = [(narrow, None, None)]
    return tried


def _tokens(lexer: RegexLexer, tables: Mapping[str, _Table], text: str) -> Iterator[_Typed]:
    """Yield kinds and texts as `get_tokens` does: its three loops in one, without the places."""
    text = getattr(lexer, "_preprocess_lexer_input")(text)  # noqa: B009 - untyped
    states, table, place = ["root"], tables["root"], 0
    while True:
        char = text[place : place + 1]
        for match, action, target in table[char]:
            found = match(text, place)
            if found is None:
                continue
            if isinstance(action, _TokenType):
                yield action, found.group()
            elif action is not None:
                for _, kind, value in action(lexer, found):
                    yield kind, value
            place = found.end()
            if target is not None:
                _go(states, target)
                table = tables[states[-1]]
            break
        else:
            if char == "\n":
                yield Whitespace, char
                states, table = ["root"], tables["root"]
            elif char:
                yield Error, char
            else:
                return
            place += 1


def _go(states: list[str], target: int | str | tuple[str, ...]) -> None:
    """Follow a rule to its state; the lowest is never left."""
    for step in target if isinstance(target, tuple) else (target,):
        if step == "#push":
            states.append(states[-1])
        elif step == "#pop":
            del states[max(1, len(states) - 1) :]
        elif isinstance(step, int):
            del states[max(1, len(states) + step) :]
        else:
            states.append(step)


def _has_own_loop(lexer: RegexLexer) -> bool:
    names = ("get_tokens", "get_tokens_unprocessed")
    return any(getattr(type(lexer), name) is not getattr(RegexLexer, name) for name in names)


def quicken(lexer: Lexer) -> Lexer:
    """Let a lexer try fewer rules, if it works by rules.

    Args:
        lexer: Changed in place; for one thread.
    """
    if isinstance(lexer, RegexLexer):
        rules: dict[str, Sequence[_Rule]] = getattr(lexer, "_tokens")  # noqa: B009 - untyped
        tables = {name: _Table(given) for name, given in rules.items()}
        quick = {name: _narrowed(table) for name, table in tables.items()}
        setattr(lexer, "_tokens", quick)  # noqa: B010 - untyped
        if not _has_own_loop(lexer):
            setattr(lexer, "get_tokens", partial(_tokens, lexer, tables))  # noqa: B010 - a method
    return lexer
