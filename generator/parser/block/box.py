"""The tokens that every box becomes, whatever its syntax."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from markdown_it.token import Token

from generator.model import Admonition
from generator.parser.block_state import BlockState

_OWN = ("???", "!!!", "///")
"""Markers of the boxes that a site of Python-Markdown reads."""

_HASHES = re.compile(r"#{1,6}[ ]+(?=\S)")
"""The title may be written as a heading: `??? "### Part one"`."""


@contextmanager
def box(
    state: BlockState,
    admonition: Admonition,
    lines: tuple[int, int],
    *,
    title_line: int | None = None,
    title_column: int = 0,
) -> Iterator[Token]:
    """Wrap the tokens pushed inside the `with` block in a box; yield its opening token.

    Args:
        state: Where the rules are.
        admonition: The parsed first line of the box.
        lines: Its first line, and the one after its last.
        title_line: 0-based line of the title, None for the first one.
        title_column: 0-based column of the title.
    """
    token = state.push("admonition_open", "div", 1)
    token.map = [*lines]
    token.markup = admonition.marker
    token.meta["admonition"] = admonition
    if admonition.title:
        line = lines[0] if title_line is None else title_line
        hashes = _HASHES.match(admonition.title)
        cut = hashes.end() if hashes else 0
        columns = (title_column + cut,)
        state.push_text("admonition_title", "p", line, admonition.title[cut:], columns)
    is_foreign = not state.line_text(lines[0]).startswith(_OWN)
    state.admonition_depth += 1
    state.foreign_depth += is_foreign
    yield token
    state.admonition_depth -= 1
    state.foreign_depth -= is_foreign
    state.push("admonition_close", "div", -1)
    token.map[1] = max(token.map[1], state.line)
