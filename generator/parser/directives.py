"""Comments addressed to us: `<!-- id: x -->` and `<!-- admonki: NAME WORD… -->`."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from generator.model import Directive
from generator.parser.comments import Comment
from generator.parser.page import Page

_ID = re.compile(r"id:\s*(\S+)")
_DIRECTIVE = re.compile(r"admonki:\s*([\w-]+)\s*(.*)", re.S)


def find_ids(comments: Sequence[Comment]) -> dict[int, str]:
    """Return the ids that comments give, by the 0-based line of the comment."""
    return {c.line: match[1] for c in comments if (match := _ID.fullmatch(c.text))}


def read_directives(tokens: Sequence[Token], page: Page) -> None:
    """Read the directives of a page and find the lines that each applies to.

    At the start of a box it applies to the whole box; alone on its line, to the block
    that follows; after text, to the block that contains it.

    Args:
        tokens: Of the page; lines as in the page's text.
        page: It knows the comments, and keeps the directives.
    """
    found = []
    blocks: Sequence[_Block] | None = None
    for comment in page.comments:
        match = _DIRECTIVE.fullmatch(comment.text)
        if not match or comment.line in page.shown_comments:
            continue
        if blocks is None:
            blocks = _blocks(tokens)
        first, after = _scope(comment, blocks)
        lines = (page.source.file_line(first) + 1, page.source.file_line(after - 1) + 1)
        place = page.place_before(comment.line, comment.column)
        found.append(Directive(place, match[1], tuple(match[2].split()), lines))
    page.directives = tuple(found)


class _Block(NamedTuple):
    """A block in reading order; `parent` is the index of the block around it, or -1."""

    first: int
    after: int
    is_box: bool
    parent: int


def _blocks(tokens: Sequence[Token]) -> list[_Block]:
    blocks: list[_Block] = []
    opened: list[int] = []
    for token in tokens:
        if token.nesting < 0:
            opened.pop()
            continue
        if token.map and token.type != "inline":
            is_box = token.type == "admonition_open"
            first, after = token.map
            blocks.append(_Block(first, after, is_box, opened[-1] if opened else -1))
        if token.nesting > 0:
            opened.append(len(blocks) - 1)
    return blocks


def _scope(comment: Comment, blocks: Sequence[_Block]) -> tuple[int, int]:
    following = bisect_right(blocks, comment.last, key=lambda block: block.first)
    around = following - 1
    while around >= 0 and blocks[around].after <= comment.line:
        around = blocks[around].parent
    if not comment.is_alone and around >= 0:
        return blocks[around].first, blocks[around].after
    is_first = around == following - 1 or (
        around == following - 2 and blocks[following - 1].first == blocks[around].first
    )
    if around >= 0 and blocks[around].is_box and is_first:
        return blocks[around].first, blocks[around].after
    if following < len(blocks):
        return comment.line, blocks[following].after
    return comment.line, comment.last + 1
