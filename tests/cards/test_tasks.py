"""Tasks without a question mark, boxes without a type, and tasks with parts."""

import pytest

from generator.cards.titles import Says, read_title
from tests.cards.reading import extraction, pairs, rules, verdicts


@pytest.mark.parametrize(
    "title",
    [
        "Klicka för att se svaret", "Klicke hier für die Lösung", "Clicca per vedere la risposta",
        "Kliknij, aby zobaczyć odpowiedź", "Klikněte pro zobrazení odpovědi", "Δείτε τη λύση",
        "Nhấn để xem đáp án", "One possible solution", "Xem lời giải",
    ],
)  # fmt: skip
def test_a_short_title_that_ends_with_an_answer_noun_is_likely_an_answer(title: str) -> None:
    assert read_title(title) is Says.LIKELY_ANSWER


@pytest.mark.parametrize(
    "title",
    [
        "Answer (click to expand)", "Solution (Click if you are stuck)", "정답: D", "정답 보기 ▼",
        "정답 보기 (먼저 직접 작성해보세요!)", "解答（点击展开）", "Правильный ответ",
        "Richtige Antwort", "Bonne réponse", "Visa svaret", "ดูเฉลย", "הצג פתרון", "Erantzuna",
    ],
)  # fmt: skip
def test_more_titles_that_only_announce_an_answer(title: str) -> None:
    assert read_title(title) is Says.ANSWER


def test_a_likely_answer_needs_a_task_above() -> None:
    box = '??? note "Numerical solution"\n    By Euler\'s method.\n'
    assert pairs(f"The equation has no closed form.\n\n{box}") == []
    assert pairs(f"Solve $y' = y$.\n\n{box}") == [("Solve y' = y.", "By Euler's method.")]


def test_what_a_box_hides_below_a_heading_with_something_to_do_answers_it() -> None:
    text = """
        ### If the pod crashed, get its previous logs
        <details><summary>show</summary>

        ```bash
        kubectl logs nginx -p
        ```

        </details>

        ### Pod logs
        <details><summary>show</summary>

        Logs are lines.

        </details>
    """
    question, answer = "If the pod crashed, get its previous logs", "kubectl logs nginx -p"
    assert pairs(text) == [(question, answer)]


def test_a_task_that_gives_its_code_away_hides_only_the_output() -> None:
    hidden = '??? tip "Click to show"\n    Done.\n'
    assert pairs(f"- Create a channel\n- Remove the process\n\n{hidden}") != []
    assert pairs(f"Run the following:\n\n```sh\nls\n```\n\n{hidden}") == []


def test_a_type_that_means_exercise_labels_its_body() -> None:
    text = """
        !!! exercise "Fibonacci"
            Write the function.

            ??? solution
                By recursion.

        !!! problem

            Prove it.
    """
    assert pairs(text) == [("Fibonacci Write the function.", "By recursion."), ("Prove it.", "")]
    assert rules(text) == ["INSIDE", "ANSWER_TYPE", "LABEL"]


def test_an_exercise_may_be_called_hints() -> None:
    text = """
        ::: {.callout-exercise}
        #### Hints

        How are hints written?

        ::: {.callout-answer}
        Folded.
        :::
        :::
    """
    assert pairs(text) == [("Hints How are hints written?", "Folded.")]


def test_the_name_of_an_exercise_may_be_code() -> None:
    text = """
        ??? question "Exercise `bowtie.slurm` Fill in the blanks"

            - Navigate to the folder
    """
    assert rules(text) == ["LABEL"]
    assert verdicts('??? question "Exercise your rights"\n    Vote.\n') == ["card"]
    assert rules('??? question "Exercise your rights"\n    Vote.\n') == ["CARD_TYPE"]


@pytest.mark.parametrize("title", ["More details", "Click to see the full list", "Option A"])
def test_a_fold_in_html_that_does_not_ask_is_an_aside(title: str) -> None:
    fold = f"<details><summary>{title}</summary>\n\nText.\n\n</details>\n\n"
    assert pairs(fold) == []


def test_a_topic_is_a_card_where_most_folds_of_the_page_ask() -> None:
    ask = "<details><summary>What is a class?</summary>\n\nA plan.\n\n</details>\n\n"
    topic = "<details><summary>Polymorphism</summary>\n\nMany forms.\n\n</details>\n\n"
    assert ("Polymorphism", "Many forms.") in pairs(ask + topic)
    assert pairs(ask + topic * 2) == [("What is a class?", "A plan.")]
    assert rules(topic) == ["FOLD"]


