"""The block parser: markdown-it's, with rules chosen by a line's first character."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, cast

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.parser.inline_state import InlineParser
from generator.parser.page import Page, page_of
from generator.parser.tokens import closing_token, quick_token

GLYPHS = "•◦▪●‣·⁃∙"
"""Bullets that authors paste: Markdown knows none of them."""

_SANE = ("sane_lists", "markdown.extensions.sane_lists")
_CURED_BY = {
    "L221": ("mdx_truly_sane_lists",),
    "L225": (*_SANE, "mdx_truly_sane_lists"),
    "L226": (*_SANE, "mdx_truly_sane_lists"),
    "L227": ("mdx_truly_sane_lists",),
}
"""Extensions with which a site shows a list as the card does."""

MAX_DEPTH = 60
"""Containers in containers; deeper ones are kept as text."""


class BlockState(StateBlock):
    """Where the block parser stands.

    Columns (`sCount`) count from where the innermost quote's content begins; `blkIndent` is the
    column at which the innermost container's content begins.

    Attributes:
        page: The page being read.
        parser: What runs the rules.
        base: Column where the innermost list-free container begins (page, quote, admonition,
            tab). Python-Markdown counts list levels in fours from there.
        code_column: Column from which a line after a blank one is indented code.
        starts: Offset of each line's first character in `src`.
        depth: How many containers enclose the line.
        admonition_depth: How many of them are admonitions.
    """

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        self.page: Page = page_of(env)
        self.parser = cast(BlockParser, md.block)
        self.base = 0
        self._find_mark: Callable[[str], object] = (
            bool if self.page.has_symbols else cast(InlineParser, md.inline).find_mark
        )
        self.code_column = 4
        self.depth = 0
        self.admonition_depth = 0
        self._measure()

    def _measure(self) -> None:
        lines = self.src.split("\n")
        starts = self.starts = self.page.regions.starts
        self.lineMax = len(lines)
        # One line more than there are saves the bounds checks of looking one line ahead.
        self.bMarks = [*starts, len(self.src)]
        self.eMarks = [*[start - 1 for start in starts[1:]], len(self.src), len(self.src)]
        self.tShift = [*[len(line) - len(line.lstrip(" ")) for line in lines], 0]
        self.sCount = self.tShift.copy()
        self.bsCount = [0] * (len(lines) + 1)

    def text_start(self, line: int) -> int:
        """Return the offset of the first character of a line that is not a space."""
        return self.bMarks[line] + self.tShift[line]

    def line_text(self, line: int) -> str:
        """Return a line without indent and without what encloses it."""
        return self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]]

    def column(self, line: int) -> int:
        """Return the 0-based column, in the page, of a line's first character."""
        return self.bMarks[line] + self.tShift[line] - self.starts[line]

    def is_under_text(self, line: int) -> bool:
        """Whether a line stands right under a paragraph that has just been pushed."""
        if not self.tokens or line == 0 or self.isEmpty(line - 1):
            return False
        return self.tokens[-1].type == "paragraph_close"

    def lint(self, line: int, code: str, message: str, hint: str) -> None:
        """Say that the site shows a block of a box otherwise than the card does."""
        if not self.admonition_depth:
            return
        used = self.page.config.site.extensions
        if not any(name in used for name in _CURED_BY.get(code, ())):
            place = self.page.place(line, self.column(line))
            self.page.report(place, code, message, hint)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token."""
        if nesting < 0:
            self.level -= 1
            token = closing_token(ttype, tag, self.level)
        else:
            token = quick_token(ttype, tag, nesting, self.level, None, "", True)
            self.level += nesting
        self.tokens.append(token)
        return token

    def push_text(
        self,
        kind: str,
        tag: str,
        first: int,
        text: str,
        columns: Sequence[int],
        *,
        as_is: bool = False,
    ) -> Token:
        """Push a block that holds nothing but a text.

        Args:
            kind: Its tokens' type without `_open`.
            tag: See `Token.tag`.
            first: Line that it begins in.
            text: Inline content.
            columns: Column of each of its lines.
            as_is: Whether it is text for the inline rules, too, whatever it holds.

        Returns:
            The opening token; the text and the closing one stand behind it.
        """
        level, lines = self.level, [first, first + len(columns)]
        begin, end = _types(kind)
        opening = quick_token(begin, tag, 1, level, lines, "", True)
        inline = quick_token("inline", "", 0, level + 1, lines, text, True)
        if not as_is and (not text or self._find_mark(text)):
            inline.meta = {"columns": columns}
            self.page.unread.append(inline)
        self.tokens += (opening, inline, closing_token(end, tag, level))
        return opening

    def read_inside(
        self,
        first: int,
        after: int,
        *,
        indent: int,
        base: int | None = None,
        code_column: int,
        parent: str,
    ) -> None:
        """Read lines as the content of a container; it begins at column `indent`."""
        saved = (self.blkIndent, self.base, self.code_column, self.parentType, self.depth)
        self.blkIndent = indent
        self.code_column = code_column
        self.parentType = parent
        self.depth += 1
        if base is not None:
            self.base = base
        self.parser.tokenize(self, first, after)
        self.blkIndent, self.base, self.code_column, self.parentType, self.depth = saved

    def skipEmptyLines(self, from_pos: int) -> int:  # noqa: N802
        """Return the first line from `from_pos` on that holds something."""
        begins, indents, ends = self.bMarks, self.tShift, self.eMarks
        line, count = from_pos, self.lineMax
        while line < count and begins[line] + indents[line] >= ends[line]:
            line += 1
        return line


@cache
def _types(kind: str) -> tuple[str, str]:
    """Return the types of a block's opening and closing token."""
    return f"{kind}_open", f"{kind}_close"


