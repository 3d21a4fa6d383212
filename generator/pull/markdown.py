"""Pieces to Markdown: the reader's text as the author would write it."""

from collections.abc import Iterable
from typing import Final

from generator.pull.leaves import Piece

SIGNS: Final = {
    "b": "**",
    "i": "*",
    "code": "`",
    "del": "~~",
    "mark": "==",
    "sub": "~",
    "sup": "^",
    "u": "^^",
}
_TAGS: Final = frozenset({"del", "mark", "sub", "sup", "u", "kbd"})
_ACTIVE: Final = {
    False: frozenset("\\`*_[]>$"),
    True: frozenset("\\`*_[]>$#+-.!(){}"),
}


def to_markdown(
    pieces: Iterable[Piece], *, in_code: bool = False, is_cautious: bool = False
) -> str | None:
    """Write pieces as Markdown.

    Args:
        pieces: A part of a leaf.
        in_code: Whether they are inside code, where nothing is escaped.
        is_cautious: Whether to write rare marks as HTML, which works without extensions, and to
            escape every sign that may have a meaning at the start of a line or for an extension.

    Returns:
        Inline Markdown without white space before it, None when a piece has no Markdown.
    """
    writer = _Writer(is_cautious, in_code)
    parts: list[str] = []
    for piece in pieces:
        written = writer.write(piece)
        if written is None:
            return None
        parts.append(" " + written if piece.has_space and parts else written)
    return "".join(parts)


class _Writer:
    def __init__(self, is_cautious: bool, in_code: bool) -> None:
        self._is_cautious, self._in_code = is_cautious, in_code
        self._links: list[str] = []

    def write(self, piece: Piece) -> str | None:
        """Return the Markdown of a piece, None if it has none."""
        if piece.kind in ("open", "close"):
            return self._mark(piece, is_open=piece.kind == "open")
        if piece.kind == "word":
            return piece.text if self._in_code else self._escaped(piece.text)
        if piece.kind == "math":
            return f"${piece.text.strip()}$"
        if piece.kind == "img":
            return f"![]({piece.source})" if piece.source else None
        return "<br>" if piece.kind == "br" else None

    def _mark(self, piece: Piece, *, is_open: bool) -> str | None:
        if piece.text == "code":
            self._in_code = is_open
        if piece.text == "a" and is_open:
            self._links.append(piece.target)
            return "["
        if piece.text == "a":
            return f"]({self._links.pop()})" if self._links else None
        if piece.text in _TAGS and (self._is_cautious or piece.text not in SIGNS):
            return f"<{piece.text}>" if is_open else f"</{piece.text}>"
        return SIGNS.get(piece.text)

    def _escaped(self, word: str) -> str:
        if word == "<":  # Python-Markdown knows no escape of it, and would take a tag
            return "&lt;"
        return f"\\{word}" if word in _ACTIVE[self._is_cautious] else word
