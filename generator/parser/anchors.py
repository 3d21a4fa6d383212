"""Anchors of headings as the site makes them (Python-Markdown's toc)."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from markdown_it.token import Token

from generator.config import SlugStyle
from generator.parser.words import joined

_COUNTED = re.compile(r"(.*)_(\d+)$")
_DROPPED = re.compile(r"[^\w\s-]")
_TAGS = re.compile(r"</?[^>]*>")
_NOT_WORDS = re.compile(r"[^\w\- ]")
_ASCII_CAPITALS = re.compile("[A-Z]+")
_DEFAULT = SlugStyle()
_PICTURES = frozenset({"image", "emoji"})


def slugify(text: str, style: SlugStyle = _DEFAULT) -> str:
    """Return a heading's anchor: by default ASCII words in lower case, joined by hyphens.

    Args:
        text: Of the heading.
        style: How the site's `toc` makes anchors.
    """
    if style.is_pymdownx:
        return _pymdownx_slug(text, style)
    if not style.is_unicode:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    kept = _DROPPED.sub("", text).strip().lower()
    gaps = rf"[{re.escape(style.separator)}\s]+"
    return re.sub(gaps, lambda _: style.separator, kept)


def _pymdownx_slug(text: str, style: SlugStyle) -> str:
    """Return an anchor as pymdownx.slugs makes it, step by step in its order."""
    kept = _TAGS.sub("", unicodedata.normalize("NFC", text)).strip()
    if style.case == "lower":
        kept = kept.lower()
    elif style.case == "fold":
        kept = kept.casefold()
    elif style.case == "lower-ascii":
        kept = _ASCII_CAPITALS.sub(lambda match: match[0].lower(), kept)
    joined = _NOT_WORDS.sub("", kept).replace(" ", style.separator)
    return quote(joined) if style.is_percent_encoded else joined


def set_anchors(
    headings: Iterable[tuple[Token, Token]],
    attributed: Iterable[Token],
    style: SlugStyle = _DEFAULT,
) -> frozenset[str]:
    """Set `meta["anchor"]` on every heading; return all anchors of the page.

    An id from an attribute list is kept; others are made from the heading's text and numbered
    (`intro`, `intro_1`) until they are unique.

    Args:
        headings: See `Page.headings`.
        attributed: See `Page.attributed`.
        style: How the site's `toc` makes anchors.
    """
    used = {str(token.attrs["id"]) for token in attributed if "id" in token.attrs}
    counts: dict[str, int] = {}
    for opening, inline in headings:
        anchor = opening.attrs.get("id")
        if anchor is None:
            anchor = _unique(slugify(_plain(inline), style), used, counts)
        opening.meta["anchor"] = str(anchor)
    return frozenset(used)


def _unique(anchor: str, used: set[str], counts: dict[str, int]) -> str:
    """Return an unused anchor: `intro`, else `intro_1`, `intro_2` and so on."""
    if anchor and anchor not in used:
        used.add(anchor)
        return anchor
    counted = _COUNTED.match(anchor)
    stem, number = (counted[1], int(counted[2])) if counted else (anchor, 0)
    number = max(number, counts.get(stem, 0)) + 1
    while f"{stem}_{number}" in used:
        number += 1
    counts[stem] = number
    used.add(f"{stem}_{number}")
    return f"{stem}_{number}"


def _plain(inline: Token) -> str:
    """Return the text of a heading as in the site's HTML, where images are not text."""
    shown = [child for child in inline.children or () if child.type not in _PICTURES]
    return joined(shown).strip()
