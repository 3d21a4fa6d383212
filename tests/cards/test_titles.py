"""Titles that say what a box is, not what is asked."""

import pytest

from generator.cards.labels import after_label
from generator.cards.titles import (
    Says,
    is_action,
    is_answer_title,
    is_asking,
    is_material_title,
    read_title,
)


@pytest.mark.parametrize(
    "title",
    [
        "Answer", "Show answer", "Click to see the solution", "Solution 2", "Answer (Python)",
        "Solution: with a loop", "Réponse", "Voir la réponse", "Corrigé de l'exercice 3",
        "Ver resposta", "Mostrar solución", "Lösung zur Aufgabe 4", "Показать ответ",
        "答案", "解答", "参考答案", "查看答案", "答えを見る", "정답 보기", "Đáp án", "ANSWERS",
    ],
)  # fmt: skip
def test_generic_answer_titles_are_known(title: str) -> None:
    assert is_answer_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "What is the solution of a linear system?", "Answering machines", "Solution of the heat",
        "Show me", "解释梯度下降", "二分答案的做法", "", "42", "Explain your answer in one word",
    ],
)  # fmt: skip
def test_titles_that_ask_something_are_not_generic(title: str) -> None:
    assert not is_answer_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "उत्तर", "समाधान", "λύσεις", "Απαντήσεις", "Розв’язок", "Розв'язання", "ÇÖZÜM", "Réponse",
        "REPONSE", "答案与解析", "解答と解説", "정답 및 해설", "解答和分析", "Explication",
        "Erklärung", "Объяснение", "解説", "Exercise 3: Solution", "Übung 3 – Lösung", "Vastaus",
        "คำตอบ", "Lời giải 2", "Reponse attendue", "Corrigé de l’exercice",
    ],
)  # fmt: skip
def test_accents_marks_apostrophes_and_connectors_make_no_difference(title: str) -> None:
    assert read_title(title) is Says.ANSWER


@pytest.mark.parametrize(
    "title",
    [
        "Exercise 3.b", "Exercise: determinant", "Task: log in", "Think about it", "Tehtävä: tty",
        "例题一", "Problème", "{{ exercice() }}", "À faire !", "L'exercice 3", "Bonus exercise 2",
        "习题 「Ural 1519」Formula 1", "Übung 3 – Determinante", "Exercice/TP", "Bài tập 3", "例 2",
        "Задача 7", "연습문제 3", "問題1", "Q4",
    ],
)  # fmt: skip
def test_a_label_names_a_task_that_the_body_poses(title: str) -> None:
    assert read_title(title) is Says.LABEL


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("", Says.NOTHING),
        ("Exercises", Says.LABELS),
        ("Exercise your rights", Says.NAME),
        ("Exercise files", Says.NAME),
        ("Question Bank: optics", Says.NAME),
        ("Astuce n°2", Says.HINT),
        ("İpucu", Says.HINT),
        ("小提示", Says.HINT),
        ("Question 3: Why is it so?", Says.QUESTION),
        ("Puis-je le faire ?", Says.QUESTION),
        ("Questions or suggestions?", Says.OFFER),
        ("Want a free copy?", Says.OFFER),
        ("Instructors: what is asked here?", Says.OFFER),
        ("Solution for the first bug", Says.NAMED_ANSWER),
        ("Full JSON output", Says.MATERIAL),
        ("Click to reveal", Says.REVEAL),
        ("Cliquez ici", Says.REVEAL),
        ("点击展开", Says.REVEAL),
        ("Show code", Says.MATERIAL),
        ("証明", Says.MATERIAL),
        ("证明 $L$ 不是正则语言", Says.COMMAND),
        ("Implement", Says.NAME),
        ("Takeaway", Says.NAME),
    ],
)
def test_what_else_a_title_says(title: str, says: Says) -> None:
    assert read_title(title) is says


def test_own_titles_can_be_added() -> None:
    assert read_title("Our verdict!", frozenset({"our verdict"})) is Says.ANSWER
    own = frozenset({"brain teaser"})
    assert read_title("Brain teaser 2: ducks", frozenset(), own) is Says.LABEL


def test_material_does_not_ask() -> None:
    assert is_material_title("Full JSON output")
    assert not is_material_title("Explain the configuration")
    assert not is_material_title("What does this code do?")


def test_a_question_asks_by_its_end_or_its_first_word() -> None:
    assert is_asking("Really?**")
    assert is_asking("Explain dropout.")
    assert is_asking("为什么？")
    assert not is_asking("Question Bank: TBD")


@pytest.mark.parametrize("title", ["Expand (p+q)^2", "Show a = b", r"Display \alpha"])
def test_a_title_with_a_formula_is_more_than_a_word_to_click(title: str) -> None:
    assert read_title(title) is not Says.REVEAL


@pytest.mark.parametrize(
    ("title", "rest"),
    [("Try it: add two", "add two"), ("Try it yourself: add two", "add two"), ("Try it out", "")],
)
def test_of_two_label_phrases_that_begin_alike_the_longer_counts(title: str, rest: str) -> None:
    """They were tried in the order of a set, which changes from run to run."""
    assert after_label(title) == rest


@pytest.mark.parametrize(
    "title", ["计算机的历史", "设计模式", "描述符协议", "构造函数的作用", "计算量", "比较器"]
)
def test_a_noun_that_begins_as_a_command_does_is_not_one(title: str) -> None:
    assert read_title(title) is Says.NAME


@pytest.mark.parametrize("title", ["计算三个数的和", "设计一个队列", "描述这个协议", "比较两者"])
def test_commands_remain_commands(title: str) -> None:
    assert read_title(title) is Says.COMMAND


@pytest.mark.parametrize("title", ["Lab 1.1. Tarefa 2", "Week 3 – Exercise 1", "Part 2, problem 4"])
def test_a_label_with_a_number_may_follow_another_number(title: str) -> None:
    assert read_title(title) is Says.LABEL


@pytest.mark.parametrize(
    "title",
    ["Notes on problem 4", "Data for week 2, exercise", "Section 3. Results 4", "7. Unit 4"],
)
def test_a_label_within_a_name_is_not_one(title: str) -> None:
    assert read_title(title) is Says.NAME


@pytest.mark.parametrize(
    "title",
    [
        "리플렉션에 대해 설명해주세요",
        "두 방식을 비교해 주세요.",
        "넓이를 구하시오",
        "定理を証明せよ",
    ],
)
def test_requests_at_the_end_of_a_korean_or_japanese_title_ask(title: str) -> None:
    assert is_asking(title)


def test_a_title_may_name_many_things_before_it_asks() -> None:
    assert is_action(
        "Pods run in `a`, `b`, `c`, `d` and `e`. Please list all that fail", is_title=True
    )
    assert not is_action("Pods run in `a`, `b`, `c`, `d` and `e`", is_title=True)


def test_a_check_of_the_solution_is_not_a_task() -> None:
    assert is_action("Check the logs", is_title=True)
    assert not is_action("Check solution", is_title=True)
