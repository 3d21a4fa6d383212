"""New questions that the reader wrote in Anki, as boxes at the end of their section."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.pull.field import Edit, apply
from generator.pull.leaves import Leaf
from generator.pull.mapping import Sides
from generator.pull.markdown import to_markdown
from generator.pull.page import Page, PageCard, sides_of_note

_MARKER: Final = re.compile(r"(?P<indent> *)(?P<marker>[?!]{3}\+?) +(?P<type>[\w-]+)")
_HEADING: Final = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_OPENINGS: Final = ("??? question", "!!! question", "???", "!!! faq")
_INDENT: Final = " " * 4


def box_at_end(page: Page, cards: Sequence[PageCard], near: PageCard, wanted: Sides) -> Edit | None:
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
    for opening in (_opening(page.text, near), *_OPENINGS):
        edit = _insertion(page.text, offset, _box(opening, wanted))
        if edit is None:
            return None
        if page.read(apply(page.text, [edit]), near.number + 1, len(cards) + 1) == wanted:
            return edit
    return None


def box_in_section(page: Page, count: int, deck: str, wanted: Sides) -> Edit | None:
    """Write a box at the end of the section that has a deck.

    Args:
        page: The page.
        count: How many cards it has.
        deck: Full name of the deck.
        wanted: Content of question and answer of the new card.

    Returns:
        The edit; None if no Markdown gives the same content in this deck.
    """
    starts = [match.start() for match in _HEADING.finditer(page.text) if match.start()]
    for opening in _OPENINGS:
        for offset in (len(page.text), *reversed(starts)):
            edit = _insertion(page.text, offset, _box(opening, wanted))
            if edit is None:
                return None
            notes = page.notes(apply(page.text, [edit]))
            if len(notes) == count + 1 and any(
                note.deck == deck and sides_of_note(note) == wanted for note in notes
            ):
                return edit
    return None


def id_line(page: Page, card: PageCard, key: str) -> Iterator[Edit]:
    """Propose lines that give a card an explicit id, as the first line of its body."""
    start = min((span.start for side in card.regions for span in side), default=0)
    line = page.text.find("\n", start) + 1
    indent = re.match(r"[ \t>]*", page.text[line:].lstrip("\n"))
    if line and indent:
        yield Edit(line, line, f"{indent[0]}<!-- id: {key} -->\n")


def _insertion(text: str, offset: int, written: str | None) -> Edit | None:
    """Insert a box between blank lines."""
    if written is None:
        return None
    before, after = text[:offset], text[offset:]
    start = (
        "" if before.endswith("\n\n") or not before else "\n" if before.endswith("\n") else "\n\n"
    )
    end = "\n" if after and not after.startswith("\n") else ""
    return Edit(offset, offset, f"{start}{written}{end}")


def _end(text: str, card: PageCard) -> int:
    """The end of a card's lines, without blank lines after it."""
    end = max((span.end for side in card.regions for span in side), default=len(text))
    return len(text[:end].rstrip()) + (1 if text[:end].rstrip() != text[:end] else 0)


def _box(opening: str, wanted: Sides) -> str | None:
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
    return f'{opening} "{quoted}"\n\n{indented.rstrip()}\n'


def _opening(text: str, near: PageCard) -> str:
    """Marker and type of the nearby box."""
    for side in near.regions:
        for span in side:
            match = _MARKER.match(text, text.rfind("\n", 0, span.start + 1) + 1)
            if match:
                return f"{match['marker']} {match['type']}"
    return _OPENINGS[0]


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