Rule: TypeAlias = Callable[[BlockState, int, int, bool], bool]
"""`(state, start, end, silent) → matched`; `silent` asks without making tokens."""


@dataclass(frozen=True, slots=True)
class BlockRule:
    """A block construct.

    Attributes:
        name: Of the construct.
        apply: See `Rule`.
        triggers: First characters of a line that can start it; empty means any.
        interrupts: Whether it may start right under a paragraph's line.
    """

    name: str
    apply: Rule
    triggers: str = ""
    interrupts: bool = False


class BlockParser(ParserBlock):
    """Runs the rules; takes the place of `MarkdownIt.block`."""

    def __init__(self, rules: tuple[BlockRule, ...]) -> None:
        super().__init__()
        self._rules = rules
        self._starting: dict[str, tuple[Rule, ...]] = {}
        self._interrupting: dict[str, tuple[Rule, ...]] = {}

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803
    ) -> list[Token] | None:
        """Read a page into `outTokens`."""
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        self.tokenize(state, 0, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Read the lines `[startLine, endLine)` of a container's content."""
        own = cast(BlockState, state)
        has_blank = False
        line = own.skipEmptyLines(startLine)
        while line < endLine and own.sCount[line] >= own.blkIndent:
            if own.depth > MAX_DEPTH:
                _keep_as_text(own, line, endLine)
                return
            self._apply(own, line, endLine, first=startLine)
            own.tight = not has_blank
            after = own.line
            line = own.skipEmptyLines(after)
            if line > after or own.isEmpty(after - 1):
                has_blank = True
        own.line = line

    def _apply(self, state: BlockState, line: int, end: int, *, first: int) -> None:
        char = state.src[state.bMarks[line] + state.tShift[line]]
        if state.sCount[line] >= state.code_column and _is_code(state, line, char, first=first):
            push_code(state, line, end)
            return
        for rule in self._starting.get(char) or self._rules_for(char):
            if rule(state, line, end, False):
                if state.line <= line:
                    raise AssertionError(f"a rule did not move on at line {line}")
                return
        raise AssertionError("the paragraph rule takes every line")

    def _rules_for(self, char: str) -> tuple[Rule, ...]:
        rules = tuple(r.apply for r in self._rules if not r.triggers or char in r.triggers)
        self._starting[char] = rules
        return rules

    def is_interrupted(self, state: BlockState, line: int, end: int) -> bool:
        """Whether another block starts at a line that stands right under a paragraph's."""
        char = state.src[state.text_start(line)]
        rules = self._interrupting.get(char)
        if rules is None:
            rules = tuple(
                r.apply
                for r in self._rules
                if r.interrupts and (not r.triggers or char in r.triggers)
            )
            self._interrupting[char] = rules
        for rule in rules:  # noqa: SIM110 (the hottest loop: `any` makes a generator each time)
            if rule(state, line, end, True):
                return True
        return False


def _is_code(state: BlockState, line: int, char: str, *, first: int) -> bool:
    """Whether a line that is far enough in is code: not in the flow of a text, nor a bullet."""
    return char not in GLYPHS and (line == first or state.isEmpty(line - 1))


def push_code(state: BlockState, start: int, end: int) -> None:
    """Push indented code: all lines far enough in, and the blank ones between them."""
    last = line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.code_column):
        if not state.isEmpty(line):
            last = line
        line += 1
    token = state.push("code_block", "code", 0)
    token.content = cut_lines(state, start, last + 1, state.code_column)
    token.map = [start, last + 1]
    state.line = last + 1


def cut_lines(state: BlockState, first: int, after: int, column: int) -> str:
    """Return lines from `column` on, each with its line end; what stands left of it is kept."""
    cut = []
    for line in range(first, after):
        skip = min(max(column - (state.sCount[line] - state.tShift[line]), 0), state.tShift[line])
        cut.append(state.src[state.bMarks[line] + skip : state.eMarks[line]])
    return "\n".join(cut) + "\n"


def _keep_as_text(state: BlockState, start: int, end: int) -> None:
    page = state.page
    page.report(
        page.place(start, state.column(start)),
        "W201",
        f"blocks are nested more than {MAX_DEPTH} deep: the rest is kept as plain text",
        "flatten the nesting",
    )
    lines = [line for line in range(start, end) if not state.isEmpty(line)]
    text = "\n".join(state.line_text(line) for line in lines)
    columns = tuple(state.column(line) for line in lines)
    opening = state.push_text("paragraph", "p", start, text, columns, as_is=True)
    opening.map, state.tokens[-2].map = [start, end], [start, end]
    state.line = end
