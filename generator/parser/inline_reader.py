"""Read inline text: markdown-it's inline rules, tried only where they can match."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInline2Type, RuleFuncInlineType
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, text
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType
from msgspec import Struct, field

from generator.parser.page import page_of

MAX_DEPTH = 40
"""Maximum nesting of spans; anything deeper is text."""

ReadInline: TypeAlias = Callable[[StateInline, bool], bool]
"""`(state, silent) → matched`; `silent` asks how far it goes without making tokens."""


class InlineRule(Struct, frozen=True):
    """An inline construct.

    Attributes:
        name: Its name in markdown-it.
        read: See `ReadInline`; called only at its triggers.
        triggers: Characters that it can begin with.
        follows: Pattern of what must follow a trigger; empty means anything. Where nothing does,
            the trigger is text: most colons and exclamation marks are.
    """

    name: str
    read: ReadInline
    triggers: str
    follows: str = ""

    def guarded(self) -> ReadInline:
        """Wrap the rule for markdown-it, which calls it at any character."""
        read, triggers = self.read, self.triggers

        def ask(state: StateInline, silent: bool) -> bool:
            return state.src[state.pos] in triggers and read(state, silent)

        return ask


def matched(
    pattern: re.Pattern[str], push: Callable[[StateInline, re.Match[str]], None]
) -> ReadInline:
    """Make the reader of a construct that a pattern finds as a whole.

    Args:
        pattern: What it looks like, from its first character to its last.
        push: Pushes what it means.
    """

    def read(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            push(state, match)
        state.pos = match.end()
        return True

    return read


def push_marks(
    state: StateInline, mark: str, count: int, *, length: int, may_open: bool, may_close: bool
) -> None:
    """Add marks that may open or close a span: text, until another one pairs with it.

    Args:
        state: Of the text.
        mark: Text of one mark.
        count: How many.
        length: Of the run of marks that they are part of; 0 when runs do not matter.
        may_open: Whether a span may begin with it.
        may_close: Whether a span may end with it.
    """
    marker = ord(mark[0])
    for _ in range(count):
        state.push("text", "", 0).content = mark
        last = len(state.tokens) - 1
        state.delimiters.append(Delimiter(marker, length, last, -1, may_open, may_close))


class _Table(Struct):
    """Which rules to try at which character, for one state of markdown-it's ruler.

    Attributes:
        rules: The ruler's list; a different list means that someone changed the rules.
        finishers: What comes after a text is read (`ruler2`).
        other_finishers: Those that have something to do where no marks may be a pair.
        terminators: markdown-it's pattern of characters at which it asks any rule.
        reads_all: Whether a text without any mark has to be read as well.
        find_mark: Finds the next character at which a rule may match.
        at: Character → the rules to ask there, in order.
    """

    rules: list[RuleFuncInlineType]
    finishers: list[RuleFuncInline2Type]
    other_finishers: list[RuleFuncInline2Type]
    terminators: re.Pattern[str]
    reads_all: bool
    find_mark: Callable[..., re.Match[str] | None]
    at: dict[str, tuple[RuleFuncInlineType, ...]] = field(default_factory=dict)


class InlineReader:
    """Reads the texts of a page with the inline rules of a `MarkdownIt`."""

    def __init__(
        self,
        md: MarkdownIt,
        rules: Sequence[InlineRule],
        *,
        pairing: Collection[RuleFuncInline2Type],
        quiet: Collection[RuleFuncInline2Type],
    ) -> None:
        """Register rules.

        Args:
            md: Whose rules are read with.
            rules: Ours, in order; a name that markdown-it knows replaces its rule, others come
                before the next known one.
            pairing: Rules of `ruler2` that do nothing to a text without pairs of marks.
            quiet: Others that do nothing to a text without any mark.
        """
        self._md = md
        self._pairing = frozenset(pairing)
        self._quiet = frozenset(quiet)
        self._own: dict[RuleFuncInlineType, InlineRule] = {}
        known = md.inline.ruler.get_all_rules()
        for index, rule in enumerate(rules):
            asked = rule.guarded()
            self._own[asked] = rule
            if rule.name in known:
                md.inline.ruler.at(rule.name, asked)
            else:
                following = next(later.name for later in rules[index:] if later.name in known)
                md.inline.ruler.before(following, rule.name, asked)
        md.inline.ruler.enable([rule.name for rule in rules])
        self._table = self._make_table()

    def _current(self) -> _Table:
        """Return the table, rebuilt if someone has changed markdown-it's rules."""
        inline, table = self._md.inline, self._table
        if (
            inline.ruler.getRules("") is not table.rules
            or inline.ruler2.getRules("") is not table.finishers
            or inline.terminator_re is not table.terminators
        ):
            return self._make_table()
        return table

    def _make_table(self) -> _Table:
        inline = self._md.inline
        rules, finishers = inline.ruler.getRules(""), inline.ruler2.getRules("")
        marks = _marks([self._own[rule] for rule in rules if rule in self._own])
        if any(rule not in self._own and rule is not text for rule in rules):
            marks.append(inline.terminator_re.pattern)
        find_mark = re.compile("|".join(marks)).search
        others = [finish for finish in finishers if finish not in self._pairing]
        reads_all = any(finish not in self._quiet for finish in others)
        return _Table(rules, finishers, others, inline.terminator_re, reads_all, find_mark)

    def _rules_at(self, table: _Table, char: str) -> tuple[RuleFuncInlineType, ...]:
        found = tuple(
            self._own[rule].read if rule in self._own else rule
            for rule in table.rules
            if rule is not text and (rule not in self._own or char in self._own[rule].triggers)
        )
        table.at[char] = found
        return found

    def read_all(self, state: StateCore) -> None:
        """Read every text of a page that is not read yet; a core rule."""
        table = self._table = self._current()
        page = page_of(state.env)
        page.read_inline, page.skip_inline = self.tokenize, self.skip
        find_mark, reads_all = table.find_mark, table.reads_all
        for token in state.tokens:
            if token.type != "inline" or token.children or not token.content:
                continue
            if reads_all or find_mark(token.content):
                page.inline = token
                token.children = self.read(token.content, state.env)
            else:
                token.children = [Token("text", "", 0, {}, None, 0, None, token.content)]

    def read(self, content: str, env: EnvType) -> list[Token]:
        """Return the tokens of a text."""
        state = StateInline(content, self._md, env, [])
        self.tokenize(state)
        table = self._table
        is_paired = bool(state.delimiters) or any(state.tokens_meta)
        for finish in table.finishers if is_paired else table.other_finishers:
            finish(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Read a text up to `posMax`, as `ParserInline.tokenize` does."""
        table = self._table
        find_mark, at = table.find_mark, table.at
        src, end = state.src, state.posMax
        while (begin := state.pos) < end:
            mark = find_mark(src, begin, end)
            state.pos = place = mark.start() if mark else end
            if place > begin:
                state.append_pending(src[begin:place])
            elif state.level >= MAX_DEPTH or not _ask(
                at.get(src[place]) or self._rules_at(table, src[place]), state
            ):
                state.append_pending(src[place])
                state.pos = place + 1
        if state.pending:
            state.pushPending()

    def skip(self, state: StateInline) -> None:
        """Move over a token, or over text up to a mark, as `ParserInline.skipToken` does."""
        table = self._table
        src, begin = state.src, state.pos
        mark = table.find_mark(src, begin, state.posMax)
        state.pos = mark.start() if mark else state.posMax
        if state.pos > begin:
            return
        char = src[begin]
        state.level += 1
        is_read = _ask(table.at.get(char) or self._rules_at(table, char), state, silent=True)
        state.level -= 1
        if not is_read:
            state.pos = begin + 1


def read_inside(state: StateInline, begin: int, end: int) -> None:
    """Read the content of a span; the state moves to its end.

    Args:
        state: Of the text.
        begin: Offset of the first character inside.
        end: Offset after the last one.
    """
    outer_end = state.posMax
    state.pos, state.posMax = begin, end
    read = page_of(state.env).read_inline or state.md.inline.tokenize
    read(state)
    state.posMax = outer_end


def _ask(rules: Sequence[RuleFuncInlineType], state: StateInline, *, silent: bool = False) -> bool:
    for rule in rules:  # noqa: SIM110 (a hot loop: `any` makes a generator each time)
        if rule(state, silent):
            return True
    return False


def _marks(rules: Sequence[InlineRule]) -> list[str]:
    """Return a pattern for each trigger, with what one of its rules wants after it."""
    triggered: dict[str, list[InlineRule]] = {}
    for rule in rules:
        for char in rule.triggers:
            triggered.setdefault(char, []).append(rule)
    # The end of a link's label is found between tokens, so that a text must end before it.
    return [r"\]", *(_mark(char, able) for char, able in triggered.items())]


def _mark(char: str, rules: Sequence[InlineRule]) -> str:
    mark = re.escape(char)
    if not all(rule.follows for rule in rules):
        return mark
    return f"{mark}(?={'|'.join(dict.fromkeys(rule.follows for rule in rules))})"
