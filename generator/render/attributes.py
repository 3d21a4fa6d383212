"""Attributes that authors set with `{ … }`; the writer keeps those allowed on a card."""

import re
from functools import lru_cache

from markdown_it.token import Token

_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


def attributes_of(token: Token, *, skip: tuple[str, ...] = ("id",)) -> dict[str, str]:
    """Return a token's attributes, without its id, which is of no use on a card."""
    return {name: str(value) for name, value in token.attrs.items() if name not in skip}


def alignment_of(token: Token) -> dict[str, str]:
    """Return a cell's alignment as an attribute, which needs no style sheet."""
    alignment = _alignment(str(token.attrs.get("style", "")))
    return {"align": alignment} if alignment else {}


@lru_cache(maxsize=64)  # there are three, and what authors write beside them
def _alignment(style: str) -> str:
    match = _ALIGN.search(style)
    return match[1] if match else ""
