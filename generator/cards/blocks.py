"""A view of the flat token stream as a tree of blocks, so that neighbours can be asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from markdown_it.token import Token

from generator.model import Admonition, Tokens

_TEXT_TYPES = frozenset({"text", "code_inline", "math_inline", "math_block", "image", "emoji"})
_BREAK_TYPES = frozenset({"softbreak", "hardbreak"})


@dataclass(frozen=True, slots=True)
class Block:
    """A balanced run of tokens.

    Attributes:
        kind: Type of the opening token without `_open`.
        stream: The tokens of the page.
        first: Index of the opening token.
        after: Index after the closing token.
        children: The blocks directly inside.
    """

    kind: str
    stream: Tokens
    first: int
    after: int
    children: tuple["Block", ...] = ()

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
        """What the marker of this admonition says; only for blocks of that kind."""
        meta: Admonition = self.opening.meta["admonition"]
        return meta

    @property
    def title(self) -> Token | None:
        """The inline token of an admonition's or tab's title."""
        for child in self.children[:1]:
            if child.kind in ("admonition_title", "tab_title"):
                return child.tokens[1]
        return None

    @property
    def body(self) -> tuple["Block", ...]:
        """The children without the title."""
        return self.children if self.title is None else self.children[1:]

    @property
    def text(self) -> str:
        """See `text_of`."""
        return text_of(self.tokens)


def tree(tokens: Tokens) -> tuple[Block, ...]:
    """Fold a balanced token stream into blocks, without recursion."""
    open_at: list[int] = []
    levels: list[list[Block]] = [[]]
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            open_at.append(index)
            levels.append([])
        elif token.nesting == -1 and open_at:
            first = open_at.pop()
            children = tuple(levels.pop())
            kind = tokens[first].type.removesuffix("_open")
            levels[-1].append(Block(kind, tokens, first, index + 1, children))
        else:
            levels[-1].append(Block(token.type, tokens, index, index + 1))
    return tuple(levels[0])


def tokens_of(blocks: Iterable[Block]) -> Tokens:
    """The tokens of neighbouring blocks, in order."""
    return tuple(chain.from_iterable(block.tokens for block in blocks))


def text_of(tokens: Tokens) -> str:
    """The words of tokens on one line: what a reader would say, formulas as TeX."""
    return " ".join("".join(_words(tokens)).split())


def _words(tokens: Tokens) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _words(token.children)
        elif token.type in _TEXT_TYPES or token.type in ("fence", "code_block"):
            yield token.content
        elif token.type in _BREAK_TYPES:
            yield " "
        if token.block:
            yield " "


def has_content(tokens: Tokens) -> bool:
    """Whether there is anything to see: words, formulas, code, pictures, rules."""
    for token in tokens:
        if token.children is not None:
            if has_content(token.children):
                return True
        elif token.type in ("image", "hr") or token.content.strip():
            return True
    return False