def test_headings_inside_a_labelled_task_are_parts_of_it() -> None:
    text = """
        ## Question 2: routes

        Find the shortest route.

        ### Grading

        - 1 point: it compiles

        ??? note "Answer"
            By exhaustive search.

        ### Remarks

        ??? note "Answer"
            None.
    """
    question, answer = pairs(text)[0]
    assert question.startswith("Find the shortest route.")
    assert "it compiles" in question
    assert answer == "By exhaustive search."


def test_a_page_titled_exercise_is_not_one_task() -> None:
    text = """
        # Exercise: RNA

        Introduction.

        ## Part

        ??? note "Answer"
            Yes.
    """
    assert pairs(text) == [("Part", "Yes.")]


def test_a_bare_fold_in_html_answers_a_task_and_is_not_a_card() -> None:
    fold = "<details>\n\nSpeaker notes.\n\n</details>\n"
    assert pairs(f"# Functions\n\nThey have names.\n\n{fold}") == []
    assert pairs(f"Why do they have names?\n\n{fold}") == [
        ("Why do they have names?", "Speaker notes.")
    ]
    assert pairs(f"1. Check solution\n\n    {fold}") == []


def test_a_heading_that_asks_inside_a_labelled_task_has_its_text_as_context() -> None:
    text = """
        ## Exercise 4: rollback

        Start a transaction, and abort it.

        ### What did you see?

        ??? note "Answer"
            The old value.
    """
    question, _ = pairs(text)[0]
    assert question == "Start a transaction, and abort it. What did you see?"


def test_the_ticks_of_choices_are_the_answer() -> None:
    text = """
        !!! question "Which is prime?"
            - [ ] 1
            - [x] 2

            One has a single divisor.

        !!! exercise "Types"
            What is `x`?

            - [x] a number
            - [ ] a string

        !!! question "Are you ready?"
            - [x] Git
            - [x] Python
    """
    found, problems = extraction(text)
    assert pairs(text) == [
        ("Which is prime? 1 2", "2 One has a single divisor."),
        ("Types What is x? a number a string", "a number"),
        ("Are you ready?", "Git Python"),
    ]
    asked = [t.meta.get("checked") for t in found.cards[0].question if t.type == "list_item_open"]
    assert asked == [False, False]
    assert not problems


def test_a_number_of_a_series_labels_a_task() -> None:
    text = """
        !!! question "2.14.6"
            Evaluate the expressions.

        ???- question "Answer"
            Four.

        !!! question "2.14.7"
            What time is it?
    """
    assert pairs(text) == [
        ("2.14.6 Evaluate the expressions.", "Four."),
        ("2.14.7 What time is it?", ""),
    ]


def test_a_title_that_addresses_teachers_does_not_ask_the_reader() -> None:
    assert pairs('??? question "For teachers: what is in that form?"\n    Goals.\n') == []


def test_tags_alone_answer_nothing() -> None:
    fold = "<details>\n<summary>How to squash commits?</summary><br><b>\n</b></details>\n"
    assert pairs(fold) == [("How to squash commits?", "")]


def test_containers_of_any_length_end_as_in_pandoc() -> None:
    text = """
        ::::::::::::::::: challenge

        ## Several files

        Commit both files.

        :::::::::  solution

        Add them first.

        ::::::::::::::::::::

        ::::::::::::::::::::::::::::
    """
    assert len(pairs(text)) == 1
    question, answer = pairs(text)[0]
    assert question.endswith("Commit both files.")
    assert answer == "Add them first."


def test_a_box_that_warns_may_still_be_an_exercise_by_name_alone() -> None:
    text = """
        !!! important "Exercise"
            Fill in the arguments.

        !!! note "This takes a while"
            Have a coffee.

        ??? tip "Answer"
            The id.
    """
    question, answer = pairs(text)[0]
    assert question.startswith("Exercise Fill in the arguments.")
    assert answer == "The id."
    assert pairs('!!! warning "Problem: disk full"\n    Free some space.\n') == []


def test_below_exercises_an_open_box_poses_in_sight() -> None:
    text = """
        ## {heading}

        !!! question "The price of memory"
            Prices fell for decades, then they did not.

            Describe what changed.

        !!! question "Can every process be stopped?"
            - Which one ignores the signal?
            - Which one has no parent?

        !!! question "What is a signal?"
            A short message to a process.

        ??? question "The stack"
            It grows downwards.
    """
    for heading in ("Exercises", "思考题", "Übungen", "Exercise 3: memory"):
        found = extraction(text.format(heading=heading))[0].cards
        assert [card.is_unanswered for card in found] == [True, True, False, False], heading
    for heading in ("Questions", "问题", "Вопросы", "Memory"):
        found = extraction(text.format(heading=heading))[0].cards
        assert [card.is_unanswered for card in found] == [False] * 4, heading


