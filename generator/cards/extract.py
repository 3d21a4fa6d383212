"""A parsed page → its cards, and the verdict on every box."""

import re
from itertools import islice
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from generator.cards.bank import leaves
from generator.cards.blocks import Block, Outline, has_content, without_blank_edges
from generator.cards.card_options import CardOptions, Comments, options_of, read_comments
from generator.cards.choices import hide_ticks
from generator.cards.grammar import group
from generator.cards.groups import Pair
from generator.cards.reading import Reader
from generator.cards.rules import Rule
from generator.cards.runs import Level, Run
from generator.cards.sections import Sections
from generator.cards.tags import SUSPENDED, UNANSWERED, card_tags, said_tags
from generator.config import Config
from generator.errors import Diagnostic, Location
from generator.model import Box, Card, CardKind, Document, Tokens
from generator.parser.words import text_of


class Extraction(NamedTuple):
    """The result for a page: its title, its cards in reading order, the verdict on every box."""

    title: str
    cards: tuple[Card, ...]
    boxes: tuple[Box, ...]


def extract(document: Document, *, config: Config) -> tuple[Extraction, tuple[Diagnostic, ...]]:
    """Find the cards of a page.

    Args:
        document: The parsed page.
        config: What counts as a card and as an answer.

    Returns:
        The cards and verdicts, and what is wrong with them (E3xx, W3xx).
    """
    sections = Sections(document.tokens)
    outline = Outline.of(document.tokens)
    comments = read_comments(document.directives, outline)
    reader = Reader(config, comments, document.tokens)
    groups = group(outline.blocks_to_last_box(), Run(Level.SECTION), reader)
    maker = _Maker(document, config, page_title(document, sections), sections, comments)
    for pair in groups.pairs:
        maker.add(pair)
    for bank in groups.banks:
        maker.add_bank(bank)
    boxes = _verdicts(outline, groups.verdicts, maker.sides)
    found = Extraction(maker.page_title, tuple(sorted(maker.cards, key=_place)), boxes)
    return found, (*comments.unknown, *maker.diagnostics)


def _place(card: Card) -> tuple[int, int]:
    return card.location.line, card.location.column


def page_title(document: Document, sections: Sections) -> str:
    """Return a page's title: from front matter, the first `#` heading, or the file name.

    Args:
        document: The parsed page.
        sections: Its headings.
    """
    if document.source.front_matter.title:
        return document.source.front_matter.title
    return sections.title or document.source.page.rsplit("/", 1)[-1].rsplit(".", 1)[0]


_EMPTY_CALL = re.compile(r"\{\{[^\"'{}]*([\"']+)\s*\1[^\"'{}]*\}\}")
_Lines = tuple[int, int]
_TASKS = (Rule.LABEL, Rule.BODY_ASKS, Rule.TABS)
_ANSWER_BOX = 'put it into a box ??? success "Answer" in or after this one, or ignore W301'
_ANSWER_BODY = "indent the answer by four spaces below the marker, or ignore W301"
_ANSWER_BETWEEN = "write the answer before the line that ends the box, or ignore W301"
_ANSWER_BY_MARKER = {
    ">": "write the answer below the title, each line after a >, or ignore W301",
    ":": _ANSWER_BETWEEN,
    "`": _ANSWER_BETWEEN,
    "/": _ANSWER_BETWEEN,
    "<": _ANSWER_BETWEEN,
}
"""Where an answer goes in the box that begins with a character."""
_MARK = "mark the text to recall: ==like this=="
_MARK_OFF = "add pymdownx.mark to the site's markdown_extensions: without it, == marks nothing"
_LONGEST_PART = 120  # characters of a question in the path of a card inside its answer


def _verdicts(
    outline: Outline, found: dict[int, tuple[str, Rule]], sides: dict[int, tuple[_Lines, _Lines]]
) -> tuple[Box, ...]:
    """Return the verdict on each box; a box inside a card is part of it."""
    boxes: list[Box] = []
    shown_to = 0  # where the outermost box around that is on a card ends
    for index in outline.boxes:
        if outline.stream[index].type != "admonition_open":
            continue
        is_inside = index < shown_to
        default = ("part", Rule.PART) if is_inside else ("left", Rule.OTHER_TYPE)
        verdict, rule = found.get(index, default)
        if is_inside and verdict == "left":
            verdict, rule = "part", Rule.PART
        if not is_inside and verdict in ("card", "answer", "bank"):
            shown_to = outline.ends[index]
        question, answer = sides.get(index, (None, None))
        admonition = outline.stream[index].meta["admonition"]
        boxes.append(Box(admonition, verdict, rule.name, rule.value, question, answer))
    return tuple(boxes)


