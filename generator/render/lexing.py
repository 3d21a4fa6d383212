"""Pygments' lexers with one search at a place instead of one for each rule.

A lexer tries the rules of its state one after the other, 36 of them for a token of Python. Here
neighbouring rules become one alternation, and finding the first that matches is left to the
regex engine. It takes a third of the time; the tokens are the same (a test compares them).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

_Match: TypeAlias = Callable[[str, int], re.Match[str] | None]
_State: TypeAlias = int | str | tuple[str, ...] | None
_Token: TypeAlias = tuple[int, _TokenType, str]
_Action: TypeAlias = Callable[[RegexLexer, re.Match[str]], Iterable[_Token]] | _TokenType | None
_Rule: TypeAlias = tuple[_Match, _Action, _State]
_Group: TypeAlias = tuple[_Match, dict[int | None, _Rule]]
"""What matches one of some rules, and the rule by the match's `lastindex`."""

# Numbers and names of groups change their meaning inside a larger pattern.
_BOUND: Final = re.compile(r"\\[1-9]|\(\?P|\(\?\(")
_GLOBAL_FLAGS: Final = re.compile(r"\(\?[a-zA-Z]+\)")
_FLAGS: Final = {"a": re.A, "i": re.I, "m": re.M, "s": re.S, "x": re.X}
# Tokens of a state in one process. An alternation takes 5–40 ms to compile and saves 7 µs a token.
_WORTH: Final = 2000


class Tokenizer:
    """Takes the place of `get_tokens_unprocessed` of one lexer."""

    def __init__(self, lexer: RegexLexer) -> None:
        self._lexer = lexer
        self._rules: dict[str, Sequence[_Rule]] = getattr(lexer, "_tokens")  # noqa: B009 - untyped
        self._groups: dict[str, Sequence[_Group]] = {}
        self._uses: Counter[str] = Counter()

    def __call__(self, text: str, stack: Sequence[str] = ("root",)) -> Iterator[_Token]:
        """Yield place, kind and text of each token."""
        states = list(stack)
        position = 0
        while True:
            found = self._find(states[-1], text, position)
            if found is not None:
                match, action, state = found
                if isinstance(action, _TokenType):
                    yield position, action, match[0]
                elif action is not None:
                    yield from action(self._lexer, match)
                position = match.end()
                if state is not None:
                    _change(states, state)
            elif position >= len(text):
                return
            elif text[position] == "\n":
                states = ["root"]
                yield position, Whitespace, "\n"
                position += 1
            else:
                yield position, Error, text[position]
                position += 1

    def _find(
        self, state: str, text: str, position: int
    ) -> tuple[re.Match[str], _Action, _State] | None:
        """The first rule of a state that matches."""
        groups = self._groups.get(state)
        if groups is None:
            return self._find_singly(state, text, position)
        for match_any, rules in groups:
            match = match_any(text, position)
            if match is not None:
                match_one, action, target = rules[match.lastindex if len(rules) > 1 else None]
                if not isinstance(action, _TokenType):  # it reads the rule's own groups
                    match = match_one(text, position) or match
                return match, action, target
        return None

    def _find_singly(
        self, state: str, text: str, position: int
    ) -> tuple[re.Match[str], _Action, _State] | None:
        """As Pygments does it, until a state has been met so often that grouping pays."""
        self._uses[state] += 1
        if self._uses[state] == _WORTH:
            self._groups[state] = tuple(group_rules(self._rules[state]))
        for match_one, action, target in self._rules[state]:
            match = match_one(text, position)
            if match is not None:
                return match, action, target
        return None


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


def _change(states: list[str], target: int | str | tuple[str, ...]) -> None:
    """Go to another state; the last one on the stack stays."""
    if isinstance(target, int):
        del states[max(1, len(states) + target) :]
    elif target == "#push":
        states.append(states[-1])
    else:
        for name in target:
            if name == "#pop":
                del states[max(1, len(states) - 1) :]
            else:
                states.append(states[-1] if name == "#push" else name)


def quicken(lexer: Lexer) -> Lexer:
    """Give a lexer the quicker loop, unless it has one of its own.

    Args:
        lexer: Changed in place.
    """
    own = getattr(type(lexer), "get_tokens_unprocessed", None)
    if isinstance(lexer, RegexLexer) and own is RegexLexer.get_tokens_unprocessed:
        setattr(lexer, "get_tokens_unprocessed", Tokenizer(lexer))  # noqa: B010 - mypy: a method
    return lexer
