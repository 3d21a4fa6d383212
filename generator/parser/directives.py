"""Comments addressed to us: `<!-- id: x -->` and `<!-- admonki: NAME WORD… -->`."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from generator.model import Directive
from generator.parser.comments import Comment
from generator.parser.page import Page

_ID = re.compile(r"id:\s*(\S+)")
_DIRECTIVE = re.compile(r"admonki:\s*([\w-]+)\s*(.*)", re.S)


def find_ids(comments: Sequence[Comment]) -> dict[int, str]:
    """Return the ids that comments give, by the 0-based line of the comment."""
    return {c.line: match[1] for c in comments if (match := _ID.fullmatch(c.text))}


def read_directives(
    comments: Sequence[Comment], tokens: Sequence[Token], page: Page
) -> tuple[Directive, ...]:
    """Read the directives of a page and find the lines that each speaks of.

    As the first thing in a box it speaks of the whole box; alone on its line, of the block
    that follows; behind a text, of the block that holds it.

    Args:
        comments: Of the page.
        tokens: Of the page; lines as in the page's text.
        page: The page.
    """
    found = []
    for comment in comments:
        match = _DIRECTIVE.fullmatch(comment.text)
        if not match:
            continue
        first, after = _scope(comment, tokens)
        lines = (first + 1 + page.source.body_line, after + page.source.body_line)
        place = page.place(comment.line, comment.column)
        found.append(Directive(place, match[1], tuple(match[2].split()), lines))
    return tuple(found)


def _scope(comment: Comment, tokens: Sequence[Token]) -> tuple[int, int]:
    around: tuple[int, int] | None = None
    for token in tokens:
        if not token.map or token.nesting < 0:
            continue
        first, after = token.map
        if first > comment.last:
            if around and not comment.is_alone:
                break
            return comment.line, after
        if first <= comment.line < after:
            around = (first, after)
            if token.type == "admonition_open" and _is_first_in(comment, first, tokens):
                return around
    return around or (comment.line, comment.last + 1)


def _is_first_in(comment: Comment, marker: int, tokens: Sequence[Token]) -> bool:
    """Whether nothing of a box stands between its marker and the comment."""
    return not any(
        token.map and marker < token.map[0] <= comment.line and token.nesting >= 0
        for token in tokens
    )
