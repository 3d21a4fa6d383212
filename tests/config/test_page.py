"""Settings in a page's front matter."""

from pathlib import Path

import pytest

from generator.config import Config, MathMode, load, page_config
from generator.pipeline.identify import dry_run


def test_a_page_has_its_own_math_and_its_macros_join_those_of_the_project() -> None:
    project = Config(macros={"\\R": "\\mathbb{R}", "\\E": "a"})
    options = {"math": "mathjax", "macros": {"E": "b"}}
    config, problems = page_config(project, options, path="a.md")
    assert problems == ()
    assert config.math is MathMode.MATHJAX
    assert config.macros == {"\\R": "\\mathbb{R}", "\\E": "b"}


def test_what_is_wrong_is_said_of_the_page() -> None:
    config, problems = page_config(Config(), {"maht": "x", "math": 3, "output": "x"}, path="a.md")
    assert [str(item) for item in problems] == [
        'a.md:1:1: error[E803]: unknown key "maht"',
        'a.md:1:1: error[E804]: "math" must be "mathml" or "mathjax", not a number',
        'a.md:1:1: error[E803]: unknown key "output"',
    ]
    assert config == Config()


PAGE = """\
---
admonki:
  card_types: [example]
  macros:
    \\R: \\mathbb{R}
  ignore: [W301]
---
# P

??? example "Which line is $\\R$?"
"""


def test_they_hold_from_reading_to_rendering(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAGE, encoding="utf-8")
    config, _ = load({"sources": (Path("p.md"),)}, cwd=tmp_path)
    found = dry_run(config, cwd=tmp_path, now_s=1_700_000_000)
    assert found.diagnostics == ()
    note = found.notes[0].note
    assert "ℝ" in note.question.html or 'mathvariant="double-struck"' in note.question.html


@pytest.mark.parametrize(
    ("root", "wanted", "given"),
    [
        ("Course", "Course", "Course"),
        ("Course", "Course::Part", "Course::Part"),
        ("Course", "Other", "Course::Other"),
        ("Course", "Courses", "Course::Courses"),
        ("Course", "", "Course"),
        ("", "Other", "Other"),
    ],
)
def test_a_page_stays_below_the_decks_of_its_project(root: str, wanted: str, given: str) -> None:
    config, found = page_config(Config(deck_root=root), {"deck_root": wanted}, path="a.md")
    assert config.deck_root == given
    assert [item.code for item in found] == ([] if given == wanted else ["W810"])
