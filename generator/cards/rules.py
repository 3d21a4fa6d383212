"""The rules that decide the verdict on a box, each with an explanation.

docs/maintainers/boxes.md explains them in this order; a test compares the two.
"""

from enum import Enum


class Rule(Enum):
    """Why a box, or a pair of question and answer, was classified as it was."""

    AUTHOR = "its author set it"
    ANSWER_TITLE = "its title only announces an answer"
    ANSWER_TYPE = "its type is that of an answer"
    ANSWER_NAMED = "its title names what it answers"
    CONTINUES = "it continues the answer before it"
    HINT = "a hint stays with its question"
    EMPTY = "it is empty"
    OFFER = "its title offers something and does not ask"
    MACRO = "it holds only a macro, which the site fills in"
    MATERIAL = "its title names material, or it holds code only"
    FOLD = "a fold without a type whose title does not ask, like most on its page"
    PLAIN = "it has no type and hides nothing, and its title does not ask"
    OTHER_TYPE = "its type is not in card_types, and its title does not ask"
    BANK = "an outline of questions"
    TITLE_ASKS = "its title asks"
    LABEL = "its title labels a task that its body poses"
    BODY_ASKS = "its body asks, and nothing answers"
    FIRST_PARAGRAPH = "it has no title: its first paragraph asks"
    CARD_TYPE = "its type is in card_types"
    TABS = "one of its tabs answers"
    INSIDE = "an answer is in it, and what comes before that asks"
    AFTER = "the answer follows it"
    ITEM = "the list item asks, the box in it answers"
    TEXT_ABOVE = "the text above asks"
    BOX_ABOVE = "the box above poses the task"
    HEADING = "the heading above asks"
    NO_QUESTION = "an answer, but nothing near it asks"
    NESTED = "a box inside a card, made a card of its own"
    PART = "shown inside its card"
    CONTAINER = "the questions in it are cards of their own"
