"""Proposals: edits of the author's text that may produce a change of the reader's.

A proposal is tried by rendering the card from the edited text (see `mapping`), so it need not be
certain. The first one whose card equals the reader's is used; if there is none, the change is left
to the author.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from generator.pull.changes import LeafChange, piece_changes
from generator.pull.field import Edit, Field, Proposal, Spans
from generator.pull.hidden import AFTER, is_lost
from generator.pull.leaves import Leaf, Piece
from generator.pull.lines import code_indent, content_indent, insertions, removals
from generator.pull.markdown import to_markdown

_PLACES: Final = ("after", "before", "outside")
"""Where new words go: after the word before, before the next one, after what closes there."""


def proposals(field: Field, change: LeafChange) -> Iterator[Proposal]:
    """Propose edits for a change, the least intrusive first."""
    old = field.old[slice(*change.before)]
    new = field.new[slice(*change.after)]
    if change.is_edit and old[0].path == new[0].path:
        yield from _inside(field, change.before[0], new[0])
    elif old and new:
        yield from _regrouped(field, change, old, new)
    if not new:
        yield from removals(field, change)
    else:
        yield from insertions(field, change)


def _inside(field: Field, index: int, new: Leaf) -> Iterator[Proposal]:
    """Edit the words of one leaf."""
    old, spans = field.old[index], field.spans[index]
    ops = piece_changes(old.pieces, new.pieces)
    first, last = ops[0], ops[-1]
    widest = ((first[0][0], last[0][1]), (first[1][0], last[1][1]))
    everything = ((0, len(old.pieces)), (0, len(new.pieces)))
    for is_cautious in (False, True):
        write = partial(to_markdown, is_cautious=is_cautious)
        for place in _PLACES:
            edits = [_edit(field.text, old, spans, new, op, write, place) for op in ops]
            if all(edit is not None for edit in edits):
                yield tuple(edit for edit in edits if edit)
        for op in (widest, everything):
            op = _balanced(old.pieces, new.pieces, op)
            edit = _edit(field.text, old, spans, new, op, write, _PLACES[0])
            pieces = old.pieces[slice(*op[0])], new.pieces[slice(*op[1])]
            if edit and not is_lost(field.text[edit.start : edit.end], edit.text, *pieces):
                yield (edit,)


def _balanced(
    old: Sequence[Piece], new: Sequence[Piece], op: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Widen a range over equal neighbours until marks open and close within it, on both sides."""
    (i1, i2), (j1, j2) = op
    while not (_is_balanced(old[i1:i2]) and _is_balanced(new[j1:j2])):
        grown = False
        if i1 > 0 and j1 > 0:
            i1, j1, grown = i1 - 1, j1 - 1, True
        if i2 < len(old) and j2 < len(new):
            i2, j2, grown = i2 + 1, j2 + 1, True
        if not grown:
            break
    return (i1, i2), (j1, j2)


def _is_balanced(pieces: Sequence[Piece]) -> bool:
    depth = 0
    for piece in pieces:
        depth += (piece.kind == "open") - (piece.kind == "close")
        if depth < 0:
            return False
    return depth == 0


def _edit(
    text: str,
    old: Leaf,
    spans: Spans,
    new: Leaf,
    op: tuple[tuple[int, int], tuple[int, int]],
    write: Callable[..., str | None],
    place: str,
) -> Edit | None:
    """Return the edit for a run of pieces; None if its source is unknown or it has no Markdown."""
    (i1, i2), (j1, j2) = _known(spans, op) if new.is_code else op
    in_code = new.is_code or _in_code(new.pieces[:j1])
    written = write(new.pieces[j1:j2], in_code=in_code)
    if written is None:
        return None
    if new.is_code:
        written = re.sub(r"\n(?!\n)", "\n" + code_indent(text, spans), written)
    wants_space = j1 < j2 and new.pieces[j1].has_space
    if i1 == i2:
        return _insertion(text, old, spans, i1, f" {written}" if wants_space else written, place)
    start, end = _bounds(spans, i1, i2)
    if start is None or end is None or start > end:
        return None
    has_space = old.pieces[i1].has_space
    if j1 == j2:
        return _deletion(text, start, end) if has_space else Edit(start, end, "")
    if has_space and not wants_space and j1:
        start = len(text[:start].rstrip())
    elif wants_space and not has_space:
        written = f" {written}"
    return Edit(start, end, written)


def _known(
    spans: Spans, op: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Widen an operation over white space, whose source is not known, up to known pieces."""
    (i1, i2), (j1, j2) = op
    left, right = i1, i2
    while left > 0 and spans[left - 1] is None:
        left -= 1
    while right < len(spans) and spans[right] is None:
        right += 1
    if left:
        return (left, i2), (j1 - (i1 - left), j2)
    if right < len(spans):
        return (i1, right), (j1, j2 + right - i2)
    return op


def _in_code(pieces: Sequence[Piece]) -> bool:
    kinds = [piece.kind for piece in pieces if piece.text == "code"]
    return kinds.count("open") > kinds.count("close")


def _insertion(
    text: str, old: Leaf, spans: Spans, at: int, written: str, place: str
) -> Edit | None:
    before = spans[at - 1] if at else None
    after = spans[at] if at < len(spans) else None
    if before and not (place == "before" and after):
        closed = AFTER.match(text, before.end) if place == "outside" else None
        end = closed.end() if closed else before.end
        return Edit(end, end, written)
    if after:
        gap = " " if old.pieces[at].has_space else ""
        return Edit(after.start, after.start, f"{written.lstrip(' ')}{gap}")
    return None


def _bounds(spans: Spans, first: int, after: int) -> tuple[int | None, int | None]:
    """The start and end of the source of some pieces; unknown ones are between known ones."""
    start = end = None
    if known := spans[first]:
        start = known.start
    elif first and (left := spans[first - 1]):
        start = left.end
    if known := spans[after - 1]:
        end = known.end
    elif after < len(spans) and (right := spans[after]):
        end = right.start
    return start, end


def _deletion(text: str, start: int, end: int) -> Edit:
    """Remove words and the white space before them, or after them at the start of a line."""
    line_start = text.rfind("\n", 0, start) + 1
    kept = len(text[line_start:start].rstrip(" "))
    if kept:
        return Edit(line_start + kept, end, "")
    return Edit(start, end + len(text[end:]) - len(text[end:].lstrip(" ")), "")


def _regrouped(
    field: Field, change: LeafChange, old: Sequence[Leaf], new: Sequence[Leaf]
) -> Iterator[Proposal]:
    """Split one leaf into several, or join several; the words are unchanged."""
    if _words(old) != _words(new) or len(old) > 1 < len(new):
        return
    spans = [span for index in range(*change.before) for span in field.spans[index]]
    parts, gap = (new, _paragraph_gap(field, change)) if len(old) == 1 else (old, " ")
    edits, at = [], 0
    for leaf in parts[:-1]:
        at += len(leaf.pieces)
        left, right = spans[at - 1], spans[at]
        if left is None or right is None:
            return
        edits.append(Edit(left.end, right.start, gap))
    yield tuple(edits)


def _paragraph_gap(field: Field, change: LeafChange) -> str:
    indent = content_indent(field, change.before[0])
    return f"\n{indent.rstrip(' ') if '>' in indent else ''}\n{indent}"


def _words(leaves: Sequence[Leaf]) -> list[tuple[str, str, str]]:
    return [(p.kind, p.text, p.target) for leaf in leaves for p in leaf.pieces]
