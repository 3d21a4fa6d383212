"""`admonki explain`."""

from pathlib import Path

from tests.commands.conftest import Run

PAGE = """# P

**Exercise:** Why are some reads red?

!!! note "If not"
    Change the colours.

??? done "Answer"
    They are
    far apart.

    Very.

    Really.

    The end.

!!! warning
    Not that.
"""


def test_a_line_in_an_answer_names_rule_question_and_answer(run: Run, project: Path) -> None:
    (project / "docs" / "p.md").write_text(PAGE)
    said = run("explain", "docs/p.md:9").stdout
    assert "docs/p.md:8: answer: its title only announces an answer [ANSWER_TITLE]" in said
    assert "question, lines 3–6:\n    **Exercise:** Why are some reads red?\n" in said
    assert "answer, lines 9–16:\n        They are\n        far apart.\n" in said
    assert "    …\n        The end.\n" in said


def test_a_digit_that_is_no_number_is_part_of_the_name(run: Run, project: Path) -> None:
    assert "docs/p.md:²:1:1: error[E101]" in run("explain", "docs/p.md:²").stderr


def test_a_line_outside_is_explained_by_the_box_above(run: Run, project: Path) -> None:
    (project / "docs" / "p.md").write_text(PAGE)
    assert "docs/p.md:18: left: " in run("explain", "docs/p.md:19").stdout


def test_a_page_without_boxes_is_said_so(run: Run, project: Path) -> None:
    (project / "docs" / "p.md").write_text("# P\n")
    result = run("explain", "docs/p.md")
    assert result.exit_code == 1
    assert "no box" in result.stderr


def test_a_page_that_cannot_be_read_is_reported_as_such(run: Run, project: Path) -> None:
    said = run("explain", "nope.md:3")
    assert "E101" in said.stderr
    assert said.exit_code == 1
