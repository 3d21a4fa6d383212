"""`admonki check`."""

import json
from pathlib import Path

import pytest

from generator.commands.check_cards import lint_cards
from generator.errors import Location
from generator.model import CardKind, Fragment, Note
from tests.commands.conftest import Run


def test_check_says_what_is_wrong_with_place_line_and_caret(run: Run, project: Path) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "docs/heat.md:12:1: warning[W301]" in result.stderr
    assert '    12 | ??? question "What is entropy?"\n       | ^\n' in result.stderr
    assert result.stdout.splitlines()[0].startswith("boxes: 3, 2 cards, 1 left: 1 note")
    assert not (project / "docs" / "admonki.lock").exists()
    assert not (project / "build").exists()


def test_strict_makes_a_warning_fail(run: Run, project: Path) -> None:
    assert run("check", "--strict").exit_code == 1
    assert run("check", "docs", "--strict", "-q").stdout == ""


def test_json_holds_diagnostics_and_boxes(run: Run, project: Path) -> None:
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["counts"]["warnings"] == 1
    assert [box["verdict"] for box in report["boxes"]] == ["card", "card", "left"]


def test_github_and_sarif_are_what_they_say(run: Run, project: Path) -> None:
    assert run("check", "--format", "github").stdout.startswith("::warning file=docs/heat.md,")
    log = json.loads(run("check", "--format", "sarif").stdout)
    assert log["runs"][0]["results"][0]["ruleId"] == "W301"


def test_a_code_can_be_silenced_by_the_configuration(run: Run, project: Path) -> None:
    (project / "admonki.toml").write_text('ignore = ["W301"]\n')
    assert run("check", "--strict").exit_code == 0


def test_a_code_can_be_silenced_on_the_page(run: Run, project: Path) -> None:
    page = project / "docs" / "heat.md"
    page.write_text(
        '<!-- admonki: ignore W301 -->\n??? question "What is entropy?"\n', encoding="utf-8"
    )
    assert run("check", "--strict").stderr == ""


@pytest.mark.parametrize(
    ("comment", "expected"),
    [("admonki: ignore W301", (1, "")), ("admonki: skip", (0, "")), ("id: x", (1, "W301"))],
)
def test_a_comment_holds_in_a_box_that_has_nothing_else(
    run: Run, project: Path, comment: str, expected: tuple[int, str]
) -> None:
    page = project / "docs" / "heat.md"
    page.write_text(f'??? question "Why?"\n\n    <!-- {comment} -->\n\nText.\n', encoding="utf-8")
    report = json.loads(run("check", "--format", "json").stdout)
    taken = [box for box in report["boxes"] if box["verdict"] == "card"]
    codes = [item["code"] for item in report["diagnostics"]]
    assert (len(taken), "".join(codes)) == expected


def test_boxes_says_what_became_of_each(run: Run, project: Path) -> None:
    assert 'docs/heat.md:14: left: note "Aside" (' in run("check", "--boxes").stdout


def test_a_link_to_a_page_that_is_not_there_is_named_at_its_column(run: Run, project: Path) -> None:
    (project / "docs" / "b.md").write_text(
        "# B\n\nSee [heat](heat.md), [cold](heta.md) and [web](https://x.example/a.md).\n"
    )
    errors = run("check", "--all").stderr
    assert "docs/b.md:3:29: warning[W510]: the link's page does not exist: heta.md" in errors
    assert 'did you mean "heat.md"?' in errors
    assert errors.count("W510") == 1


def test_a_link_whose_address_is_elsewhere_is_named_at_its_block(run: Run, project: Path) -> None:
    text = "# B\n\nOne\nand [two][x].\n\n[x]: none.md\n"
    (project / "docs" / "b.md").write_text(text, encoding="utf-8")
    assert "docs/b.md:3:1: warning[W510]" in run("check", "--all").stderr


def test_the_hint_about_a_link_is_an_address_that_leads_there(run: Run, project: Path) -> None:
    deep = project / "docs" / "deep"
    deep.mkdir()
    (deep / "cold.md").write_text("# C\n\n[heat](heat.md), [cold](../deep/clod.md)\n")
    errors = run("check", "--all").stderr
    assert 'did you mean "../heat.md"?' in errors
    assert 'did you mean "cold.md"?' in errors


def test_a_wrong_format_is_wrong_usage(run: Run, project: Path) -> None:
    assert run("check", "--format", "xml").exit_code == 2


def note(question: str, answer: str = "x", line: int = 1) -> Note:
    return Note(
        location=Location("a.md", line),
        page="a.md",
        page_title="A",
        section=(),
        anchor="",
        kind=CardKind.BASIC,
        deck="A",
        question=Fragment(question, question),
        answer=Fragment(answer, answer),
        sketch="",
    )


def test_nearly_equal_questions_are_named() -> None:
    notes = [
        note("What does batch normalisation do in a deep network?"),
        note("What does batch normalization do in a deep network?", line=5),
        note("Why is the sky blue?", line=9),
    ]
    (found,) = lint_cards(notes)
    assert (found.code, found.location.line) == ("L340", 5)


def test_questions_that_differ_by_a_number_are_not_alike() -> None:
    notes = [note(f"What happens in step {n} of the proof of the theorem?") for n in (1, 2)]
    assert lint_cards(notes) == ()


def test_long_answers_and_questions_are_named() -> None:
    notes = [note("Why?", "word " * 501), note("word " * 81, line=4)]
    assert [item.code for item in lint_cards(notes)] == ["L341", "L342"]


def test_fronts_and_backs_that_do_not_fit_are_named() -> None:
    notes = [
        note("Exercise 3"),
        note("Exercise 3: draw it", line=4),
        note("A graph with a cycle", "Which edge would you remove?", line=7),
        note("Which graph?", "One with a cycle. Or not?", line=9),
    ]
    found = [(item.code, item.location.line) for item in lint_cards(notes)]
    assert found == [("L344", 1), ("L343", 7)]
