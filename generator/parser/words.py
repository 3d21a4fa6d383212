"""The plain text of each kind of token: one table, so that no reader of tokens loses words.

Titles, decks, anchors and keys are made of words. A kind without an entry is a bug: a
test compares this table with the parser and with the rules that write HTML.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final, TypeAlias

from markdown_it.token import Token

from generator.model import Tokens

Words: TypeAlias = Callable[[Token], str]

_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^>]*>", re.DOTALL)


def _content(token: Token) -> str:
    return token.content


def _block(token: Token) -> str:
    return f" {token.content} "


def _gap(token: Token) -> str:  # noqa: ARG001
    return " "


def _none(token: Token) -> str:  # noqa: ARG001
    return ""


def _inline(token: Token) -> str:
    """Join the children of a text; plain text has no children."""
    return token.content if token.children is None else joined(token.children)


def _image(token: Token) -> str:
    return token.content or str(token.attrs.get("alt", ""))


def _html_block(token: Token) -> str:
    return f" {unescape(_MARKUP.sub(' ', token.content))} "


def _pairs(names: str, words: Words) -> dict[str, Words]:
    return {f"{name}_{end}": words for name in names.split() for end in ("open", "close")}


WORDS: Final[Mapping[str, Words]] = {
    **_pairs("paragraph heading blockquote bullet_list ordered_list list_item", _gap),
    **_pairs("table thead tbody tr th td dl dt dd figure figcaption", _gap),
    **_pairs("admonition admonition_title tab_set tab tab_title", _gap),
    **_pairs("em strong s del ins sub sup abbr span critic mark link", _none),
    "inline": _inline,
    "text": _content,
    "text_special": _content,
    "emoji": _content,
    "keys": _content,
    "softbreak": _gap,
    "hardbreak": _gap,
    "footnote_ref": _none,
    "image": _image,
    "code_inline": _content,
    "code_block": _block,
    "fence": _block,
    "math_inline": _content,
    "math_block": _block,
    "html_inline": _none,
    "html_block": _html_block,
    "hr": _gap,
}
"""Kind of token → its plain text."""


def joined(tokens: Tokens) -> str:
    """Join the words of tokens, with the white space that they are written with.

    Args:
        tokens: Of a page or of one text. A kind added by another plugin yields its content.
    """
    return "".join([WORDS.get(token.type, _content)(token) for token in tokens])


def text_of(tokens: Tokens) -> str:
    """Return the words of tokens on one line, with formulas as TeX."""
    return " ".join(joined(tokens).split())
