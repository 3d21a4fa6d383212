"""Align pieces of a field with the characters of the author's Markdown."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from generator.pull.leaves import Leaf, Piece
from generator.pull.markdown import SIGNS

_SOURCE = re.compile(
    r"""
      (?P<display>\$\$.+?\$\$|\\\[.+?\\\])
    | (?P<math>(?<![\\$])\$(?![\s$])(?:\\.|[^$\\])+?(?<!\s)\$|\\\(.+?\\\))
    | (?P<image>!\[[^\]\n]*\]\((?P<address>[^)\s]*)[^)\n]*\))
    | (?P<target>\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\]))
    | (?P<footnote>\[\^[^\]\s]+\])
    | (?P<sign>\*+|_+(?!\w)|(?<!\w)_+|~+|`+|={2}|\^+)
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<word>\w+|[^\w\s])
    """,
    re.VERBOSE | re.DOTALL,
)


class Span(Struct, frozen=True):
    """A stretch of the page's text.

    Attributes:
        start: 0-based offset into the text.
        end: Offset after it.
    """

    start: int
    end: int


class _Part(Struct, frozen=True):
    """A part of the source that a piece may come from."""

    key: str
    span: Span


def align(
    leaves: Sequence[Leaf], text: str, regions: Sequence[Span]
) -> tuple[tuple[Span | None, ...], ...]:
    """Find the source of each piece.

    Args:
        leaves: Of one field.
        text: The page.
        regions: The parts of the text that the field comes from, in order.

    Returns:
        For each leaf a span for each piece, None for one whose source was not found.
    """
    parts = [part for region in regions for part in _parts(text, region)]
    pieces = [piece for leaf in leaves for piece in leaf.pieces]
    spans: list[Span | None] = [None] * len(pieces)
    matcher = SequenceMatcher(
        None, [_key(piece) for piece in pieces], [part.key for part in parts], autojunk=False
    )
    for first, second, size in matcher.get_matching_blocks():
        for step in range(size):
            spans[first + step] = parts[second + step].span
    found, at = [], 0
    for leaf in leaves:
        found.append(tuple(spans[at : at + len(leaf.pieces)]))
        at += len(leaf.pieces)
    return tuple(found)


def _key(piece: Piece) -> str:
    if piece.kind in ("math", "display"):
        return f"math {_squeeze(piece.text)}"
    if piece.kind in ("open", "close"):
        if piece.text == "a":
            return "[" if piece.kind == "open" else "]"
        return f"sign {SIGNS.get(piece.text, piece.text)}"
    if piece.kind in ("img", "footnote"):
        return piece.kind
    if set(piece.text) <= set("*_~`=^") and piece.text:
        return f"sign {piece.text}"
    return piece.text


def _parts(text: str, region: Span) -> list[_Part]:
    parts = []
    for match in _SOURCE.finditer(text, region.start, region.end):
        span = Span(match.start(), match.end())
        kind, found = match.lastgroup or "", match[0]
        if match["display"] or match["math"]:
            inner = found[2:-2] if match["display"] or found[0] == "\\" else found[1:-1]
            parts.append(_Part(f"math {_squeeze(inner)}", span))
        elif match["image"]:
            parts.append(_Part("img", span))
        elif kind == "footnote":
            parts.append(_Part("footnote", span))
        elif kind == "target":
            parts.append(_Part("]", span))
        elif kind == "sign":
            parts += _signs(found, match.start())
        elif kind == "escape":
            parts.append(_Part(found[1:], span))
        else:
            parts.append(_Part(found, span))
    return parts


def _signs(run: str, start: int) -> list[_Part]:
    """Split a run of signs into marks: `***` is one strong and one emphasis."""
    if run[0] == "`":
        return [_Part("sign `", Span(start, start + len(run)))]
    parts, at = [], 0
    while at < len(run):
        width = 2 if len(run) - at >= 2 else 1
        sign = run[at : at + width].replace("_", "*")
        parts.append(_Part(f"sign {sign}", Span(start + at, start + at + width)))
        at += width
    return parts


def _squeeze(tex: str) -> str:
    return "".join(tex.split())
