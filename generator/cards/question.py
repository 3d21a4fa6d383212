"""How one box is cut into question and answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from generator.cards.blocks import Block, tokens_of
from generator.cards.titles import is_answer_title, is_question_label
from generator.config import Config
from generator.model import Tokens
from generator.parser.words import text_of


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with its answer; an empty answer means unanswered."""

    question: Tokens
    answer: Tokens


def is_answer(block: Block, config: Config) -> bool:
    """Whether a block is a box that holds the answer, by its type or by its title."""
    if block.kind != "admonition":
        return False
    admonition = block.admonition
    if has_answer_title(block, config):
        return True
    return admonition.type in config.answer_types


def has_answer_title(block: Block, config: Config) -> bool:
    """Whether a box or tab is titled "Answer" or the like, in any language that we know."""
    return is_answer_title(block.title_text, config.answer_titles)


def has_answer_tabs(box: Block, config: Config) -> bool:
    """Whether a box states an exercise in one tab and solves it in another."""
    return any(_answer_tabs(block, config) for block in box.body if block.kind == "tab_set")


def split(box: Block, config: Config) -> tuple[Pair, ...]:
    """Cut a question box into its pairs.

    One pair, as a rule: title and body, or title and text above a nested answer box. A box that
    asks several times (text, answer box, text, answer box) gives one pair for each.
    """
    title = titles_of(box)
    segments = _segments(box.body, config)
    if not any(answer for _, answer in segments):
        return (_split_plain(title, box.body),)
    return tuple(Pair(ask(title, asked), tokens_of(answer)) for asked, answer in segments)


def titles_of(box: Block) -> tuple[Token, ...]:
    """The title of a box, or nothing where it has none."""
    return (box.title,) if box.title is not None and box.title_text else ()


def paragraph(inline: Token, *, css_class: str = "") -> Tokens:
    """An inline token as a paragraph of its own."""
    opening = Token("paragraph_open", "p", 1, map=inline.map, block=True)
    if css_class:
        opening.attrSet("class", css_class)
    return (opening, inline, Token("paragraph_close", "p", -1, block=True))


def _split_plain(title: Sequence[Token], body: Sequence[Block]) -> Pair:
    if title and is_question_label(text_of(title)) and body:
        return Pair(ask(title, body), ())
    if title:
        return Pair(tuple(title), tokens_of(body))
    return Pair(tokens_of(body[:1]), tokens_of(body[1:]))


def ask(title: Sequence[Token], blocks: Sequence[Block]) -> Tokens:
    """The question made of a title and what the box says before its answer."""
    if not blocks:
        return tuple(title)
    if not title:
        return tokens_of(blocks)
    return (*paragraph(title[0], css_class="question-title"), *tokens_of(blocks))


def _segments(
    body: Sequence[Block], config: Config
) -> tuple[tuple[tuple[Block, ...], tuple[Block, ...]], ...]:
    """Group a body into (asked, answer) runs; words after the last answer belong to it."""
    segments: list[tuple[list[Block], list[Block]]] = [([], [])]
    for block in body:
        asked, answer = segments[-1]
        tabs = _answer_tabs(block, config)
        if tabs:
            asked.extend(b for tab in tabs[0] for b in tab.body)
            answer.extend(b for tab in tabs[1] for b in tab.body)
        elif is_answer(block, config):
            answer.extend([block] if answer else block.body)
        elif answer and any(is_answer(b, config) for b in body[body.index(block) :]):
            segments.append(([block], []))
        else:
            (answer if answer else asked).append(block)
    return tuple((tuple(asked), tuple(answer)) for asked, answer in segments)


def _answer_tabs(
    block: Block, config: Config
) -> tuple[tuple[Block, ...], tuple[Block, ...]] | None:
    """Tabs "Statement" and "Solution": the exercise pattern of many school sites."""
    if block.kind != "tab_set":
        return None
    answers = tuple(tab for tab in block.children if has_answer_title(tab, config))
    asked = tuple(tab for tab in block.children if not has_answer_title(tab, config))
    return (asked, answers) if answers and asked and len(asked) == 1 else None
