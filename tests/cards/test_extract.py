"""What becomes a card, and where its answer is."""

import time

import pytest

from generator.cards.extract import extract
from generator.config import Config
from generator.model import CardKind, FrontMatter, SourceFile
from generator.parser import parse
from generator.parser.words import text_of
from tests.cards.reading import extraction, pairs, verdicts


def test_a_question_box_is_a_card_with_title_and_body() -> None:
    text = """
        # Page
        ## Section
        ### Part

        ??? question "Why *so*?"
            Because.
    """
    found, problems = extraction(text)
    card = found.cards[0]
    assert pairs(text) == [("Why so?", "Because.")]
    assert (card.page_title, card.section) == ("Page", ("Section", "Part"))
    assert card.tags == ("page::section",)
    assert not problems


def test_types_decide_and_can_be_configured() -> None:
    text = """
        !!! note "Aside"
            Not a card.

        !!! example "A stack"
            This one.
    """
    assert pairs(text) == []
    config = Config(card_types=frozenset({"example"}))
    assert pairs(text, config=config) == [("A stack", "This one.")]


def test_a_box_without_a_type_is_a_card_unless_it_holds_material() -> None:
    assert pairs('??? "What is it?"\n    A thing.\n') == [("What is it?", "A thing.")]
    assert verdicts('??? "Full JSON output"\n    {}\n') == ["left"]


def test_questions_inside_other_boxes_are_found() -> None:
    text = """
        !!! example "Warm-up"

            ??? question "Two and two?"
                Four.
    """
    assert pairs(text) == [("Two and two?", "Four.")]
    assert verdicts(text) == ["left", "card"]


def test_an_answer_box_inside_splits_the_exercise() -> None:
    text = """
        !!! question "Exercise"
            Sort a list.

            ??? tip "Hint"
                Think.

            ??? success "Solution"
                Use a heap.

            A last word.
    """
    assert pairs(text) == [("Exercise Sort a list. Hint Think.", "Use a heap. A last word.")]


def test_a_box_that_asks_twice_gives_two_cards() -> None:
    text = """
        !!! question
            What is A?

            ??? success "Answer"
                First.

            What is B?

            ??? success "Answer"
                Second.
    """
    assert pairs(text) == [("What is A?", "First."), ("What is B?", "Second.")]


def test_tabs_of_statement_and_solution_split_too() -> None:
    text = """
        !!! question "Exercise 1"
            === "Statement"
                Add one.
            === "Solution"
                Two.
    """
    assert pairs(text) == [("Exercise 1 Add one.", "Two.")]


def test_an_exercise_of_any_type_with_a_solution_tab_is_a_card() -> None:
    text = """
        !!! example "Exercice 1"
            === "Énoncé"
                Calculer.
            === "Correction"
                Deux.
    """
    assert pairs(text) == [("Exercice 1 Calculer.", "Deux.")]


def test_listings_and_macros_are_left() -> None:
    assert verdicts('??? "Raw instructions"\n    ```sql\n    SELECT 1;\n    ```\n') == ["left"]
    assert verdicts('??? question "Description"\n    {! include "a.md" !}\n') == ["left"]
    assert verdicts('??? "How to count?"\n    ```sql\n    SELECT 1;\n    ```\n') == ["card"]


def test_the_answer_may_follow_its_question_box() -> None:
    text = """
        !!! question "Exercise 7"
            Integrate.

        ??? success "Answer"
            $x^2$
    """
    assert pairs(text) == [("Exercise 7 Integrate.", "x^2")]


def test_an_untitled_question_takes_its_first_paragraph() -> None:
    assert pairs("!!! question\n    Why?\n\n    So.\n") == [("Why?", "So.")]


def test_show_answer_takes_the_question_above_it() -> None:
    text = """
        ## Quiz

        What is right?

        - [ ] this
        - [ ] that

        ??? success "Show answer"
            That.

        And what is wrong?

        ??? note "View answer"
            This.
    """
    assert pairs(text) == [("What is right? this that", "That."), ("And what is wrong?", "This.")]


def test_a_heading_alone_above_an_answer_is_its_question() -> None:
    assert pairs('### Who wrote it?\n\n??? note "Answer"\n    She did.\n') == [
        ("Who wrote it?", "She did.")
    ]


def test_the_answer_box_in_a_list_item_takes_the_item() -> None:
    text = """
        1. Name a prime.

            ??? success "解答"
                7

        2. Name another.

            ??? success "解答"
                11
    """
    assert pairs(text) == [("Name a prime.", "7"), ("Name another.", "11")]