def test_a_heading_that_is_a_label_alone_is_a_part_of_the_exercise_above_it() -> None:
    text = """
        ## Exercise 2 – a queue

        ### Scene

        Requests arrive faster than they are served.

        ### Task

        Keep the newest ten.

        ### {heading}

        Run the program twice.

        ??? success "Answer"
            Drop the oldest.
    """
    whole = pairs(text.format(heading="Check"))[0][0]
    assert "Requests arrive" in whole
    assert "Keep the newest ten." in whole
    assert "Keep the newest ten." not in pairs(text.format(heading="Task 2"))[0][0]


def test_an_exercise_without_a_name_goes_on_with_the_text_below_it() -> None:
    text = """
        !!! info "{title}"
            Start a server.

        **What to find out:**

        1. Which version is it?

        ??? success "Answer"
            The third.
    """
    question, answer = pairs(text.format(title="Aufgabe"))[0]
    assert question.startswith("Aufgabe Start a server. What to find out:")
    assert answer == "The third."
    assert "Start a server." not in pairs(text.format(title="A server"))[0][0]


def test_an_exercise_may_be_a_picture() -> None:
    picture = '!!! example "Exercise 3"\n    ![the plot](plot.png)\n'
    badge = '!!! example "Exercise 3"\n    [![Open](badge.svg)](https://example.org)\n'
    assert len(pairs(picture)) == 1
    assert pairs(badge) == []


def test_a_box_without_a_type_that_hides_nothing_asks_only_if_its_title_does() -> None:
    text = "```{{admonition}} {title}\nSome text.\n```\n"
    assert pairs(text.format(title="Polymorphism")) == []
    assert pairs(text.format(title="Why is it polymorphic?")) != []


@pytest.mark.parametrize(
    "fold",
    [
        "::: details {title}\nSome text.\n:::\n",
        ":::{{dropdown}} {title}\nSome text.\n:::\n",
        "```{{admonition}} {title}\n:class: dropdown\n\nSome text.\n```\n",
        "<details><summary>{title}</summary>\n\nSome text.\n\n</details>\n",
    ],
)
def test_folds_of_all_programs_are_cards_where_the_others_of_their_page_ask(fold: str) -> None:
    topic, asking = fold.format(title="On Windows"), fold.format(title="Why not?")
    assert pairs(topic) == []
    assert len(pairs(f"{asking}\n{topic}")) == 2
    assert len(pairs(f"{asking}\n{topic}\n{topic}")) == 1


def test_a_fold_without_a_title_does_not_ask() -> None:
    assert pairs("::: details\nMind the seven characters.\n:::\n") == []
    assert pairs("Why is it slow?\n\n::: details\nIt swaps.\n:::\n") == [
        ("Why is it slow?", "It swaps.")
    ]


def test_the_answer_in_the_last_step_of_an_exercise_answers_all_steps() -> None:
    text = """
        ### **{heading}**

        1. Write the rule.
        1. Run it.

            <details>
            <summary>Solution</summary>

            `make all`

            </details>
    """
    whole = [("Write the rule. Run it.", "make all")]
    assert pairs(text.format(heading="Exercise 4.2")) == whole
    assert pairs(text.format(heading="Make")) == [("Run it.", "make all")]


def test_a_word_that_announces_the_answer_is_not_on_the_front() -> None:
    text = """
        ### Make a project

        1. Create a folder.
        2. Which file is first?

        **{word}**

        <details>
        <summary>Show solution</summary>

        The readme.

        </details>
    """
    assert pairs(text.format(word="Solution")) == [
        ("Make a project Create a folder. Which file is first?", "The readme.")
    ]
    assert pairs(text.format(word="Mind the order"))[0][0].endswith("Mind the order")


def test_a_box_within_an_exercise_does_not_cut_its_text() -> None:
    text = """
        ### Exercise 2

        Write a script that converts all files.

        !!! tip
            There is a converter.

        Without bonus points:

        <details>
        <summary>Solution</summary>

        A loop.

        </details>
    """
    assert pairs(text)[0][0].startswith("Write a script that converts all files.")
    assert not pairs(text.replace("Exercise 2", "Files"))[0][0].startswith("Write")


def test_folds_with_topics_inside_an_exercise_belong_to_it() -> None:
    text = """
        ??? "Aufgabe 3"
            Fill in the class.

            ??? "The class Point"
                It has two numbers.

            ??? "Tipps"
                Look at the picture.
    """
    question, answer = pairs(text)[0]
    assert len(pairs(text)) == 1
    assert answer == ""
    assert question.startswith("Aufgabe 3 Fill in the class. The class Point")


def test_a_fold_without_a_type_may_be_a_hint() -> None:
    for hint in ('??? "Hint"\n    Look up.\n', "<details><summary>Tipps</summary>a</details>\n"):
        assert pairs(f"<details><summary>Why?</summary>b</details>\n\n{hint}") == [("Why?", "b")]
