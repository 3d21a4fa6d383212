"""How blocks are grouped into questions and answers; see docs/maintainers/boxes.md."""

import re
from pathlib import Path

from generator.cards.rules import Rule
from generator.config import Config
from tests.cards.reading import extraction, pairs, rules, verdicts

ANSWER = '??? success "Answer"'


def test_a_line_of_facts_does_not_ask_so_the_heading_does() -> None:
    text = f"""
        ### Invert a binary tree

        **Difficulty:** easy | **Tags:** trees, recursion | **Asked by:** somebody

        {ANSWER}
            Swap the children.
    """
    assert pairs(text) == [("Invert a binary tree", "Swap the children.")]
    tags = extraction(text)[0].cards[0].tags
    assert {"difficulty::easy", "trees", "recursion", "asked_by::somebody"} <= set(tags)


def test_a_label_names_the_task_and_the_body_poses_it() -> None:
    text = """
        !!! example "Task: log in"
            Open a shell on the server.

        !!! note "Übung 3 – Determinante"
            Berechne sie.
    """
    found, problems = extraction(text)
    assert pairs(text) == [
        ("Task: log in Open a shell on the server.", ""),
        ("Übung 3 – Determinante Berechne sie.", ""),
    ]
    assert all(card.is_unanswered for card in found.cards)
    assert {problem.code for problem in problems} == {"W301"}


def test_a_label_over_links_only_poses_nothing() -> None:
    text = """
        ### Two sums

        !!! question
            Which two numbers add up to the target?

            ??? example "Try it!"
                - Judge: https://example.org/two-sums/

            ??? success "Answer"
                Keep what you saw in a set.
    """
    question, answer = pairs(text)[0]
    assert question.startswith("Which two numbers")
    assert answer == "Keep what you saw in a set."


def test_a_title_that_asks_has_its_answer_in_the_body_labelled_boxes_and_all() -> None:
    text = """
        ??? question "Why is the sky blue?"
            Scattering.

            !!! success "Takeaway"
                Short waves scatter most.
    """
    assert pairs(text) == [
        ("Why is the sky blue?", "Scattering. Takeaway Short waves scatter most.")
    ]


def test_a_box_of_another_type_asks_when_its_title_does() -> None:
    text = """
        !!! info "Can I build it offline?"
            Yes.

        !!! info "Offline?"
            Not a question by its words.

        !!! tip "Need help?"
            Ask us.
    """
    assert pairs(text) == [("Can I build it offline?", "Yes.")]


def test_offers_and_notes_for_teachers_are_no_cards() -> None:
    text = """
        !!! question "Questions or suggestions?"
            Write to us.

        ??? question "Notes for teachers"
            Take ten minutes.

        ??? question "About the author"
            A teacher of physics.
    """
    assert verdicts(text) == ["left", "left", "left"]


def test_a_legend_of_the_boxes_is_no_question() -> None:
    text = """
        The icons of this course:

        - This icon can be expanded to show a solution

            ??? success "Solution"
                I am one.

        - Say what an icon is.

            ??? success "Solution"
                A picture.
    """
    assert [answer for _, answer in pairs(text)] == ["A picture."]


def test_links_in_a_box_without_a_type_are_material() -> None:
    text = """
        <details markdown>
        <summary>{title}</summary>

        - [For Linux](https://example.org/linux)
        - [For Android](https://example.org/android)

        </details>
    """
    assert verdicts(text.format(title="Downloads")) == ["left"]
    assert verdicts(text.format(title="Where can I get it?")) == ["card"]


def test_each_item_of_a_list_asks_and_its_box_answers() -> None:
    text = """
        Given two sets, answer:

        1. What is their union?

            ??? success "Answer"
                All elements.

        2. What is their intersection?

            ??? hint
                Venn.

            ??? success "Answer"
                The common ones.

        And of three sets?

        ??? success "Answer"
            The same.
    """
    assert pairs(text) == [
        ("Given two sets, answer: What is their union?", "All elements."),
        ("Given two sets, answer: What is their intersection? Venn.", "The common ones."),
        ("And of three sets?", "The same."),
    ]


def test_items_of_an_exercise_are_cards_of_their_own() -> None:
    text = """
        !!! question "Exercise"

            1. Two and two?

                ??? success "Answer"
                    Four.

            2. Three and three?

                ??? success "Answer"
                    Six.
    """
    assert pairs(text) == [("Two and two?", "Four."), ("Three and three?", "Six.")]
    assert rules(text)[0] == "CONTAINER"


def test_tabs_with_a_hint_and_a_source() -> None:
    text = """
        !!! example "Exercice 1"
            === "Énoncé"
                Calculer.
            === "Indice"
                Carré.
            === "Solution"
                Quatre.
            === "Source"
                Euclide.
    """
    question, answer = pairs(text)[0]
    assert "Calculer." in question
    assert "Indice Carré." in question
    assert "Quatre." not in question
    assert answer == "Solution Quatre. Source Euclide."


