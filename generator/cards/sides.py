"""The two sides of a card, assembled from the blocks of a page."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from markdown_it.token import Token
from msgspec.structs import replace

from generator.cards.blocks import Block, has_content, tokens_of
from generator.cards.choices import after_choices
from generator.cards.roles import Reading, only_asks
from generator.cards.rules import Rule
from generator.cards.titles import Says, is_asking
from generator.model import Tokens
from generator.parser.words import text_of

_BREAKS = frozenset({"softbreak", "hardbreak"})


class Sides(NamedTuple):
    """Question and answer of one box, and the rule that split them; no answer: unanswered."""

    question: Tokens
    answer: Tokens
    rule: Rule


def alone(box: Block, reading: Reading) -> Sides:
    """Split a box that asks, without an answer in boxes or tabs, into its sides.

    A title that labels has its task in the body; any other has its answer there, unless the body
    only asks. Without a title the first paragraph asks.
    """
    title, body = title_of(box), box.body
    if reading.says in (Says.LABEL, Says.LABELS):
        return Sides(ask(title, body), (), Rule.LABEL)
    if end := after_choices(body):
        return Sides(ask(title, body[:end]), tokens_of(body[end:]), reading.rule)
    if not title:
        return Sides(*_first_paragraph(body), Rule.FIRST_PARAGRAPH)
    if not is_asking(box.title_text) and only_asks(body):
        return Sides(ask(title, body), (), Rule.BODY_ASKS)
    return Sides(title, tokens_of(body), reading.rule)


def poses_in_sight(box: Block, reading: Reading) -> bool:
    """Whether a box that asks is a task if it is an exercise: what is in sight does not answer."""
    if not box.admonition.is_open or after_choices(box.body):
        return False
    asks_twice = reading.rule is Rule.TITLE_ASKS and only_asks(box.body)
    return reading.rule is Rule.CARD_TYPE or asks_twice


def _first_paragraph(body: Sequence[Block]) -> tuple[Tokens, Tokens]:
    """Split after the first paragraph, or after the block that its colon announces.

    If there is only one paragraph, split after its first line if that asks.
    """
    if len(body) == 1 and body[0].kind == "paragraph" and (cut := _cut_line(body[0])):
        return cut
    end = 1
    while end < len(body) and body[end - 1].text.rstrip(" *_").endswith((":", "：")):
        end += 1
    return tokens_of(body[:end]), tokens_of(body[end:])


def _cut_line(block: Block) -> tuple[Tokens, Tokens] | None:
    inline = block.children[0].opening
    children = inline.children or []
    at = next((i for i, child in enumerate(children) if child.type in _BREAKS), None)
    if children and at is not None:
        first, rest = inline.copy(children=children[:at]), inline.copy(children=children[at + 1 :])
    elif not children and "\n" in inline.content:
        line, _, more = inline.content.partition("\n")
        first, rest = inline.copy(content=line), inline.copy(content=more)
    else:
        return None
    is_question = text_of((first,)).rstrip().endswith(("?", "？"))
    return (paragraph(first), paragraph(rest)) if is_question else None


def title_of(box: Block) -> Tokens:
    """Return the title of a box as an inline token; nothing if no title is visible."""
    if box.title is None or not has_content((box.title,)) or _is_macro(box.title_text):
        return ()
    return (box.title,)


def _is_macro(title: str) -> bool:
    return title.startswith("{{") and title.endswith("}}")


def paragraph(inline: Token, *, css_class: str = "") -> Tokens:
    """Wrap an inline token in a paragraph."""
    opening = Token("paragraph_open", "p", 1, map=inline.map, block=True)
    if css_class:
        opening.attrSet("class", css_class)
    return (opening, inline, Token("paragraph_close", "p", -1, block=True))


def ask(title: Tokens, blocks: Sequence[Block]) -> Tokens:
    """Build the question from a title and the blocks below it."""
    return titled(title, tokens_of(blocks))


def titled(title: Tokens, tokens: Tokens) -> Tokens:
    """Return tokens below a title; a title alone remains inline."""
    if not title:
        return tuple(tokens)
    if not has_content(tokens):
        return tuple(title)
    return (*paragraph(title[0], css_class="question-title"), *tokens)


def with_name(question: Tokens, answer: Block) -> Tokens:
    """Return a question that several boxes answer, with the title of the one that does."""
    title = title_of(answer)
    if not title:
        return question
    return (*as_blocks(question), *paragraph(title[0]))


def as_blocks(question: Tokens) -> Tokens:
    """Prepare a question for more blocks: a title alone becomes a paragraph."""
    return paragraph(question[0]) if len(question) == 1 else question


def folded(blocks: Iterable[Block], *, is_hint: Callable[[Block], bool]) -> Tokens:
    """Return blocks with their hints folded, so that these do not give the answer away."""
    found: list[Token] = []
    for block in blocks:
        found += _closed(block) if is_hint(block) else block.tokens
    return tuple(found)


def _closed(box: Block) -> Tokens:
    opening = box.opening.copy()
    opening.meta = {**opening.meta, "admonition": replace(box.admonition, marker="???")}
    return (opening, *box.tokens[1:])


def tab_set(tabs: Sequence[Block], whole: Block) -> Tokens:
    """Return some tabs of a set: the body of a single tab, or a smaller set."""
    if len(tabs) <= 1:
        return tokens_of(block for tab in tabs for block in tab.body)
    return (whole.opening, *tokens_of(tabs), whole.tokens[-1])
