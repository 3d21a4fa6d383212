"""Remove HTML comments from a page before its blocks are read.

A comment may begin in one block and end in another, may hold dollars, fences and markers, and
must never reach a card, so it is removed first. Comments in code are kept: there they are text.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from generator.parser.regions import fence_around, find_fences, line_starts

_RUN = re.compile(r"(?<!\\)`+")
_FIRST = re.compile(r"[ >]*$")


class Comment(NamedTuple):
    """A comment of the page.

    Attributes:
        text: The text between the marks, stripped.
        line: 0-based line of its beginning.
        column: 0-based column there.
        last: Line of its end.
        is_alone: Whether nothing else is on its lines.
    """

    text: str
    line: int
    column: int
    last: int
    is_alone: bool


class Uncommented(NamedTuple):
    """A page without its comments.

    Attributes:
        text: The page; as many lines as before.
        comments: The removed comments, in reading order.
        shifts: Line → columns that its text moved to the left.
        unclosed: Line and column of `<!--` without an end, or None.
    """

    text: str
    comments: tuple[Comment, ...]
    shifts: Mapping[int, int]
    unclosed: tuple[int, int] | None


def take_comments(text: str) -> Uncommented:
    """Blank out the comments of a page.

    Args:
        text: The page, tabs expanded.
    """
    if "<!--" not in text:
        return Uncommented(text, (), {}, None)
    starts = line_starts(text)
    fences = find_fences(text, starts)
    pieces: list[str] = []
    comments: list[Comment] = []
    shifts: dict[int, int] = {}
    spans = _Spans()
    unclosed = None
    done = position = 0
    while (begin := text.find("<!--", position)) >= 0:
        line = bisect_right(starts, begin) - 1
        done_line = bisect_right(starts, done) - 1
        fence = fence_around(fences, line)
        if (fence and done_line <= fence.first) or spans.hold(text, begin, done):
            position = begin + 4
            continue
        end = text.find("-->", begin + 4)
        if end < 0:
            unclosed = line, begin - starts[line]
            break
        end += 3
        comments.append(_comment(text, begin, end, line, starts))
        pieces.append(text[done:begin])
        pieces.append(_blank(text, begin, end, starts, shifts))
        done = position = end
    pieces.append(text[done:])
    return Uncommented("".join(pieces), tuple(comments), shifts, unclosed)


class _Spans(Struct):
    """The code spans of a paragraph, as far as comments have been looked for in it.

    Attributes:
        first: Where the paragraph, or what follows a comment in it, begins.
        position: Where the search goes on.
        end: Where the last span that holds `<!--` ends.
    """

    first: int = -1
    position: int = 0
    end: int = 0

    def hold(self, text: str, offset: int, done: int) -> bool:
        """Whether `offset` is between two equal runs of backticks of one paragraph."""
        first = max(text.rfind("\n\n", done, offset), done)
        if first != self.first:
            self.first, self.position, self.end = first, first, first
        if offset < self.end:
            return True
        after = text.find("\n\n", offset)
        after = len(text) if after < 0 else after
        while (opening := _RUN.search(text, self.position, offset)) is not None:
            closing = re.compile(f"(?<!`){opening[0]}(?!`)").search(text, opening.end(), after)
            self.position = closing.end() if closing else opening.end()
            if closing and closing.start() > offset:
                self.end = closing.start()
                return True
        return False


def _comment(text: str, begin: int, end: int, line: int, starts: Sequence[int]) -> Comment:
    last = bisect_right(starts, end - 1) - 1
    before = text[starts[line] : begin]
    is_alone = _FIRST.match(before) is not None and not _rest(text, end).strip()
    return Comment(text[begin + 4 : end - 3].strip(), line, len(before), last, is_alone)


def _rest(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[position : end if end >= 0 else len(text)]


def _blank(text: str, begin: int, end: int, starts: Sequence[int], shifts: dict[int, int]) -> str:
    """Return a comment's replacement: its line ends, and spaces where text follows."""
    breaks = "\n" * text.count("\n", begin, end)
    rest = _rest(text, end)
    if not rest.strip():
        return breaks
    last = bisect_right(starts, end - 1) - 1
    if breaks or not text[starts[last] : begin].strip(" >"):
        # `<!-- x --> text`: the text must not become indented code.
        shifts[last] = shifts.get(last, 0) + end - max(begin, starts[last])
        return breaks
    return " " * (end - begin)
