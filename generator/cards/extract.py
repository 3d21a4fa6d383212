"""Walk a page and decide for each box what it is: a card, an answer, a bank, or neither."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from generator.cards.above import question_above
from generator.cards.bank import leaves, looks_like_bank
from generator.cards.blocks import Block, has_content, tokens_of, tree
from generator.cards.material import holds_macro_only, is_material
from generator.cards.question import (
    Pair,
    ask,
    has_answer_tabs,
    has_answer_title,
    is_answer,
    split,
    titles_of,
)
from generator.cards.tags import UNANSWERED, card_tags
from generator.config import Config
from generator.errors import Diagnostic
from generator.model import Admonition, Box, Card, CardKind, Document

_OVERRIDES = ("bank", "card", "skip", "answer")
_FLAT = frozenset({"paragraph", "table"})  # no box can stand in them


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a page gives: its title, its cards in reading order, the verdict on every box."""

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
    blocks = tree(document.tokens)
    walk = _Walk(document, config, page_title(document, blocks), _overrides(document))
    walk.visit_all(blocks)
    found = Extraction(walk.page_title, tuple(walk.cards), tuple(walk.boxes))
    return found, tuple(walk.diagnostics)


def page_title(document: Document, blocks: Sequence[Block]) -> str:
    """What a page is called: front matter's title, the first `#` heading, or the file's name.

    Args:
        document: The parsed page.
        blocks: Its tokens as a tree.
    """
    if document.source.front_matter.title:
        return document.source.front_matter.title
    for block in blocks:
        if block.kind == "heading" and block.opening.tag == "h1":
            return block.text
    return document.source.page.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _overrides(document: Document) -> dict[int, str]:
    """First line of a box → what its author says it is."""
    return {d.lines[0]: d.name for d in document.directives if d.name in _OVERRIDES}


