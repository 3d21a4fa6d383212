"""Tokens as our parsers make them."""

from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from markdown_it.token import Token

_NONE: Final = cast(dict[Any, Any], MappingProxyType({}))
_make = object.__new__


class QuickToken(Token):
    """markdown-it's token; without attributes or meta it shares an empty mapping with all others.

    Nobody can write to that mapping: attributes are set by the methods, or all at once.
    """

    __slots__ = ()

    def attrSet(self, name: str, value: str | float) -> None:  # noqa: N802
        """Set an attribute."""
        self.attrs = {**self.attrs, name: value}

    def attrJoin(self, name: str, value: str) -> None:  # noqa: N802
        """Set an attribute, or add to it behind a space."""
        known = self.attrs.get(name)
        self.attrSet(name, value if known is None else f"{known} {value}")


def quick_token(
    kind: str,
    tag: str,
    nesting: Literal[-1, 0, 1],
    level: int,
    lines: list[int] | None = None,
    content: str = "",
    is_block: bool = False,
) -> QuickToken:
    """Make a token, in half the time that its class takes: a card has more than a hundred.

    What is not given is empty. Arguments by position are faster than by name.
    """
    token = _make(QuickToken)
    token.type = kind
    token.tag = tag
    token.nesting = nesting
    token.attrs = _NONE
    token.map = lines
    token.level = level
    token.children = None
    token.content = content
    token.markup = ""
    token.info = ""
    token.meta = _NONE
    token.block = is_block
    token.hidden = False
    return token


def children_of(inline: Token) -> list[Token]:
    """Return the tokens of a text; they are made of one without marks, which has none."""
    if inline.children is None:
        return [quick_token("text", "", 0, 0, None, inline.content)]
    return inline.children


@cache
def closing_token(kind: str, tag: str, level: int, *, is_hidden: bool = False) -> QuickToken:
    """Return the token that ends a block; all blocks of a kind and level share it, so leave it be.

    Nothing is said of a block at its end: a quarter of all tokens need not be made, nor freed.
    """
    token = quick_token(kind, tag, -1, level, None, "", True)
    token.hidden = is_hidden
    return token


def hide(tokens: list[Token], index: int) -> None:
    """Hide the token that opens or closes a paragraph: no tag is shown for it."""
    token = tokens[index]
    if token.nesting < 0:
        tokens[index] = closing_token(token.type, token.tag, token.level, is_hidden=True)
    else:
        token.hidden = True
