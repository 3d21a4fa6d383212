"""The state of the block rules: markdown-it's state plus what our rules need."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Literal, NamedTuple, Protocol, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.parser.page import Page, page_of

_CURED_BY = {
    "L221": ("mdx_truly_sane_lists",),
    "L225": ("sane_lists", "mdx_truly_sane_lists"),
    "L226": ("sane_lists", "mdx_truly_sane_lists"),
    "L227": ("mdx_truly_sane_lists",),
}
"""Extensions that make a site render lists as the card does."""

MAX_DEPTH = 60
"""Maximum nesting of containers; deeper ones are kept as text."""

_SHARED = (
    *("bMarks", "eMarks", "tShift", "sCount", "bsCount"),
    *("blkIndent", "line", "lineMax", "level", "tight", "parentType"),
)


class ReadsBlocks(Protocol):
    """What runs the rules, see `block_reader.py`; rules with containers call it again."""

    def tokenize(self, state: "BlockState", first: int, after: int) -> None:
        """Read the lines `[first, after)` of a container."""

    def is_interrupted(self, state: "BlockState", line: int, end: int, chain: str) -> bool:
        """See `BlockState.is_interrupted`."""


class BlockState(StateBlock):
    """The state of the block rules.

    Columns (`sCount`) count from where the innermost quote's content begins; `blkIndent` is the
    column at which the innermost container's content begins.

    Attributes:
        page: The page being read.
        reader: Runs the rules.
        base: Column where the innermost list-free container begins (page, quote, admonition,
            tab). Python-Markdown counts list levels in fours from there.
        code_column: Column from which a line after a blank one is indented code.
        first: First line of the innermost container's content.
        starts: Offset of each line's first character in `src`.
        depth: How many containers enclose the line.
        admonition_depth: How many of them are admonitions.
        foreign_depth: How many of these no site of Python-Markdown reads: `:::`, `<details>`.
    """

    def __init__(
        self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token], reader: ReadsBlocks
    ) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        self.page: Page = page_of(env).of_text(src)
        self.reader = reader
        self.base = 0
        self.code_column = 4
        self.first = 0
        self.depth = 0
        self.admonition_depth = 0
        self.foreign_depth = 0
        self._measure()

    @classmethod
    def beside(cls, state: StateBlock, reader: ReadsBlocks) -> "BlockState":
        """Return a state at the position of a plain one made elsewhere."""
        own = cls(state.src, state.md, state.env, state.tokens, reader)
        for name in _SHARED:
            setattr(own, name, getattr(state, name))
        return own

    def hand_back(self, state: StateBlock) -> None:
        """Move a plain state to the position of this one, which was derived from it."""
        state.line, state.level, state.tight = self.line, self.level, self.tight

    def _measure(self) -> None:
        lines = self.src.split("\n")
        starts = self.starts = self.page.regions.starts
        self.lineMax = len(lines)
        # One extra entry lets us look one line ahead without a bounds check.
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
        """Whether a line directly follows the paragraph pushed last."""
        if not self.tokens or line == 0 or self.isEmpty(line - 1):
            return False
        return self.tokens[-1].type == "paragraph_close"

    def is_interrupted(self, line: int, end: int, *, chain: str = "paragraph") -> bool:
        """Whether another block starts at a line directly below one of a block.

        Args:
            line: Of the page.
            end: Line after the last one of the container.
            chain: markdown-it's name of the block that may end there.
        """
        return self.reader.is_interrupted(self, line, end, chain)

    def report(self, line: int, code: str, message: str, hint: str) -> None:
        """Report what is wrong with the block that begins in a line."""
        self.page.report(self.page.place(line, self.column(line)), code, message, hint)

    def lint(self, line: int, code: str, message: str, hint: str) -> None:
        """Report that the site renders a block of a box differently from the card."""
        if not self.admonition_depth or self.foreign_depth:
            return
        if not self.is_cured(code):
            self.report(line, code, message, hint)

    def report_off(self, extension: str, line: int) -> None:
        """Report, once per page, that the site does not enable what a line uses."""
        if not getattr(self.page.extensions, extension):
            self.page.report_off(extension, self.page.place(line, self.column(line)))

    def is_cured(self, code: str) -> bool:
        """Whether an extension of the site makes a diagnostic irrelevant."""
        used = self.page.extensions
        return any(getattr(used, name) for name in _CURED_BY.get(code, ()))

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token, as `StateBlock.push` does with more calls."""
        if nesting < 0:
            self.level -= 1
        token = _token(ttype, tag, nesting, None, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token

    def push_text(
        self, kind: str, tag: str, first: int, text: str, columns: Sequence[int]
    ) -> Token:
        """Push a block that contains only text.

        Args:
            kind: Its tokens' type without `_open`.
            tag: See `Token.tag`.
            first: Line that it begins in.
            text: Inline content.
            columns: Column of each of its lines.

        Returns:
            The opening token; the text and the closing one come after it.
        """
        level, lines = self.level, [first, first + len(columns)]
        begin, end = _types(kind)
        opening = _token(begin, tag, 1, lines, level)
        inline = _token("inline", "", 0, lines, level + 1)
        inline.children, inline.content, inline.meta["columns"] = [], text, columns
        self.tokens += (opening, inline, _token(end, tag, -1, None, level))
        return opening

    def read_between(self, first: int, after: int, parent: str) -> None:
        """Read lines as the content of a container whose markers have the same indent.

        The last marker is at `after`.
        """
        indent, base = self.blkIndent, self.base
        code_column = max(self.code_column, self.sCount[after] + 4)
        self.read_inside(
            first, after, indent=indent, parent=parent, base=base, code_column=code_column
        )

    def read_inside(
        self,
        first: int,
        after: int,
        *,
        indent: int,
        parent: str,
        base: int | None = None,
        code_column: int | None = None,
    ) -> None:
        """Read lines as the content of a container.

        Args:
            first: Line that it begins at.
            after: Line after its last one.
            indent: Column that its content begins at.
            parent: What it is.
            base: See there; `indent`, where it is not another one.
            code_column: See there; four columns more than `indent`, where it is not another one.
        """
        if self.depth >= MAX_DEPTH:
            self._keep_as_text(first, after)
            return
        saved = (self.blkIndent, self.base, self.code_column, self.parentType, self.first)
        self.blkIndent = indent
        self.base = indent if base is None else base
        self.code_column = indent + 4 if code_column is None else code_column
        self.parentType = parent
        self.first = first
        self.depth += 1
        self.reader.tokenize(self, first, after)
        self.depth -= 1
        self.blkIndent, self.base, self.code_column, self.parentType, self.first = saved

    def read_hanging(self, start: int, after: int, *, width: int, parent: str) -> None:
        """Read lines as what hangs on a marker: text after it, and lines four columns in.

        Args:
            start: Line of the marker.
            after: Line after the last one; lines may be indented by less.
            width: Characters of the marker.
            parent: What it is.
        """
        indent = self.sCount[start] + 4
        with self.restoring(start, after):
            self.tShift[start] += width
            self.indent_lines(start, after, indent)
            self.read_inside(start, after, indent=indent, parent=parent)

    def indent_lines(self, first: int, after: int, column: int) -> None:
        """Let lines begin at a column, or right of it."""
        self.sCount[first:after] = [max(count, column) for count in self.sCount[first:after]]

    @contextmanager
    def restoring(self, first: int, after: int) -> Iterator[None]:
        """Forget, after the `with` block, what it changed in where lines begin and end."""
        marks = (self.bMarks, self.eMarks, self.tShift, self.sCount)
        saved = [of_lines[first:after] for of_lines in marks]
        yield
        for of_lines, before in zip(marks, saved, strict=True):
            of_lines[first:after] = before

    def skipEmptyLines(self, from_pos: int) -> int:  # noqa: N802
        """Return the first non-blank line from `from_pos` on."""
        begins, indents, ends = self.bMarks, self.tShift, self.eMarks
        line, count = from_pos, self.lineMax
        while line < count and begins[line] + indents[line] >= ends[line]:
            line += 1
        return line

    def _keep_as_text(self, first: int, after: int) -> None:
        lines = [line for line in range(first, after) if not self.isEmpty(line)]
        self.line = after
        if not lines:
            return
        self.report(
            lines[0],
            "W201",
            f"blocks are nested more than {MAX_DEPTH} deep: the rest is kept as plain text",
            "flatten the nesting",
        )
        text = "\n".join(self.line_text(line) for line in lines)
        columns = tuple(self.column(line) for line in lines)
        opening = self.push_text("paragraph", "p", lines[0], text, columns)
        inline = self.tokens[-2]
        inline.children = [Token("text", "", 0, content=text)]
        opening.map = inline.map = [lines[0], after]


def _token(
    kind: str, tag: str, nesting: Literal[-1, 0, 1], lines: list[int] | None, level: int
) -> Token:
    """Return a token of a block; all values by position, as defaults take half as long again."""
    return Token(kind, tag, nesting, {}, lines, level, None, "", "", "", {}, True)


@cache
def _types(kind: str) -> tuple[str, str]:
    """Return the types of a block's opening and closing token."""
    return f"{kind}_open", f"{kind}_close"


ReadBlock: TypeAlias = Callable[[BlockState, int, int, bool], bool]
"""`(state, start, end, silent) → matched`; `silent` asks without making tokens."""


class BlockRule(NamedTuple):
    """A block construct.

    Attributes:
        name: Its name in markdown-it.
        read: See `ReadBlock`; called only at its triggers.
        triggers: First characters of a line that can start it; empty means any.
        interrupts: Whether it may start directly below a line of a paragraph, quote or list.
    """

    name: str
    read: ReadBlock
    triggers: str = ""
    interrupts: bool = False
