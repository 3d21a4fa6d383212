"""The role of each block in a question: structure first, then words.

A block asks, labels a task, states, hints, answers, gives facts, or is an aside. Nothing here
looks at a block's neighbours; `grammar.py` does.
"""

import re
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from generator.cards.bank import looks_like_bank
from generator.cards.blocks import Block, has_content, tokens_of
from generator.cards.labels import begins_with_phrase, is_bare_exercise, names_exercise
from generator.cards.rules import Rule
from generator.cards.titles import (
    Says,
    asks_somewhere,
    ends_with_question,
    has_question_mark,
    is_action,
    is_answer_title,
    is_asking,
    is_continuation_title,
    read_title,
)
from generator.cards.words import fold, phrases, words_of
from generator.config import Config

OVERRIDES = ("bank", "card", "skip", "answer")

# Boxes of these types warn or cite: a label in their title ("Problem: …") is not a task.
_NEVER_LABELLED = frozenset(
    {"warning", "danger", "caution", "attention", "important", "bug", "error", "failure", "fail"}
    | {"missing", "quote", "cite"}
)
_TASK_TYPES = frozenset({"example", "exercise", "task", "problem", "quiz", "challenge"})
_NAMES = frozenset({Says.NAME, Says.NOTHING, Says.COMMAND, Says.MATERIAL, Says.HINT})
_LIKELY = frozenset({Says.LIKELY_ANSWER, Says.NAMED_ANSWER})
_HIDING = _LIKELY | {Says.REVEAL}
_HINT_TYPES = frozenset({"hint"})
_UNTITLED_HINT_TYPES = frozenset({"hint", "tip"})
_LEGEND_PHRASES = phrases("legend_phrases")
_SERIES = re.compile(r"\(?(?:[Qq]?\d+(?:\.?[a-z\d]+)*|[a-z])[.)]\s")
_CODE = frozenset({"fence", "code_block"})
_MACRO = re.compile(r"(\{[{%!].*?[}%!]\}\s*)+", re.DOTALL)
_IMAGE = re.compile(r"(?<!\[)!\[")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|<?https?://\S+|[^\w\s]")


class Role(Enum):
    """The role of a box for the blocks around it."""

    QUESTION = "question"  # asks, or labels a task
    ANSWER = "answer"
    MAYBE_ANSWER = "maybe"  # an answer if a question is waiting for one, else an aside
    HINT = "hint"
    BANK = "bank"
    ASIDE = "aside"


class Reading(Struct, frozen=True):
    """What a box is, and the rule that decided it.

    Attributes:
        role: See `Role`.
        rule: The rule that decided it.
        says: The meaning of its title.
    """

    role: Role
    rule: Rule
    says: Says


def read_box(box: Block, config: Config, said: str = "") -> Reading:
    """Classify a box by its author's comment, then title, type and shape.

    Args:
        box: An admonition.
        config: What counts as a card and as an answer.
        said: The role that a comment of its author gives it, or "".
    """
    says = read_title(box.title_text, config.answer_titles, config.question_titles)
    is_card = box.admonition.type in config.card_types
    if _is_named_exercise(box, says) if is_card else _is_exercise(box, says):
        says = Says.LABEL
    classes = box.admonition.classes
    said = said or next((name for name in OVERRIDES if name in classes), "")
    if said:
        return Reading(_said(said), Rule.AUTHOR, says)
    role, rule = _by_title(box, says, config) or _by_type(box, says, config)
    return Reading(role, rule, says)


def _is_named_exercise(box: Block, says: Says) -> bool:
    return says is Says.NAME and names_exercise(box.title_text)


def _is_exercise(box: Block, says: Says) -> bool:
    """Whether the type is the word for exercise: `!!! exercise "Fibonacci"`; its body asks."""
    is_name = says in _NAMES or (says is Says.QUESTION and box.admonition.is_open)
    return is_name and read_title(box.admonition.type) is Says.LABEL


def _said(name: str) -> Role:
    roles = {"bank": Role.BANK, "card": Role.QUESTION, "answer": Role.ANSWER}
    return roles.get(name, Role.ASIDE)


