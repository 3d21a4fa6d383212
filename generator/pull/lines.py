"""Proposals that add and remove whole lines: paragraphs, items, rows, code blocks."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Final

from generator.pull.changes import LeafChange
from generator.pull.field import Edit, Field, Proposal, Spans
from generator.pull.hidden import is_lost
from generator.pull.leaves import Leaf, Piece
from generator.pull.markdown import to_markdown

_MARKER = re.compile(r"(?P<indent>[ \t>]*)(?P<marker>(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)")
_GAPS: Final = ((False, False), (True, False), (True, True))
_FENCE = re.compile(r"[ \t>]*(```|~~~)")
_INDENT = re.compile(r"[ \t>]*")


def removals(field: Field, change: LeafChange) -> Iterator[Proposal]:
    """Propose to remove the lines of some leaves."""
    lines = _lines_of(field, *change.before)
    if lines is None:
        return
    start, end = lines
    tail = field.text[end:]
    blank = len(tail) - len(tail.lstrip("\n"))
    yield (Edit(start, end, ""),)
    if blank:
        yield (Edit(start, end + blank, ""),)
    yield (Edit(max(0, start - 1), end, ""),)


def _lines_of(field: Field, first: int, after: int) -> tuple[int, int] | None:
    """Whole lines that hold the source of some leaves, fences included."""
    spans = [span for index in range(first, after) for span in field.spans[index] if span]
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    text = field.text
    start = text.rfind("\n", 0, start) + 1
    end = _line_end(text, end)
    if any(field.old[index].is_code for index in range(first, after)):
        above = text.rfind("\n", 0, max(0, start - 1)) + 1
        if _FENCE.match(text, above):
            start = above
        if _FENCE.match(text, end):
            end = _line_end(text, end)
    return start, end


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def insertions(field: Field, change: LeafChange) -> Iterator[Proposal]:
    """Propose to write new leaves on lines of their own, replacing old ones if there are any."""
    first, after = change.before
    place = _place(field, first, after)
    if place is None:
        return
    start, end, near = place
    is_last = start == len(field.text) and not field.text.endswith("\n")
    pieces = _pieces(field.old[first:after]), _pieces(field.new[slice(*change.after)])
    for is_cautious, indent, gaps in product((False, True), _indents(field, near), _GAPS):
        write = partial(to_markdown, is_cautious=is_cautious)
        written = _blocks(field, change, near, indent, gaps, write)
        if written is None or is_lost(field.text[start:end], written, *pieces):
            continue
        if is_last:  # the file has no line end there, and gets none
            yield (Edit(start, end, f"\n{written.rstrip()}"),)
            continue
        yield (Edit(start, end, written),)
        if first == after:
            yield (Edit(start, end, f"{written}\n"),)


def _place(field: Field, first: int, after: int) -> tuple[int, int, int] | None:
    """Where new lines go in the text, and the old leaf that they are written like."""
    if first < after:
        lines = _lines_of(field, first, after)
        return (*lines, first) if lines else None
    if first and (lines := _lines_of(field, first - 1, first)):
        return lines[1], lines[1], first - 1
    if first < len(field.old) and (lines := _lines_of(field, first, first + 1)):
        return lines[0], lines[0], first
    return None


def _pieces(leaves: Sequence[Leaf]) -> tuple[Piece, ...]:
    return tuple(piece for leaf in leaves for piece in leaf.pieces)


def _indents(field: Field, near: int) -> list[str]:
    """Indents to try: that of the nearby text, of its marker, one level more and less."""
    content = content_indent(field, near)
    marker = _marker(field, near)
    own = marker["indent"] if marker else content
    if ">" in own:
        return [own, own[: own.index(">")]]
    step = "\t" if "\t" in own else " " * 4
    return list(dict.fromkeys([own, content, own + step, own.removesuffix(step)]))


def _first_line(field: Field, index: int) -> str:
    spans = [span for span in field.spans[index] if span]
    if not spans:
        return ""
    start = field.text.rfind("\n", 0, spans[0].start) + 1
    return field.text[start : _line_end(field.text, start)]


def _marker(field: Field, index: int) -> re.Match[str] | None:
    return _MARKER.match(_first_line(field, index)) if "li" in field.old[index].path else None


def content_indent(field: Field, index: int) -> str:
    """Return the white space and quote marks before the content of a leaf."""
    marker = _marker(field, index)
    if marker:
        if "\t" in marker["indent"]:
            return marker["indent"] + "\t"
        return " " * (len(marker["indent"]) + len(marker["marker"]))
    line = _first_line(field, index)
    return line[: len(line) - len(line.lstrip(" \t>"))]


def _blocks(
    field: Field,
    change: LeafChange,
    near: int,
    indent: str,
    gaps: tuple[bool, bool],
    write: Callable[..., str | None],
) -> str | None:
    """Write the new leaves of a change as lines; `gaps`: blank lines before the first, others."""
    lines: list[str] = []
    marker = _marker(field, near)
    row: list[str] = []
    leaves = field.new[slice(*change.after)]
    for number, leaf in enumerate(leaves):
        written = write(leaf.pieces, in_code=leaf.is_code)
        if written is None:
            return None
        kind = leaf.path[-1] if leaf.path else "p"
        if kind in ("td", "th"):
            row.append(written)
            following = leaves[number + 1] if number + 1 < len(leaves) else None
            if following is None or following.shared < len(leaf.path) - 1:
                lines.append(f"{indent}| {' | '.join(row)} |\n")
                row = []
            continue
        blank = f"{indent.rstrip()}\n" if gaps[number > 0] else ""
        lines.append(blank + _block(kind, leaf, written, marker, indent))
    return "".join(lines)


def _block(kind: str, leaf: Leaf, written: str, marker: re.Match[str] | None, indent: str) -> str:
    if kind == "li":
        return f"{indent}{_item_marker(leaf, marker)}{written}\n"
    if kind == "pre":
        body = "".join(f"{indent}{line}\n" if line else "\n" for line in written.split("\n"))
        return f"{indent}```\n{body}{indent}```\n"
    return f"{indent}{written}\n"


def _item_marker(leaf: Leaf, near: re.Match[str] | None) -> str:
    """The marker of the nearby item, incremented."""
    is_ordered = next((tag for tag in reversed(leaf.path) if tag in ("ol", "ul")), "ul") == "ol"
    sign = near["marker"] if near else ""
    if is_ordered != sign[:1].isdigit():
        return "1. " if is_ordered else "- "
    number = re.match(r"\d+", sign)
    if number:
        return f"{int(number[0]) + 1}{sign[number.end() :]}"
    return re.sub(r"\[[xX]\]", "[ ]", sign) or "- "


def code_indent(text: str, spans: Spans) -> str:
    """Return the indent of a code block's lines: that of its fence, else of its first line."""
    start = next((span.start for span in spans if span), 0)
    line = text.rfind("\n", 0, start) + 1
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    at = above if _FENCE.match(text, above) else line
    found = _INDENT.match(text, at)
    return found[0] if found else ""
