"""A tree of blocks on top of the flat token stream, for access to neighbours."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from markdown_it.token import Token
from msgspec import Struct

from generator.model import Admonition, Tokens
from generator.parser.words import text_of

_HTML = frozenset({"html_block", "html_inline"})
_TAG = re.compile(
    r"</?(?!(?:img|video|audio|svg|iframe|object|embed|canvas|math|input|hr)\b)[^<>]*>", re.I
)
"""A tag that shows nothing by itself."""
_BLANK = frozenset({"hardbreak", "html_inline", "softbreak", "text"})
_BOXES = frozenset({"admonition_open", "tab_set_open"})
_TITLE_TYPES = frozenset({"admonition_title_open", "tab_title_open"})


class Outline(Struct, frozen=True, eq=False):
    """Where the blocks of a page are, found in one pass.

    Attributes:
        stream: The tokens of the page.
        ends: For each of them that opens a block, the index after the one that closes it.
        boxes: Indexes of those that open a box or a set of tabs, in order.
    """

    stream: Tokens
    ends: Sequence[int]
    boxes: Sequence[int]

    @classmethod
    def of(cls, tokens: Tokens) -> "Outline":
        """Find the blocks of a balanced token stream."""
        ends = list(range(1, len(tokens) + 1))
        opened: list[int] = []
        boxes: list[int] = []
        for index, token in enumerate(tokens):
            if token.nesting > 0:
                opened.append(index)
                if token.type in _BOXES:
                    boxes.append(index)
            elif token.nesting and opened:
                ends[opened.pop()] = index + 1
        return cls(tokens, ends, boxes)

    def blocks(self) -> "tuple[Block, ...]":
        """Return the outermost blocks."""
        return _blocks(self, 0, len(self.stream))

    def blocks_to_last_box(self) -> "tuple[Block, ...]":
        """Return the outermost blocks up to the one after the last that holds a box.

        No card comes from what follows.
        """
        if not self.boxes:
            return ()
        blocks = self.blocks()
        after = bisect_right(blocks, self.boxes[-1], key=lambda block: block.first)
        return blocks[: after + 1]


class Block(Struct, eq=False):
    """A balanced run of tokens.

    Attributes:
        kind: Type of the opening token without `_open`.
        outline: Of the page.
        stream: The tokens of the page.
        first: Index of the opening token.
        after: Index after the closing token.
    """

    kind: str
    outline: Outline
    stream: Tokens
    first: int
    after: int
    _children: tuple["Block", ...] | None = None
    _body: tuple["Block", ...] | None = None
    _title_text: str | None = None

    @property
    def children(self) -> tuple["Block", ...]:
        """The blocks directly inside, built on first use, because most are never needed."""
        if self._children is None:
            self._children = _blocks(self.outline, self.first + 1, self.after - 1)
        return self._children

    @property
    def tokens(self) -> Tokens:
        """The run with its opening and closing token."""
        return self.stream[self.first : self.after]

    @property
    def opening(self) -> Token:
        """The first token of the run."""
        return self.stream[self.first]

    @property
    def admonition(self) -> Admonition:
        """The parsed marker of this admonition; only for blocks of that kind."""
        meta: Admonition = self.opening.meta["admonition"]
        return meta

    @property
    def holds_boxes(self) -> bool:
        """Whether there is a box or a set of tabs in it."""
        boxes = self.outline.boxes
        inner = bisect_right(boxes, self.first)
        return inner < len(boxes) and boxes[inner] < self.after

    @property
    def title(self) -> Token | None:
        """The inline token of an admonition's or tab's title."""
        index = self.first + 1
        if index < self.after and self.stream[index].type in _TITLE_TYPES:
            return self.stream[index + 1]
        return None

    @property
    def title_text(self) -> str:
        """The words of the title, or ""."""
        if self._title_text is None:
            title = self.title
            self._title_text = "" if title is None else text_of((title,))
        return self._title_text

    @property
    def body(self) -> tuple["Block", ...]:
        """The children without the title."""
        if self._body is None:
            self._body = self.children if self.title is None else self.children[1:]
        return self._body

    @property
    def text(self) -> str:
        """See `text_of`."""
        return text_of(self.tokens)


def tree(tokens: Tokens) -> tuple[Block, ...]:
    """Return the blocks of a balanced token stream."""
    return Outline.of(tokens).blocks()


def _blocks(outline: Outline, first: int, after: int) -> tuple[Block, ...]:
    found: list[Block] = []
    stream, ends = outline.stream, outline.ends
    while first < after:
        kind = stream[first].type.removesuffix("_open")
        found.append(Block(kind, outline, stream, first, ends[first]))
        first = ends[first]
    return tuple(found)


def tokens_of(blocks: Iterable[Block]) -> Tokens:
    """The tokens of neighbouring blocks, in order."""
    tokens: list[Token] = []
    for block in blocks:
        tokens += block.tokens
    return tuple(tokens)


def without(block: Block, parts: Iterable[Block]) -> Block:
    """Return a block without some of the blocks in it."""
    gone = {index for part in parts for index in range(part.first, part.after)}
    span = range(block.first, block.after)
    return tree([block.stream[index] for index in span if index not in gone])[0]


def without_blank_edges(tokens: Tokens) -> Tokens:
    """Return tokens without the paragraphs at both ends that show nothing: `<br><b>`."""
    first, after = 0, len(tokens)
    while _is_blank_paragraph(tokens[first : first + 3]):
        first += 3
    while after > first and _is_blank_paragraph(tokens[after - 3 : after]):
        after -= 3
    return tokens[first:after]


def _is_blank_paragraph(tokens: Tokens) -> bool:
    if not tokens or tokens[0].type != "paragraph_open" or has_content(tokens):
        return False
    return all(child.type in _BLANK for child in tokens[1].children or ())


def has_content(tokens: Tokens) -> bool:
    """Whether anything is visible: words, formulas, code, images, rules."""
    for token in tokens:
        if token.children is not None:
            if has_content(token.children):
                return True
        elif token.type in _HTML:
            if _TAG.sub("", token.content).strip():
                return True
        elif token.type in ("image", "hr") or token.content.strip():
            return True
    return False