def test_tabs_of_a_page_ask_when_the_first_is_a_label() -> None:
    text = """
        === "Exercise"
            Add one to one.
        === "Solution"
            Two.

        Aside.

        === "Code"
            x = 1
        === "Explanation"
            An assignment.
    """
    assert pairs(text) == [("Add one to one.", "Two.")]


def test_tabs_that_do_not_answer_are_part_of_the_question() -> None:
    text = """
        1. Run the script

            === "pip"
                python a.py
            === "uv"
                uv run a.py

            and explain its output.

            ??? success
                It says hello.
    """
    question, answer = pairs(text)[0]
    assert question == "Run the script pip python a.py uv uv run a.py and explain its output."
    assert answer == "It says hello."


def test_a_box_between_question_and_answer_stays_with_the_question() -> None:
    text = """
        **Exercise:** Why are some reads red?

        !!! note "If you see none"
            Change the colours.

        ??? done "Answer"
            They are far apart.
    """
    question, _ = pairs(text)[0]
    assert question == "Exercise: Why are some reads red? If you see none Change the colours."


def test_code_after_an_answer_goes_on_with_it() -> None:
    text = """
        ???+ example "Two stacks"
            Make a queue of two stacks.

        ??? note "解答"
            Pour one into the other.

        ??? note "参考实现"
            pop()

        ??? note "Theorem"
            Not a part.
    """
    assert pairs(text) == [
        ("Two stacks Make a queue of two stacks.", "Pour one into the other. 参考实现 pop()")
    ]
    assert rules(text) == ["BOX_ABOVE", "ANSWER_TITLE", "CONTINUES", "OTHER_TYPE"]


def test_answers_that_name_what_they_answer_are_cards_each() -> None:
    text = """
        The script has two bugs. Find them.

        ??? success "Solution for the type bug"
            Cast it.

        ??? success "Solution for the shape bug"
            Transpose it.
    """
    assert pairs(text) == [
        ("The script has two bugs. Find them. Solution for the type bug", "Cast it."),
        ("The script has two bugs. Find them. Solution for the shape bug", "Transpose it."),
    ]


def test_hints_are_folded_and_keep_their_answer_to_themselves() -> None:
    text = """
        !!! abstract "Task: choose a service"
            Which one is free?

        !!! tip "Hint"
            It serves files only.

            ??? tip "Solution"
                Static pages.
    """
    found, _ = extraction(text)
    assert pairs(text) == [
        (
            "Task: choose a service Which one is free? Hint It serves files only.",
            "Static pages.",
        )
    ]
    hint = next(t for t in found.cards[0].question if t.type == "admonition_open")
    assert hint.meta["admonition"].marker == "???"


def test_numbered_questions_above_one_answer_stay_together() -> None:
    filler = "\n\n".join(f"The table has a column number {n} of some width." for n in range(40))
    text = f"# P\n\n{filler}\n\n1.a. Name the key.\n\n1.b. Name the table.\n\n{ANSWER}\n    id, t\n"
    assert pairs(text) == [("1.a. Name the key. 1.b. Name the table.", "id, t")]


def test_a_body_that_only_asks_is_no_answer() -> None:
    text = '!!! question "Food for the mind"\n    What if the graph has a cycle?\n'
    assert pairs(text) == [("Food for the mind What if the graph has a cycle?", "")]
    assert rules(text) == ["BODY_ASKS"]


def test_the_first_line_asks_in_a_box_of_one_paragraph() -> None:
    assert pairs("??? question\n    Why two memories?\n    One cycle.\n") == [
        ("Why two memories?", "One cycle.")
    ]


def test_what_a_colon_announces_belongs_to_the_question() -> None:
    text = """
        !!! question
            Find in the code:

            - the return type
            - a variable

            Both are `int`.
    """
    assert pairs(text) == [("Find in the code: the return type a variable", "Both are int.")]


def test_the_list_after_an_annotated_box_holds_its_notes() -> None:
    text = """
        ??? question annotate "Why two tables?"
            Because of the first form. (1)

        1. No lists in a cell.

        Exercise: Name a key. (1)

        ??? success annotate "Answer"
            The number. (1)

        1. It never changes.
    """
    assert pairs(text) == [
        ("Why two tables?", "Because of the first form. (1) No lists in a cell."),
        ("Exercise: Name a key. (1)", "The number. (1) It never changes."),
    ]


def test_a_title_that_only_reveals_answers_where_an_answer_is_missing() -> None:
    text = """
        What is two and two?

        ??? note "Click to reveal"
            Four.

        More on numbers.

        ??? note "Click to expand"
            A table.
    """
    assert pairs(text) == [("What is two and two?", "Four.")]


def test_an_answer_without_words_is_none() -> None:
    text = """
        !!! tip "Advice"

        !!! check "Solution/Correction"
    """
    assert verdicts(text) == ["left", "left"]


