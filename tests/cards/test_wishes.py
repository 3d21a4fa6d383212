"""What a card's author says of it in comments, classes and attribute lists."""

import pytest

from generator.model import Card, CardKind
from tests.cards.reading import extraction, pairs, verdicts


def only_card(text: str) -> Card:
    (card,) = extraction(text)[0].cards
    return card


@pytest.mark.parametrize(
    "text",
    [
        "<!-- admonki: deck Exams::Hard -->\n??? question \"Why?\"\n    So.\n",
        "??? question \"Why?\"\n    <!-- admonki: deck Exams::Hard -->\n    So.\n",
        "??? question \"Why?\" { deck='Exams::Hard' }\n    So.\n",
        '??? question "Why?" { deck="Exams::Hard" }\n    So.\n',
    ],
)  # fmt: skip
def test_a_deck_of_its_own(text: str) -> None:
    assert only_card(text).deck == "Exams::Hard"
    assert pairs(text) == [("Why?", "So.")]


def test_tags_join_those_of_the_place() -> None:
    text = """
        # Page

        ??? question "Why?" { tags='first-40 level::junior' }
            <!-- admonki: tags hard, exam -->
            So.
    """
    assert only_card(text).tags == ("exam", "first-40", "hard", "level::junior", "page")
    listed = only_card('??? question "Why?" { tags="a::b c" }\n    So.\n')
    assert set(listed.tags) >= {"a::b", "c"}


@pytest.mark.parametrize("text", ["{}: suspend", "class"])
def test_suspended_and_typed_by_comment_and_by_class(text: str) -> None:
    if text == "class":
        page = '??? question suspend type-in "Why?"\n    So.\n'
    else:
        page = (
            '??? question "Why?"\n    <!-- admonki: suspend -->\n'
            "    <!-- admonki: type-in -->\n    So.\n"
        )
    card = only_card(page)
    assert (card.is_suspended, card.is_typed) == (True, True)
    assert "admonki::suspended" in card.tags


def test_kinds_by_comment() -> None:
    text = '??? question "R"\n    <!-- admonki: reversed -->\n    Gas constant.\n'
    assert only_card(text).kind is CardKind.REVERSED
    text = '??? question "R"\n    <!-- admonki: cloze -->\n    ==8.3== J\n'
    assert only_card(text).kind is CardKind.CLOZE


def test_a_comment_on_the_line_before_speaks_of_the_box() -> None:
    text = """
        <!-- admonki: skip -->

        ??? question "Why?"
            So.

        ??? question "And?"
            Too.
    """
    assert verdicts(text) == ["left", "card"]


def test_an_unknown_comment_is_named_with_what_was_meant() -> None:
    _, problems = extraction('<!-- admonki: suspnd -->\n??? question "Why?"\n    So.\n')
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("W304", 'did you mean "suspend"?')
    ]
