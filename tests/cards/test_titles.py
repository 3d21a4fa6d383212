"""Titles that say what a box is, not what is asked."""

import pytest

from generator.cards.titles import (
    is_answer_title,
    is_asking,
    is_hint_title,
    is_material_title,
    is_question_label,
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


def test_own_titles_can_be_added() -> None:
    assert is_answer_title("Our verdict!", known=frozenset({"our verdict"}))


def test_labels_hints_and_material_are_told_apart() -> None:
    assert is_question_label("Exercise 3.b")
    assert not is_question_label("Exercise your rights")
    assert is_hint_title("Astuce n°2")
    assert is_material_title("Full JSON output")
    assert not is_material_title("Explain the configuration")
    assert not is_material_title("What does this code do?")


def test_a_question_asks_by_its_end_or_its_first_word() -> None:
    assert is_asking("Really?**")
    assert is_asking("Explain dropout.")
    assert is_asking("为什么？")
    assert not is_asking("Question Bank: TBD")
