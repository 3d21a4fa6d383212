"""Pygments' lexers with one search at a place instead of one for each rule.

A lexer tries the rules of its state one after the other, 36 of them for a token of Python. Here
neighbouring rules become one alternation, and finding the first that matches is left to the
regex engine. It takes a third of the time; the tokens are the same (a test compares them).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import _TokenType

_Match: TypeAlias = Callable[..., re.Match[str] | None]
"""Takes the text, the place, and from some lexers the end."""
_Target: TypeAlias = int | str | tuple[str, ...] | None
_Token: TypeAlias = tuple[int, _TokenType, str]
_Action: TypeAlias = Callable[[RegexLexer, re.Match[str]], Iterable[_Token]] | _TokenType | None
_Rule: TypeAlias = tuple[_Match, _Action, _Target]
_Group: TypeAlias = tuple[_Match, dict[int | None, _Rule]]
"""What matches one of some rules, and the rule by the match's `lastindex`."""

# Numbers and names of groups change their meaning inside a larger pattern.
_BOUND: Final = re.compile(r"\\[1-9]|\(\?P|\(\?\(")
_GLOBAL_FLAGS: Final = re.compile(r"\(\?[a-zA-Z]+\)")
_FLAGS: Final = {"a": re.A, "i": re.I, "m": re.M, "s": re.S, "x": re.X}
# Tokens of a state in one process. An alternation takes 5–40 ms to compile and saves 7 µs a token.
_WORTH: Final = 2000


class _State:
    """The rules of a state, in a list for Pygments' own loop, which tries them in order.

    The list begins with a rule that never matches: trying it finds the rule that will, and puts
    it next. Until a state has been met so often that grouping pays, that rule only counts. A list
    changes while it is read, so a lexer serves one thread.
    """

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._given = rules
        self._groups: Sequence[_Group] = ()
        self._uses = 0
        self._found: re.Match[str] | None = None
        self.rules: list[_Rule] = [(self._count, None, None), *rules]

    def _count(self, text: str, *bounds: int) -> None:
        self._uses += 1
        if self._uses == _WORTH:
            self._groups = tuple(
                (match_any, {index: self._ready(rule) for index, rule in rules.items()})
                for match_any, rules in group_rules(self._given)
            )
            self.rules[:] = [(self._find, None, None), _NOTHING]
            self._find(text, *bounds)

    def _ready(self, rule: _Rule) -> _Rule:
        """Spare a rule its search, unless its action reads the rule's own groups."""
        _, action, target = rule
        reads = action is not None and not isinstance(action, _TokenType)
        return rule if reads else (self._give, action, target)

    def _give(self, _text: str, *_bounds: int) -> re.Match[str] | None:
        return self._found

    def _find(self, text: str, *bounds: int) -> None:
        """Put the first rule that matches next."""
        for match_any, rules in self._groups:
            match = match_any(text, *bounds)
            if match is not None:
                self._found = match
                self.rules[1] = rules[match.lastindex if len(rules) > 1 else None]
                return
        self.rules[1] = _NOTHING


def _no_match(_text: str, *_bounds: int) -> None:
    """Match nothing."""


_NOTHING: Final[_Rule] = (_no_match, None, None)


def group_rules(rules: Sequence[_Rule]) -> Iterator[_Group]:
    """Join neighbouring rules, as far as their patterns allow it, in order.

    Args:
        rules: Of one state.
    """
    run: list[tuple[str, _Rule]] = []
    for rule in rules:
        source = _source(rule)
        if source is not None:
            run.append((source, rule))
            continue
        yield from _join(run)
        run = []
        yield rule[0], {None: rule}
    yield from _join(run)


def _join(run: Sequence[tuple[str, _Rule]]) -> Iterator[_Group]:
    if len(run) < 2:
        for _, rule in run:
            yield rule[0], {None: rule}
        return
    # An empty group at the end of each says which one it was: `lastindex` is the last closed one.
    numbers: dict[int | None, _Rule] = {}
    count = 0
    for source, rule in run:
        count += re.compile(source).groups + 1
        numbers[count] = rule
    joined = "|".join(f"{source}()" for source, _ in run)
    yield re.compile(joined).match, numbers


def _source(rule: _Rule) -> str | None:
    """A rule's pattern with its flags inside, to stand in a larger one; None when it cannot."""
    pattern = getattr(rule[0], "__self__", None)
    if not isinstance(pattern, re.Pattern) or _BOUND.search(pattern.pattern):
        return None
    letters = "".join(letter for letter, flag in _FLAGS.items() if pattern.flags & flag)
    start = _GLOBAL_FLAGS.match(pattern.pattern)
    body = pattern.pattern[start.end() :] if start else pattern.pattern
    return f"(?{letters}:{body}\n)" if "x" in letters else f"(?{letters}:{body})"


def quicken(lexer: Lexer) -> Lexer:
    """Let a lexer find its rules by fewer searches, if it works by rules.

    Args:
        lexer: Changed in place; for one thread.
    """
    if isinstance(lexer, RegexLexer):
        rules: dict[str, Sequence[_Rule]] = getattr(lexer, "_tokens")  # noqa: B009 - untyped
        quick = {name: _State(given).rules for name, given in rules.items()}
        setattr(lexer, "_tokens", quick)  # noqa: B010 - untyped
    return lexer
