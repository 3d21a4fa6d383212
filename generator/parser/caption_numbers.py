"""The numbers before captions, `Figure 2.1.`, as the site counts the figures of a page.

`pymdownx.blocks.caption` numbers the figures of each type that has a prefix. A figure in another
one of its type, or one whose caption says `^1`, is counted a level below.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from msgspec import Struct

from generator.config.extensions import Caption
from generator.parser.page import Page

_PLACE = re.compile(r"\{0?\}")
_TAG = re.compile(r"<[^<>]*>")
"""A prefix may be HTML; only its text is shown."""


class Figure(Struct):
    """What the header of a caption says.

    Attributes:
        name: The caption's type.
        number: As written: `2.1`, or "".
        level: As written after `^`, or None.
    """

    name: str
    number: str = ""
    level: int | None = None


class _Counter:
    """Counts the figures of one type."""

    def __init__(self) -> None:
        self._numbers = [0]

    def next(self, depth: int, given: Sequence[int]) -> str:
        """Return the number of the next figure.

        Args:
            depth: 0 for a figure that is not in another one.
            given: The number that its author wrote, or nothing.
        """
        numbers = self._numbers
        if depth >= len(numbers):
            numbers += [1] * (depth - len(numbers) + 1)
        else:
            del numbers[depth + 1 :]
            numbers[-1] += 1
        if list(given) > numbers:
            numbers[:] = given
        return ".".join(map(str, numbers[: depth + 1]))


def number_captions(tokens: list[Token], page: Page) -> None:
    """Put a number before each caption that has one on the site; tokens are changed in place.

    Args:
        tokens: Of a page, texts read.
        page: The page.
    """
    options = page.extensions.blocks_caption
    if options is None:
        return
    prefixes = {item.name: _TAG.sub("", item.prefix) for item in options.types if item.prefix}
    counters = {name: _Counter() for name in prefixes}
    numbered: list[tuple[int, str]] = []
    for index, figure, around in _figures(tokens):
        if figure.name not in prefixes:
            continue
        number = _number(figure, around, counters[figure.name], options)
        if number:
            numbered.append((index, _PLACE.sub(number, prefixes[figure.name])))
    for index, text in reversed(numbered):  # from the end: tokens are inserted
        _put(tokens, index, text)


def _figures(tokens: Sequence[Token]) -> Iterator[tuple[int, Figure, Sequence[Figure]]]:
    """Yield the index of each figure, what it is, and those around it, the nearest first."""
    opened: list[Figure] = []
    for index, token in enumerate(tokens):
        if token.type == "figure_open":
            figure: Figure = token.meta.get("figure") or Figure("")
            yield index, figure, opened[::-1]
            opened.append(figure)
        elif token.type == "figure_close":
            opened.pop()


def _number(figure: Figure, around: Sequence[Figure], counter: _Counter, options: Caption) -> str:
    """Return the number of a figure, "" for one without."""
    if not options.auto:
        levels = figure.level or 0
        return ".".join(["1"] * (levels + 1)) if figure.level else figure.number
    depth = _depth(figure, around, options.auto_level)
    if depth is None:
        return ""
    given = [int(part) for part in figure.number.split(".")] if figure.number else []
    if given:
        figure.level = len(given) - 1 - depth
        depth = len(given) - 1
    return counter.next(depth, given)


def _depth(figure: Figure, around: Sequence[Figure], deepest: int) -> int | None:
    """Return how many figures of its type a figure is in, None if it is too deep for a number."""
    depth = figure.level or 0
    if deepest and depth >= deepest:
        return None
    for outer in around:
        if outer.name != figure.name:
            continue
        depth += 1 if outer.level is None else outer.level + 1
        if outer.level is not None:
            figure.level = depth + 1
        if deepest and depth >= deepest:
            return None
    return depth


def _put(tokens: list[Token], index: int, text: str) -> None:
    """Put a text before the caption of the figure that begins at an index."""
    depth = tokens[index].level + 1
    at = next(
        i
        for i in range(index, len(tokens))
        if tokens[i].type == "figcaption_open" and tokens[i].level == depth
    )
    first = tokens[at + 1]
    if first.type == "paragraph_open":
        inline = tokens[at + 2]
        space = " " if inline.content else ""
        inline.children = [_text(text + space, 0), *(inline.children or ())]
        return
    level, lines = tokens[at].level + 1, tokens[at].map
    tokens[at + 1 : at + 1] = [
        Token("paragraph_open", "p", 1, level=level, map=lines, block=True),
        Token("inline", "", 0, level=level + 1, map=lines, block=True, children=[_text(text, 0)]),
        Token("paragraph_close", "p", -1, level=level, block=True),
    ]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, level=level, content=content)