class _Maker(Struct):
    """Makes the cards of a page; used for one call of `extract`."""

    document: Document
    config: Config
    page_title: str
    sections: Sections
    comments: Comments
    tags: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    sides: dict[int, tuple[_Lines, _Lines]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _lines: list[str] | None = None  # of the page, for the hints

    def _answer_hint(self, pair: Pair, place: Location) -> str:
        """Return where to write the answer that a question lacks."""
        if pair.rule in _TASKS:
            return _ANSWER_BOX
        source = self.document.source
        if self._lines is None:
            self._lines = source.text.split("\n")
        lines = self._lines if place.path == source.path else []
        at = place.line - 1 - source.body_line
        first = lines[at].lstrip()[:1] if 0 <= at < len(lines) else ""
        return _ANSWER_BY_MARKER.get(first, _ANSWER_BODY)

    def add(self, pair: Pair) -> None:
        """Append a card and report what is missing from it."""
        place = self.location(pair.box)
        if not has_content(pair.question):
            self.report(place, "E301", "this box has neither title nor text", "write a question")
            return
        question, answer = hide_ticks(pair.question, pair.answer)
        pair = replace(pair, question=question, answer=without_blank_edges(answer))
        options = options_of(pair.box, self.comments)
        if _needs_answer(pair, options):
            hint = self._answer_hint(pair, place)
            self.report(place, "W301", "this question has no answer", hint)
        if options.kind is CardKind.CLOZE and not _has_mark((*pair.question, *pair.answer)):
            is_on = self.config.site.extensions.mark is not None
            hint = _MARK if is_on else _MARK_OFF
            self.report(place, "E302", "a cloze card without a ==marked== span", hint)
        self.sides[pair.box.first] = lines_of(pair.question), lines_of(pair.answer)
        self.cards.append(self.card(pair, options))

    def add_bank(self, box: Block) -> None:
        """Make one unanswered card for each leaf of the outline."""
        for leaf in leaves(box):
            card = self.card(Pair(box, leaf.tokens, (), Rule.BANK), options_of(box, self.comments))
            location = replace(box.admonition.location, line=leaf.line)
            outline = leaf.outline
            self.cards.append(
                replace(
                    card,
                    location=location,
                    outline=outline,
                    is_bank=True,
                    explicit_id=None,
                    lines=(leaf.line, leaf.line),
                )
            )

    def report(self, place: Location, code: str, message: str, hint: str) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(Diagnostic(place, code, message, hint))

    def location(self, box: Block) -> Location:
        """Return a card's place: its box, or its tab set."""
        if box.kind == "admonition":
            return box.admonition.location
        return Location(self.document.source.path, (box.opening.map or [0])[0] + 1, 1)

    def tags_of(self, section: tuple[str, ...]) -> tuple[str, ...]:
        """Return the tags of the cards of a section, sorted."""
        if section not in self.tags:
            self.tags[section] = card_tags(self.document.source, self.page_title, section)
        return self.tags[section]

    def card(self, pair: Pair, options: CardOptions) -> Card:
        """Make a card at this place of the page."""
        section = self.sections.at(pair.box.first)
        is_unanswered = _needs_answer(pair, options)
        location = self.location(pair.box)
        own = said_tags(self.document.directives, location.line)
        tags = {*self.tags_of(section.path), *options.tags, *own, *pair.tags}
        if is_unanswered:
            tags.add(UNANSWERED)
        if options.is_suspended:
            tags.add(SUSPENDED)
        return Card(
            location=location,
            page=self.document.source.page,
            page_title=self.page_title,
            section=section.path,
            anchor=section.anchor,
            kind=options.kind,
            question=pair.question,
            answer=() if is_unanswered else pair.answer,
            outline=tuple(_shortened(text_of(asked)) for asked in pair.outer),
            subdeck=self.config.inner_deck if pair.outer else "",
            tags=tuple(sorted(tags)),
            explicit_id=_explicit_id(pair),
            is_unanswered=is_unanswered,
            deck=options.deck,
            is_suspended=options.is_suspended,
            is_typed=options.is_typed,
            lines=_span(location.line, lines_of(pair.question), lines_of(pair.answer)),
        )


def _needs_answer(pair: Pair, options: CardOptions) -> bool:
    """Whether a card lacks its answer; the gaps of a cloze are answers."""
    is_cloze = options.kind is CardKind.CLOZE and _has_mark(pair.question)
    return not (is_cloze or (has_content(pair.answer) and not _is_empty_call(pair.answer)))


def _is_empty_call(answer: Tokens) -> bool:
    """Whether an answer is a macro call whose text has still to be written."""
    filled = (token.content for token in answer if token.content.strip())
    texts = list(islice(filled, 2))
    return len(texts) == 1 and _EMPTY_CALL.fullmatch(texts[0].strip()) is not None


def _shortened(text: str) -> str:
    """Return an outer question as a part of the path on a card inside its answer."""
    if len(text) <= _LONGEST_PART:
        return text
    return f"{text[: _LONGEST_PART - 1].rsplit(' ', 1)[0]}…"


def _span(line: int, *sides: _Lines) -> _Lines:
    """Return the lines of a card: those of its marker and of both sides."""
    found = [(line, line), *(side for side in sides if side[0])]
    return min(first for first, _ in found), max(last for _, last in found)


def lines_of(tokens: Tokens) -> _Lines:
    """Return the tokens' first and last line in the file, 1-based; (0, 0) if unknown."""
    maps = [token.map for token in tokens if token.map]
    if not maps:
        return 0, 0
    firsts, afters = zip(*maps, strict=True)
    return min(firsts) + 1, max(afters)


def _explicit_id(pair: Pair) -> str | None:
    """Return the author's id of the box that asks, else of the first box that answers."""
    boxes = [box for box in (pair.box, *pair.answers) if box.kind == "admonition"]
    return next((box.admonition.explicit_id for box in boxes if box.admonition.explicit_id), None)


def _has_mark(tokens: Tokens) -> bool:
    inline = (child for token in tokens for child in token.children or ())
    return any(child.type == "mark_open" for child in inline)