def test_several_answers_in_a_row_are_one_answer() -> None:
    text = """
        Sort it.

        ??? success "Solution 1"
            Heap.

        ??? success "Solution 2"
            Merge.
    """
    assert pairs(text) == [("Sort it.", "Heap. Solution 2 Merge.")]


def test_of_a_long_exposition_the_last_question_is_taken() -> None:
    text = "Prose. " * 300 + '\n\nSo what follows?\n\n??? note "Answer"\n    This.\n'
    assert pairs(text) == [("So what follows?", "This.")]


def test_an_answer_without_anything_above_is_left() -> None:
    assert verdicts('??? success "Answer"\n    Lost.\n') == ["left"]


def test_a_missing_answer_is_reported_and_kept_apart() -> None:
    found, problems = extraction('??? question "Why?"\n')
    assert found.cards[0].is_unanswered
    assert "admonki::unanswered" in found.cards[0].tags
    assert [problem.code for problem in problems] == ["W301"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('??? question "Why?"\n', "indent the answer by four spaces below the marker"),
        ("a\n\n> [!question] Why?\n", "each line after a >"),
        (":::question[Why?]\n:::\n", "before the line that ends the box"),
        ("```{admonition} Why?\n:class: question\n```\n", "before the line that ends the box"),
    ],
)
def test_where_to_write_an_answer_depends_on_the_box(text: str, hint: str) -> None:
    (problem,) = extraction(text)[1]
    assert hint in problem.hint


def test_neither_title_nor_text_is_an_error() -> None:
    found, problems = extraction('??? question ""\n')
    assert not found.cards
    assert [problem.code for problem in problems] == ["E301"]


def test_classes_ask_for_reversed_and_cloze_cards() -> None:
    found, _ = extraction('??? question reversed "Word"\n    Wort\n')
    assert found.cards[0].kind is CardKind.REVERSED


def test_front_matter_gives_title_and_tags() -> None:
    matter = FrontMatter(title="Notes", tags=("deep learning",), categories=("ML",))
    source = SourceFile("a.md", "a.md", '??? question "Q?"\n    A.\n', front_matter=matter)
    document, _ = parse(source, config=Config())
    card = extract(document, config=Config())[0].cards[0]
    assert card.page_title == "Notes"
    assert card.tags == ("ML", "deep_learning", "notes")


def test_an_author_overrides_what_a_box_is() -> None:
    assert verdicts('??? question skip "Why?"\n    So.\n') == ["left"]
    assert pairs('??? note card "Why?"\n    So.\n') == [("Why?", "So.")]


BANK = """
    ??? "Open questions"

        I. Basics

        1. Numbers

            •\tWhat is a prime?
            •\tWhat is a factor?

        ⸻

        2. Sets

        (a) Finite

            •\tWhat is a set?
            •\tName a set operation

        (b) Infinite
            •\tWhat is countable?
            •\tWhat is not?

        II. Rest
            •\tWhat else?
"""


def test_an_outline_of_questions_is_a_bank() -> None:
    found, problems = extraction(BANK)
    assert [box.verdict for box in found.boxes] == ["bank"]
    assert len(found.cards) == 7
    assert all(card.is_bank and card.is_unanswered for card in found.cards)
    assert found.cards[3].outline == ("I. Basics", "2. Sets", "(a) Finite")
    assert found.cards[6].outline == ("II. Rest",)
    assert found.cards[0].location.line == 7
    assert not problems


def test_dotted_numbers_are_labels_of_an_outline() -> None:
    leaves = "".join(f"    - What is {letter}?\n" for letter in "abcdef")
    text = f'??? question "Bank"\n\n    I. Basics\n\n    1.1 Sets\n\n    (a) Finite\n\n{leaves}'
    assert extraction(text)[0].cards[0].outline == ("I. Basics", "1.1 Sets", "(a) Finite")


def test_bullets_in_an_answer_are_no_bank() -> None:
    text = """
        ??? question "What to ask a team?"
            1. Product
                - Who uses it?
                - How often?
                - What hurts?
            2. Process
                - Who decides?
                - Who tests?
                - Who ships?
    """
    assert verdicts(text) == ["card"]
    with_prose = text.replace('"What to ask a team?"', '"Asking"') + "\n            Good luck.\n"
    assert verdicts(with_prose) == ["card"]


def test_a_bank_can_be_declared_and_denied() -> None:
    short = '??? question bank "Later"\n    - How so?\n    - Why not?\n'
    assert verdicts(short) == ["bank"]
    assert verdicts(BANK.replace('??? "Open', '??? question card "Open')) == ["card"]


