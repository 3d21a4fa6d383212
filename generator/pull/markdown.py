"""Pieces to Markdown: the reader's text as the author would write it."""

from collections.abc import Iterable
from typing import Final

from generator.pull.leaves import Piece

_SIGNS: Final = {
    "b": "**",
    "i": "*",
    "del": "~~",
    "mark": "==",
    "sub": "~",
    "sup": "^",
    "u": "^^",
}
_ACTIVE: Final = frozenset("\\`*_[]>$")


def to_markdown(pieces: Iterable[Piece], *, in_code: bool = False) -> str | None:
    """Write pieces as Markdown.

    Args:
        pieces: A part of a leaf.
        in_code: Whether they are inside code, where nothing is escaped.

    Returns:
        Inline Markdown without white space before it, None when a piece has no Markdown.
    """
    parts: list[str] = []
    links: list[str] = []
    for piece in pieces:
        written, in_code = _write(piece, links, in_code=in_code)
        if written is None:
            return None
        parts.append(" " + written if piece.has_space and parts else written)
    return "".join(parts)


def _write(piece: Piece, links: list[str], *, in_code: bool) -> tuple[str | None, bool]:
    if piece.kind == "open":
        return _open(piece, links, in_code=in_code)
    if piece.kind == "close":
        if piece.text == "code":
            return "`", False
        if piece.text == "a":
            return f"]({links.pop()})" if links else None, in_code
        return _SIGNS.get(piece.text), in_code
    if piece.kind == "word":
        return piece.text if in_code else _escape(piece.text), in_code
    if piece.kind in ("math", "display"):
        return f"${piece.text.strip()}$" if piece.kind == "math" else None, in_code
    if piece.kind == "img":
        return (f"![]({piece.source})" if piece.source else None), in_code
    return ("<br>" if piece.kind == "br" else None), in_code


def _open(piece: Piece, links: list[str], *, in_code: bool) -> tuple[str | None, bool]:
    if piece.text == "code":
        return "`", True
    if piece.text == "a":
        links.append(piece.target)
        return "[", in_code
    return _SIGNS.get(piece.text), in_code


def _escape(word: str) -> str:
    if word == "<":  # Python-Markdown knows no escape of it, and would take what follows for HTML
        return "&lt;"
    return f"\\{word}" if word in _ACTIVE else word
