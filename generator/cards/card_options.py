"""The author's options for a card: in a comment, an attribute list or a class of its box.

<!-- admonki: deck Exams::Hard -->, { deck='Exams::Hard' }
<!-- admonki: tags hard exam -->,   { tags='hard exam' }
<!-- admonki: suspend -->,          the class suspend; likewise type-in, reversed, cloze
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from generator.cards.blocks import Block, Outline
from generator.cards.roles import OVERRIDES
from generator.cards.tags import tag
from generator.config.schema import near_name
from generator.errors import Diagnostic
from generator.model import CardKind, Directive

_FLAGS = ("suspend", "type-in", "reversed", "cloze")
_VALUES = ("deck", "tags")
_KNOWN = frozenset({*OVERRIDES, *_FLAGS, *_VALUES, "ignore"})


class CardOptions(NamedTuple):
    """The author's options for one card.

    Attributes:
        deck: Its deck; with a leading `::`, below the deck of its place; "" for that deck.
        tags: More tags, of its attribute list; comments with tags apply to whole boxes, see
            `said_tags`.
        kind: See `CardKind`.
        is_suspended: Whether it is suspended in Anki until the learner unsuspends it.
        is_typed: Whether the learner types the answer.
    """

    deck: str = ""
    tags: tuple[str, ...] = ()
    kind: CardKind = CardKind.BASIC
    is_suspended: bool = False
    is_typed: bool = False


class Comments(Struct, frozen=True):
    """The comments of a page about boxes.

    Attributes:
        by_line: Line of a box → the comments about it, in reading order.
        unknown: Comments with an unknown name (W304).
    """

    by_line: Mapping[int, Sequence[Directive]] = field(default_factory=dict)
    unknown: tuple[Diagnostic, ...] = ()

    def override(self, line: int) -> str:
        """Return the role that comments give the box of a line, or ""."""
        names = [d.name for d in self.by_line.get(line, ()) if d.name in OVERRIDES]
        return names[0] if names else ""


def read_comments(directives: Sequence[Directive], outline: Outline) -> Comments:
    """Find the box that each comment is about: the one it is in, else the next one."""
    openings = [outline.stream[index] for index in outline.boxes]
    boxes = [
        token.meta["admonition"].location.line
        for token in openings
        if token.type == "admonition_open"
    ]
    by_line: dict[int, list[Directive]] = {}
    for directive in directives:
        first, last = directive.lines
        line = next((line for line in boxes if first <= line <= last), None)
        if line is not None and directive.name in _KNOWN:
            by_line.setdefault(line, []).append(directive)
    return Comments(by_line, tuple(_unknown(directives)))


def _unknown(directives: Sequence[Directive]) -> Iterator[Diagnostic]:
    for directive in directives:
        if directive.name not in _KNOWN:
            message = f"unknown comment: admonki: {directive.name}"
            known = dict.fromkeys(sorted(_KNOWN))
            hint = near_name(directive.name, known) or f"known: {', '.join(known)}"
            yield Diagnostic(directive.location, "W304", message, hint)


def options_of(box: Block, comments: Comments) -> CardOptions:
    """Collect the author's options for the card of a box.

    Args:
        box: The box, or the set of tabs, that the card is made of.
        comments: Those of the page.
    """
    if box.kind != "admonition":
        return CardOptions()
    said = comments.by_line.get(box.admonition.location.line, ())
    names = {*box.admonition.classes, *(directive.name for directive in said)}
    values = dict(box.admonition.attributes)
    values |= {d.name: " ".join(d.arguments) for d in said if d.name == "deck"}
    kinds = (kind for kind in (CardKind.CLOZE, CardKind.REVERSED) if kind.value in names)
    return CardOptions(
        deck=values.get("deck", ""),
        tags=tuple(filter(None, map(tag, values.get("tags", "").replace(",", " ").split()))),
        kind=next(kinds, CardKind.BASIC),
        is_suspended="suspend" in names,
        is_typed="type-in" in names,
    )