def _by_title(box: Block, says: Says, config: Config) -> tuple[Role, Rule] | None:
    """Classify a box by title and type alone, whatever its content."""
    kind, is_card = box.admonition.type, box.admonition.type in config.card_types
    if says is Says.ANSWER:
        return (Role.ANSWER, Rule.ANSWER_TITLE) if _is_filled(box) else (Role.ASIDE, Rule.EMPTY)
    if _only_hides(box, says) and _is_filled(box):
        return Role.MAYBE_ANSWER, Rule.ANSWER_TITLE
    if says is Says.OFFER:
        return Role.ASIDE, Rule.OFFER
    if says is not Says.QUESTION and kind in config.answer_types:
        return _by_answer_type(box, says)
    if says in _LIKELY and not is_card and box.admonition.is_collapsible and _is_filled(box):
        return Role.MAYBE_ANSWER, Rule.ANSWER_NAMED
    if says is Says.HINT or kind in _HINT_TYPES:
        return None if is_card and kind else (Role.HINT, Rule.HINT)
    if says is Says.NOTHING and kind in _UNTITLED_HINT_TYPES:
        return Role.HINT, Rule.HINT
    return None


def _only_hides(box: Block, says: Says) -> bool:
    """Whether the title of a folded box only says that: "Show", or a bare `<details>`."""
    is_bare = says is Says.NOTHING and box.admonition.is_fold
    return box.admonition.is_collapsible and (says is Says.REVEAL or is_bare)


def _by_answer_type(box: Block, says: Says) -> tuple[Role, Rule]:
    if not _is_filled(box):
        return Role.ASIDE, Rule.EMPTY
    if says in _LIKELY or read_title(box.admonition.type) is Says.ANSWER:
        return Role.ANSWER, Rule.ANSWER_NAMED if says in _LIKELY else Rule.ANSWER_TYPE
    if says is Says.NOTHING and box.admonition.is_collapsible:
        return Role.ANSWER, Rule.ANSWER_TYPE
    return Role.MAYBE_ANSWER, Rule.ANSWER_TYPE


def _by_type(box: Block, says: Says, config: Config) -> tuple[Role, Rule]:
    if box.admonition.type not in config.card_types:
        return _by_other_type(box, says, config)
    if looks_like_bank(box):
        return Role.BANK, Rule.BANK
    if not box.admonition.type and not box.admonition.is_collapsible and says is Says.NAME:
        return Role.ASIDE, Rule.PLAIN  # `:::{admonition} Prices`
    if _holds_macro_only(box):
        return Role.ASIDE, Rule.MACRO
    if not box.admonition.type and _is_material(box, says):
        return Role.ASIDE, Rule.MATERIAL
    if says in (Says.LABEL, Says.LABELS):
        return Role.QUESTION, Rule.LABEL
    if says is Says.NOTHING:
        return Role.QUESTION, Rule.FIRST_PARAGRAPH
    return Role.QUESTION, Rule.TITLE_ASKS if is_asking(box.title_text) else Rule.CARD_TYPE


def _by_other_type(box: Block, says: Says, config: Config) -> tuple[Role, Rule]:
    kind = box.admonition.type
    if not _is_filled(box):
        return Role.ASIDE, Rule.EMPTY
    if any(block.kind == "tab_set" and has_answer_tab(block, config) for block in box.body):
        return Role.QUESTION, Rule.TABS
    may_label = kind not in _NEVER_LABELLED or is_bare_exercise(box.title_text)
    if says is Says.LABEL and may_label and _poses_task(box):
        return Role.QUESTION, Rule.LABEL
    if says is Says.QUESTION and _begins_to_ask(box.title_text):
        return Role.QUESTION, Rule.TITLE_ASKS
    if says is Says.COMMAND and kind in _TASK_TYPES:
        return Role.QUESTION, Rule.TITLE_ASKS
    return Role.ASIDE, Rule.OTHER_TYPE


_INVERTED = re.compile(
    r"-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|t-il|t-elle)\b|est-ce\b|qu'en\b"
)


def _begins_to_ask(title: str) -> bool:
    """Whether a title asks by its mark and by its words: "FlareSolverr?" does not."""
    if not has_question_mark(title):
        return False
    bare = title.rstrip(" ?？؟*_")
    return is_asking(bare) or _INVERTED.search(fold(title)) is not None