def test_a_label_box_takes_the_answer_after_some_text() -> None:
    text = """
        !!! question "Exercise 1"
            Build it.

        Try before you look.

        ??? success "Solution"
            Built.
    """
    assert pairs(text) == [("Exercise 1 Build it. Try before you look.", "Built.")]


def test_a_macro_as_title_labels_and_is_not_shown() -> None:
    text = """
        !!! example "{{ exercice() }}"
            Dessiner un arbre.
    """
    assert pairs(text) == [("Dessiner un arbre.", "")]


def test_choices_that_look_like_tasks_leave_the_heading_its_question() -> None:
    text = f"""
        #### 8. To construct parallel lines, you:

        1. Draw two lines at random
        2. Copy the angles of a transversal

        {ANSWER}
            The second.
    """
    assert pairs(text)[0][0].startswith("8. To construct parallel lines, you: Draw")


def test_a_call_to_think_is_a_task_only_where_it_asks() -> None:
    text = """
        !!! tip "Think about it"
            The converse need not hold.

        !!! tip "Think about it"
            Does the converse hold?
    """
    assert pairs(text) == [("Think about it Does the converse hold?", "")]


def test_a_name_right_after_exercise_labels_in_a_question_box() -> None:
    text = """
        ??? question "Exercise Alternative display"
            Change the colours of the tree.

        ??? question "Exercise your rights"
            You may leave.
    """
    assert pairs(text) == [
        ("Exercise Alternative display Change the colours of the tree.", ""),
        ("Exercise your rights", "You may leave."),
    ]


def test_a_tab_is_a_section_whose_title_does_not_ask() -> None:
    text = """
        === "R"
            We now have an image. That is nice.

            **Exercise:** Push the image.

            ??? done "Answer"
                docker push
    """
    assert pairs(text) == [("Exercise: Push the image.", "docker push")]


def test_own_labels() -> None:
    text = '!!! note "Brain teaser 1"\n    Where is the duck?\n'
    config = Config(question_titles=frozenset({"brain teaser"}))
    assert pairs(text) == []
    assert pairs(text, config=config) == [("Brain teaser 1 Where is the duck?", "")]


def test_a_question_inside_an_answer_is_a_card_of_its_own() -> None:
    text = """
        ## S

        ??? question "Why an index?"
            Lookups get fast.

            ??? question "And writes?"
                Slower.

            The end.
    """
    found, _ = extraction(text)
    assert pairs(text) == [
        ("Why an index?", "Lookups get fast. The end."),
        ("And writes?", "Slower."),
    ]
    inner = found.cards[1]
    assert (inner.outline, inner.subdeck) == (("Why an index?",), "Follow-ups")


def test_inner_boxes_of_some_types_become_cards_by_a_setting_or_a_class() -> None:
    text = """
        ??? question "Why an index?"
            Lookups get fast.

            !!! warning "Common mistakes"
                One for each column.

            ??? note card "Selectivity"
                How few rows match.

            !!! warning
                Without a title it stays.
    """
    config = Config(inner_cards=frozenset({"warning"}), inner_deck="Details")
    found, _ = extraction(text, config=config)
    assert pairs(text, config=config) == [
        ("Why an index?", "Lookups get fast. Without a title it stays."),
        ("Common mistakes", "One for each column."),
        ("Selectivity", "How few rows match."),
    ]
    assert [card.subdeck for card in found.cards] == ["", "Details", "Details"]
    assert rules(text, config=config) == ["TITLE_ASKS", "NESTED", "AUTHOR", "PART"]


def test_items_inside_an_answer_ask_only_by_their_words() -> None:
    text = """
        1. Install it.

            ??? success "Solution"
                `pip install it`

                1. It is optional. How do you install the rest?

                    ??? success "Solution"
                        `pip install it[all]`

                2. A remark.

                    ??? note "Explanation"
                        Not a card.
    """
    assert [question for question, _ in pairs(text)] == [
        "Install it.",
        "It is optional. How do you install the rest?",
    ]


def test_headings_in_a_box_hold_inside_it_only() -> None:
    text = """
        # P
        ## S

        !!! note "Aside"
            ### Inside

            ??? question "One?"
                1

        ??? question "Two?"
            2
    """
    sections = [card.section for card in extraction(text)[0].cards]
    assert sections == [("S", "Inside"), ("S",)]


def test_the_docs_explain_every_rule() -> None:
    page = (Path(__file__).parents[2] / "docs" / "maintainers" / "boxes.md").read_text(
        encoding="utf-8"
    )
    explained = set(re.findall(r"`([A-Z_]{4,})`", page))
    assert explained == {rule.name for rule in Rule}


def test_boxes_nested_forty_deep_take_no_time() -> None:
    lines = [f'{"    " * depth}??? question "Exercise {depth}"' for depth in range(40)]
    lines += ["    " * 40 + "Text.", "", "    " * 40 + ANSWER, "    " * 41 + "Deep."]
    assert len(pairs("\n".join(lines))) == 1
