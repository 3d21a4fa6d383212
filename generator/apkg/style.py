"""The record of how a note type's style was sent: a comment at the top of its CSS.

It lets a sync or a push detect whether the reader has changed CSS or templates since.
"""

import hashlib
import re
from collections.abc import Sequence

from msgspec import Struct

_HEAD = re.compile(r"/\* admonki ([0-9a-f]{12}) ([0-9a-f]{12}) \*/\n")


class Style(Struct, frozen=True):
    """Digests of a style's two parts."""

    css: str
    templates: str


def style_of(css: str, templates: Sequence[tuple[str, str]]) -> Style:
    """Digest a style as it is.

    Args:
        css: With or without the comment.
        templates: Front and back of each card.
    """
    return Style(_digest(_HEAD.sub("", css, count=1)), _digest(repr(list(templates))))


def with_head(css: str, templates: Sequence[tuple[str, str]]) -> str:
    """Put the comment before a note type's CSS."""
    style = style_of(css, templates)
    return f"/* admonki {style.css} {style.templates} */\n{css}"


def shipped_style(css: str) -> Style | None:
    """Read the comment; None if there is none."""
    found = _HEAD.match(css)
    return Style(found[1], found[2]) if found else None


def _digest(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=6).hexdigest()