def _poses_task(box: Block) -> bool:
    """Whether a labelled body is a task: not links only, and after "Think about it" it asks."""
    if begins_with_phrase(box.title_text):
        return any(map(asks, box.body))
    return not _only_links(box)


def _only_links(box: Block) -> bool:
    """Whether a body only points elsewhere: links with a word or two beside each."""
    texts = [token for block in box.body for token in block.tokens if token.type == "inline"]
    if any(_IMAGE.search(token.content) for token in texts):
        return False
    holds_link = any("://" in token.content or "](" in token.content for token in texts)
    return holds_link and all(len(_LINK.sub(" ", t.content).split()) <= 2 for t in texts)


def _is_filled(box: Block) -> bool:
    return has_content(tokens_of(box.body))


def _is_material(box: Block, says: Says) -> bool:
    """Whether a box without a type is a listing: its title names one, or it is code or links."""
    if says is Says.MATERIAL:
        return True
    is_listing = bool(box.body) and all(block.kind in _CODE for block in box.body)
    poses = is_asking(box.title_text) or is_action(box.title_text, is_title=True)
    return (is_listing or _only_links(box)) and not poses


def _holds_macro_only(box: Block) -> bool:
    """Whether the body is only a Jinja macro or include."""
    body = box.body
    # Most boxes are decided without the words of their body, nearly all others by its start.
    if not body or _begins_with_word(body[0]) or not body[0].text.startswith("{"):
        return False
    return _MACRO.fullmatch(" ".join(block.text for block in body)) is not None


def _begins_with_word(block: Block) -> bool:
    return next((t.content[:1].isalnum() for t in block.tokens if t.content), False)


def read_tab(tab: Block, config: Config) -> Says:
    """Classify the title of a tab."""
    return read_title(tab.title_text, config.answer_titles, config.question_titles)


def hides(box: Block, reading: Reading) -> bool:
    """Whether a box hides something: the answer, where a task is above."""
    return reading.says in _HIDING or _only_hides(box, reading.says)


def has_answer_tab(tab_set: Block, config: Config) -> bool:
    """Whether one of the tabs only announces an answer."""
    return any(read_tab(tab, config) is Says.ANSWER for tab in tab_set.children)


def continues(box: Block) -> bool:
    """Whether a box directly after an answer continues it (`Reference code`)."""
    return box.title is not None and is_continuation_title(box.title_text)


def opens_with_number(block: Block) -> bool:
    """Whether a paragraph begins with a number of a series (`**2.a.** Name the key`)."""
    return block.kind == "paragraph" and _SERIES.match(block.text) is not None


def only_asks(body: Sequence[Block]) -> bool:
    """Whether a body ends with a question: it poses a task and answers nothing."""
    if not body:
        return False
    last = body[-1]
    if last.kind in ("bullet_list", "ordered_list"):
        return all(ends_with_question(item.text) for item in last.children)
    return last.kind == "paragraph" and ends_with_question(last.text)


def asks(block: Block) -> bool:
    """Whether a block other than a box asks: a paragraph or list with a question or a task."""
    if block.kind in ("paragraph", "heading"):
        return asks_somewhere(block.text)
    if block.kind in ("bullet_list", "ordered_list"):
        return any(asks_somewhere(item.text) for item in block.children)
    return False


def acts(block: Block) -> bool:
    """Whether a paragraph or an item of a list begins with something to do."""
    if block.kind in ("bullet_list", "ordered_list"):
        return any(is_action(item.text) for item in block.children)
    return block.kind == "paragraph" and is_action(block.text)


def explains_boxes(block: Block) -> bool:
    """Whether a paragraph says what the boxes of the site are for: `This icon can be expanded`."""
    if block.kind != "paragraph" or asks(block):
        return False
    return _LEGEND_PHRASES.at_start(words_of(block.text[:80])) > 0


def announces_answer(block: Block) -> bool:
    """Whether a paragraph only announces the answer below it: `**Solution**`."""
    return block.kind == "paragraph" and is_answer_title(block.text[:80])


def labels_task(block: Block) -> bool:
    """Whether a paragraph begins with a label: `**Exercise:** download the file`."""
    if block.kind != "paragraph":
        return False
    return read_title(block.text[:60]) in (Says.LABEL, Says.LABELS)
