"""Attributes that authors give by `{ … }`: those that may stand on a card."""

import re
from functools import lru_cache
from typing import Final

from markdown_it.token import Token

from generator.render.escape import escape_attribute
from generator.render.names import names
from generator.render.style import safe_style

_KEPT: Final = names(
    "align alt class colspan dir height lang open reversed rowspan start title type width"
)
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


def attributes_of(token: Token, *, skip: tuple[str, ...] = ()) -> str:
    """Return a token's attributes as they stand in its tag, with a leading blank each."""
    pieces = []
    for name, value in token.attrs.items():
        if name in _KEPT and name not in skip:
            pieces.append(f' {name}="{escape_attribute(str(value))}"')
        elif name == "style" and (style := safe_style(str(value))):
            pieces.append(f' style="{escape_attribute(style)}"')
    return "".join(pieces)


def alignment_of(token: Token) -> str:
    """Return a cell's alignment as an attribute, which needs no style sheet."""
    return _alignment(str(token.attrs.get("style", "")))


@lru_cache(maxsize=64)  # there are three, and what authors write beside them
def _alignment(style: str) -> str:
    match = _ALIGN.search(style)
    return f' align="{match[1]}"' if match else ""