@dataclass(slots=True)
class _Walk:
    """The state of one walk; lives as long as one call of `extract`."""

    document: Document
    config: Config
    page_title: str
    overrides: dict[int, str]
    headings: tuple[tuple[int, str], ...] = ()
    anchor: str = ""
    seen_title: bool = False
    tags: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def visit_all(self, blocks: Sequence[Block]) -> None:
        """Visit siblings; a box may take the answer boxes that follow it."""
        index = 0
        while index < len(blocks):
            block = blocks[index]
            if block.kind == "admonition":
                index += self.visit_box(blocks, index)
                continue
            if block.kind == "heading":
                self.enter(block)
            elif block.kind not in _FLAT and block.children:
                self.visit_all(block.children)
            index += 1

    def enter(self, heading: Block) -> None:
        """Keep the section path: the first `#` heading is the page, not a section."""
        level = int(heading.opening.tag[1])
        self.anchor = str(heading.opening.meta.get("anchor", ""))
        self.headings = tuple(known for known in self.headings if known[0] < level)
        if level == 1 and not self.seen_title:
            self.seen_title = True
        else:
            self.headings = (*self.headings, (level, heading.text))

    def visit_box(self, blocks: Sequence[Block], index: int) -> int:
        """Handle the box at `index`; return how many siblings it used up."""
        box = blocks[index]
        role, reason = self.role(box)
        if role == "card":
            return self.add_question(blocks, index)
        if role == "answer":
            return self.add_answer(blocks, index)
        if role == "bank":
            self.add_bank(box, reason)
        else:
            self.leave(box, reason)
        return 1

    def role(self, box: Block) -> tuple[str, str]:
        """What a box is, and why: its author's word first, then title, type and shape."""
        admonition = box.admonition
        said = self.overrides.get(admonition.location.line, "")
        if admonition.classes and not said:
            said = next((name for name in _OVERRIDES if name in admonition.classes), "")
        if said:
            return ("left" if said == "skip" else said), f"its author says {said}"
        if self.only_answers(box):
            return "answer", "its title says that it answers"
        if has_answer_tabs(box, self.config):
            return "card", "an exercise with its solution in a tab"
        if admonition.type not in self.config.card_types:
            return "left", f"type {admonition.type or 'none'} is not in card_types"
        if looks_like_bank(box):
            return "bank", "an outline of questions"
        if holds_macro_only(box):
            return "left", "nothing in it but a macro, which the site fills in"
        if not admonition.type and is_material(box):
            return "left", "without a type, and its title does not ask"
        return "card", "a question"

    def only_answers(self, box: Block) -> bool:
        """Whether a box only holds the answer to what stands above it."""
        return has_answer_title(box, self.config) or (
            self.is_untitled_answer(box) and box.admonition.is_collapsible
        )

    def follows_as_answer(self, box: Block) -> bool:
        """Whether a box right after a question answers it; here an open one may, too."""
        return has_answer_title(box, self.config) or self.is_untitled_answer(box)

    def is_untitled_answer(self, box: Block) -> bool:
        """Whether only the type of a box says that it answers."""
        return box.title is None and box.admonition.type in self.config.answer_types

    def leave(self, box: Block, reason: str) -> None:
        """No card; there may be cards inside. Headings inside open no section outside."""
        self.boxes.append(Box(box.admonition, "left", reason))
        headings, anchor = self.headings, self.anchor
        self.visit_all(box.body)
        self.headings, self.anchor = headings, anchor

    def add_question(self, blocks: Sequence[Block], index: int) -> int:
        """A box that asks, with its answer inside or in the answer boxes right after it."""
        box = blocks[index]
        self.boxes.append(Box(box.admonition, "card", "a question"))
        following: tuple[Block, ...] = ()
        boxes = [child for child in box.body if child.kind == "admonition"]
        if not any(is_answer(child, self.config) for child in boxes):
            following = _following(blocks, index + 1, self.follows_as_answer)
        for pair in (_join(box, following),) if following else split(box, self.config):
            self.add(box, pair)
        self.note_parts(box)
        self.note_answers(following)
        return 1 + len(following)

    def add_answer(self, blocks: Sequence[Block], index: int) -> int:
        """A box titled "Answer": its question stands above, further answers may follow."""
        box = blocks[index]
        question = question_above(blocks[:index], self.config)
        if not question:
            self.leave(box, "an answer without a question above")
            return 1
        following = _following(blocks, index + 1, self.only_answers)
        self.note_answers((box, *following))
        self.add(box, Pair(question, tokens_of((*box.body, *following))))
        self.note_parts(box)
        return 1 + len(following)

    def add_bank(self, box: Block, reason: str) -> None:
        """One unanswered card for each leaf of the outline."""
        self.boxes.append(Box(box.admonition, "bank", reason))
        for leaf in leaves(box):
            card = self.card(box, Pair(leaf.tokens, ()))
            location = replace(box.admonition.location, line=leaf.line)
            outline = leaf.outline
            self.cards.append(
                replace(card, location=location, outline=outline, is_bank=True, explicit_id=None)
            )

    def note_parts(self, box: Block) -> None:
        """Say of the boxes inside a card that they travel with it."""
        inside = [token for token in box.tokens[1:] if token.type == "admonition_open"]
        for token in inside:
            self.boxes.append(Box(token.meta["admonition"], "part", "shown inside its card"))

    def note_answers(self, boxes: Sequence[Block]) -> None:
        """Say of boxes that they answer what stands above them."""
        self.boxes.extend(Box(b.admonition, "answer", "of what stands above it") for b in boxes)

    def add(self, box: Block, pair: Pair) -> None:
        """Append a card and say what is missing from it."""
        if not has_content(pair.question):
            self.report(box, "E301", "this box has neither title nor text", "write a question")
            return
        if not has_content(pair.answer):
            hint = "indent the answer by four columns below the marker"
            self.report(box, "W301", "this question has no answer", hint)
        if _kind(box.admonition) is CardKind.CLOZE and not _has_mark(pair):
            hint = "mark what is to be recalled: ==like this=="
            self.report(box, "E302", "a cloze card without a ==marked== span", hint)
        self.cards.append(self.card(box, pair))

    def report(self, box: Block, code: str, message: str, hint: str) -> None:
        """Add a diagnostic at a box's marker."""
        self.diagnostics.append(Diagnostic(box.admonition.location, code, message, hint))

    def tags_of(self, section: tuple[str, ...]) -> tuple[str, ...]:
        """The tags of the cards of a section, sorted."""
        if section not in self.tags:
            self.tags[section] = card_tags(self.document.source, self.page_title, section)
        return self.tags[section]

    def card(self, box: Block, pair: Pair) -> Card:
        """A card at this place of the page."""
        source, section = self.document.source, tuple(text for _, text in self.headings)
        is_unanswered = not has_content(pair.answer)
        tags = self.tags_of(section)
        return Card(
            location=box.admonition.location,
            page=source.page,
            page_title=self.page_title,
            section=section,
            anchor=self.anchor,
            kind=_kind(box.admonition),
            question=pair.question,
            answer=() if is_unanswered else pair.answer,
            tags=tuple(sorted({*tags, UNANSWERED})) if is_unanswered else tags,
            explicit_id=box.admonition.explicit_id,
            is_unanswered=is_unanswered,
        )


def _following(
    blocks: Sequence[Block], first: int, answers: Callable[[Block], bool]
) -> tuple[Block, ...]:
    """The answer boxes from `first` on, one after the other."""
    found: list[Block] = []
    for index in range(first, len(blocks)):
        block = blocks[index]
        if block.kind != "admonition" or not answers(block):
            break
        found.append(block)
    return tuple(found)


def _join(box: Block, following: Sequence[Block]) -> Pair:
    """Title and body ask, the first following box answers, further ones stay boxes."""
    return Pair(ask(titles_of(box), box.body), tokens_of((*following[0].body, *following[1:])))


def _kind(admonition: Admonition) -> CardKind:
    for kind in (CardKind.CLOZE, CardKind.REVERSED) if admonition.classes else ():
        if kind.value in admonition.classes:
            return kind
    return CardKind.BASIC


def _has_mark(pair: Pair) -> bool:
    tokens = (*pair.question, *pair.answer)
    inline = (child for token in tokens for child in token.children or ())
    return any(child.type == "mark_open" for child in inline)
