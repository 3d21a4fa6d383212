"""The inline parser: markdown-it's, with rules chosen by the character they begin with."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, fragments_join, link_pairs
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.parser.page import Page, page_of
from generator.parser.tokens import quick_token

MAX_DEPTH = 40
"""Spans in spans; what stands deeper is text."""


class InlineState(StateInline):
    """Where the inline parser stands.

    Attributes:
        page: The page being read.
        pushed: Types of the tokens that rules have pushed.
    """

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        self._texts: list[str] = []
        super().__init__(src, md, env, tokens)
        self.page: Page = page_of(env)
        self.pushed: set[str] = set()

    @property
    def pending(self) -> str:
        """Text read so far that is not in a token yet."""
        return "".join(self._texts)

    @pending.setter
    def pending(self, value: str) -> None:
        self._texts = [value] if value else []

    def append_pending(self, text: str) -> None:
        """Add text that the next token comes behind."""
        self._texts.append(text)

    def pushPending(self) -> Token:  # noqa: N802
        """Make a token of the text read so far."""
        token = quick_token("text", "", 0, self.pendingLevel, None, "".join(self._texts))
        self.tokens.append(token)
        self._texts.clear()
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token behind the text read so far."""
        if nesting:
            return super().push(ttype, tag, nesting)
        if self._texts:
            self.pushPending()
        token = quick_token(ttype, tag, 0, self.level)
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(None)
        self.pushed.add(ttype)
        return token

    def push_marks(
        self, text: str, count: int, *, length: int, may_open: bool, may_close: bool
    ) -> None:
        """Add marks that may open or close a span: text, until another one pairs with it.

        Args:
            text: Of a mark.
            count: How many.
            length: Of the run of marks that they stand in; 0 when runs do not matter.
            may_open: Whether a span may begin with it.
            may_close: Whether a span may end with it.
        """
        marker = ord(text[0])
        for _ in range(count):
            self.push("text", "", 0).content = text
            last = len(self.tokens) - 1
            self.delimiters.append(Delimiter(marker, length, last, -1, may_open, may_close))


Rule: TypeAlias = Callable[[InlineState, bool], bool]
"""`(state, silent) → matched`; `silent` asks how far it goes without making tokens."""

Finisher: TypeAlias = Callable[[InlineState], None]
"""What looks over the tokens of a text when all of it is read."""


@dataclass(frozen=True, slots=True)
class InlineRule:
    """An inline construct.

    Attributes:
        name: Of the construct.
        apply: See `Rule`; it is asked only where one of its triggers stands.
        triggers: Characters that it can begin with.
        behind: Pattern of what must follow a trigger; empty means anything. Where nothing does,
            the trigger is text: most colons and exclamation marks are.
    """

    name: str
    apply: Rule
    triggers: str
    behind: str = ""


def _mark(char: str, rules: Sequence[InlineRule]) -> str:
    """Return the pattern of a trigger with what one of its rules wants behind it."""
    mark = re.escape(char)
    if not all(rule.behind for rule in rules):
        return mark
    return f"{mark}(?={'|'.join(dict.fromkeys(rule.behind for rule in rules))})"


class InlineParser(ParserInline):
    """Runs the rules; takes the place of `MarkdownIt.inline`."""

    def __init__(
        self,
        rules: Sequence[InlineRule],
        pairers: Sequence[Finisher],
        finishers: Sequence[Finisher],
    ) -> None:
        """Make a parser.

        Args:
            rules: Tried in this order.
            pairers: What makes spans of marks that belong together.
            finishers: What comes last.

        Attributes:
            find_mark: Finds the first character of a text about which a rule may have something
                to say; most cells, items and labels have none.
        """
        super().__init__()
        starting: dict[str, list[InlineRule]] = {}
        for rule in rules:
            for char in rule.triggers:
                starting.setdefault(char, []).append(rule)
        self._starting = {char: [rule.apply for rule in able] for char, able in starting.items()}
        # The end of a link's label is found between tokens, so that a text must end before it.
        marks = [r"\]", *(_mark(char, able) for char, able in starting.items())]
        self.find_mark = re.compile("|".join(marks)).search
        self._pairers = (cast(Finisher, link_pairs), *pairers, cast(Finisher, fragments_join))
        self._finishers = tuple(finishers)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Read a text into `tokens`."""
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        if "text" in state.pushed:  # it may stand beside another one, or be a mark
            for pair in self._pairers:
                pair(state)
        for finish in self._finishers:
            finish(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Read a text up to `posMax`."""
        own = cast(InlineState, state)
        src, end = own.src, own.posMax
        while (begin := own.pos) < end:
            mark = self.find_mark(src, begin, end)
            own.pos = at = mark.start() if mark else end
            if at > begin:
                own._texts.append(src[begin:at])
            elif own.level >= MAX_DEPTH or not self._apply(own, silent=False):
                own.append_pending(src[at])
                own.pos = at + 1
        if own._texts:
            own.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Move behind what stands at `pos`."""
        own = cast(InlineState, state)
        begin = own.pos
        if begin not in own.cache:
            own.cache[begin] = self._find_end(own, begin)
        own.pos = own.cache[begin]

    def _find_end(self, state: InlineState, begin: int) -> int:
        if state.level >= MAX_DEPTH:
            return state.posMax
        mark = self.find_mark(state.src, begin, state.posMax)
        at = mark.start() if mark else state.posMax
        if at > begin:
            return at
        state.level += 1  # what looks into what it holds must come to an end
        is_matched = self._apply(state, silent=True)
        state.level -= 1
        return state.pos if is_matched else begin + 1

    def _apply(self, state: InlineState, *, silent: bool) -> bool:
        for rule in self._starting.get(state.src[state.pos], ()):  # noqa: SIM110 (a hot loop)
            if rule(state, silent):
                return True
        return False
