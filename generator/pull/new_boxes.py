"""New questions that the reader wrote in Anki, as boxes at the end of their section."""

import re
from collections.abc import Sequence
from typing import Final

from generator.pull.edits import Edit
from generator.pull.leaves import Leaf
from generator.pull.mapping import Sides
from generator.pull.markdown import to_markdown
from generator.pull.page import Page, PageCard

_MARKER: Final = re.compile(r"(?P<indent> *)(?P<marker>[?!]{3}\+?) +(?P<type>[\w-]+)")
_INDENT: Final = " " * 4


def new_box(page: Page, cards: Sequence[PageCard], near: PageCard, wanted: Sides) -> Edit | None:
    """Write a box after a card.

    Args:
        page: The page.
        cards: All its cards.
        near: The card after which the box comes, the last one of its deck.
        wanted: Content of question and answer of the new card.

    Returns:
        The edit; None if no Markdown gives the same content.
    """
    offset = _end(page.text, near)
    written = _box(page.text, near, wanted)
    if written is None:
        return None
    start = "" if page.text[:offset].endswith("\n") else "\n"
    edit = Edit(offset, offset, f"{start}\n{written}")
    text = page.text[:offset] + edit.text + page.text[offset:]
    is_right = page.read(text, near.number + 1, len(cards) + 1) == wanted
    return edit if is_right else None


def _end(text: str, card: PageCard) -> int:
    """The end of a card's lines, without blank lines after it."""
    end = max((span.end for side in card.regions for span in side), default=len(text))
    return len(text[:end].rstrip()) + (1 if text[:end].rstrip() != text[:end] else 0)


def _box(text: str, near: PageCard, wanted: Sides) -> str | None:
    question = wanted[0][0].pieces if len(wanted[0]) == 1 else ()
    title = to_markdown(question)
    if not title:
        return None
    blocks = []
    for leaf in wanted[1]:
        block = _block(leaf)
        if block is None:
            return None
        blocks.append(block)
    body = "\n".join(blocks)
    indented = "".join(f"{_INDENT}{line}\n" if line else "\n" for line in body.split("\n"))
    quoted = title.replace('"', '\\"')
    return f'{_opening(text, near)} "{quoted}"\n\n{indented.rstrip()}\n'


def _opening(text: str, near: PageCard) -> str:
    """Marker and type of the nearby box."""
    for side in near.regions:
        for span in side:
            match = _MARKER.match(text, text.rfind("\n", 0, span.start + 1) + 1)
            if match:
                return f"{match['marker']} {match['type']}"
    return "??? question"


def _block(leaf: Leaf) -> str | None:
    written = to_markdown(leaf.pieces, in_code=leaf.is_code)
    if written is None:
        return None
    if leaf.is_code:
        return f"```\n{written}\n```\n"
    if "li" in leaf.path:
        depth = leaf.path.count("li") - 1
        return f"{_INDENT * depth}{'1.' if 'ol' in leaf.path else '-'} {written}"
    return f"{written}\n"