def test_an_open_untitled_success_box_is_no_answer_by_itself() -> None:
    assert verdicts('Choose well.\n\n!!! success ""\n    Suggested: yes\n') == ["left"]
    assert verdicts("!!! question\n    Why?\n\n!!! success\n    So.\n") == ["card", "answer"]


def test_a_problem_in_a_box_of_any_type_is_solved_by_the_answer_below_it() -> None:
    text = """
        ???+ note "[Problem 7](https://example.org/7)"
            Count the paths.

        ??? note "解答"
            Ten.

        ??? note "解法二"
            Ten, too.
    """
    assert pairs(text) == [("Problem 7 Count the paths.", "Ten. 解法二 Ten, too.")]


_ANSWER = """
??? success "Solution"
    Done.
"""


def test_of_a_long_text_above_an_answer_the_part_that_asks_is_the_question() -> None:
    told = "\n\n".join(f"Fact {number}." for number in range(9))
    asking = f"{told}\n\nWhat follows?\n\n- x\n{_ANSWER}"
    assert pairs(asking) == [("What follows? x", "Done.")]
    telling = f"{told}\n\nProve it.\n\n- x\n{_ANSWER}"
    assert pairs(telling) == [("Prove it. x", "Done.")]
    listed = "\n\n<!-- -->\n\n".join(f"- item {number}" for number in range(9))
    assert pairs(f"{listed}\n{_ANSWER}")[0][0].endswith("item 8")


def test_a_hint_between_question_and_answer_is_passed_over() -> None:
    for hint in ('??? tip "Hint"', '??? hint "Think of it"'):
        text = f"Is it so?\n\n{hint}\n    Think.\n{_ANSWER}"
        (pair,) = pairs(text)
        assert pair[0].startswith("Is it so?"), hint
    assert pairs(f"Is it so?\n\n!!! hint\n    Think.\n{_ANSWER}") != pairs(f"Is it so?\n{_ANSWER}")


def test_a_comment_gives_tags_to_a_card_and_to_the_cards_inside_its_answer() -> None:
    text = """
        ??? question "Why?"
            <!-- id: the-why -->
            <!-- admonki: tags exam level::hard -->
            Because.

            ??? question "And then?"
                <!-- admonki: tags later -->
                This.

        ??? question "How?"
            So.
    """
    found, problems = extraction(text)
    own = {card.location.line: {*card.tags} - {"page"} for card in found.cards}
    assert list(own.values()) == [
        {"exam", "level::hard"},
        {"exam", "level::hard", "later"},
        set(),
    ]
    assert not problems


def test_a_macro_call_without_text_answers_nothing() -> None:
    text = """
        Which key is it?

        ??? success "Answer"
            {{ correction(False, "SAID") }}
    """
    found = [extraction(text.replace("SAID", said))[0].cards[0] for said in (" ", "The red one.")]
    assert [card.is_unanswered for card in found] == [True, False]


@pytest.mark.parametrize("nothing", ["<br>", "<p></p>", "<!-- to do -->", "<div><br></div>"])
def test_html_that_shows_nothing_answers_nothing(nothing: str) -> None:
    found, problems = extraction(f'??? question "Why?"\n    {nothing}\n')
    assert found.cards[0].is_unanswered
    assert [problem.code for problem in problems] == ["W301"]


def test_a_long_outer_question_is_cut_at_a_word_in_the_path() -> None:
    outer = "Why " + "and why " * 20 + "so?"
    text = f'??? question "{outer}"\n    Yes.\n\n    ??? question "And that?"\n        So.\n'
    (path,) = extraction(text)[0].cards[1].outline
    assert len(path) <= 120
    assert path.endswith(" why…")


@pytest.mark.parametrize("box", ['??? success "Answer"', '??? note "Show"'])
def test_many_answers_without_a_question_are_left_in_little_time(box: str) -> None:
    begun = time.process_time()
    found, _ = extraction(f"{box}\n    A\n\n" * 4000)
    assert time.process_time() - begun < 10  # 15 s and more when each looks at all before it
    assert not found.cards


def test_tags_that_show_nothing_leave_no_blank_line_around_an_answer() -> None:
    text = "<details>\n<summary>Why?</summary><br><b>\n\nBecause.\n\n<br>\n</b></details>\n"
    card = extraction(text)[0].cards[0]
    assert [token.type for token in card.answer] == ["paragraph_open", "inline", "paragraph_close"]
    assert text_of(card.answer) == "Because."
