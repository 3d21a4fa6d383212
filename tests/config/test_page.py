"""Settings in a page's front matter."""

from pathlib import Path

import pytest

from generator.config import Config, MathMode, load, page_config
from generator.model import FrontMatter
from generator.pipeline.identify import dry_run
from generator.reader.page import read_text


def test_a_page_has_its_own_math_and_its_macros_join_those_of_the_project() -> None:
    project = Config(macros={"\\R": "\\mathbb{R}", "\\E": "a"})
    options: dict[str, object] = {"math": "mathjax", "macros": {"E": "b"}}
    config, problems = page_config(project, FrontMatter(options=options), path="a.md")
    assert problems == ()
    assert config.math is MathMode.MATHJAX
    assert config.macros == {"\\R": "\\mathbb{R}", "\\E": "b"}


def test_what_is_wrong_is_said_of_the_page() -> None:
    text = "---\ntitle: a\nadmonki:\n  maht: x\n  math: 3\n  macros: {E: [1]}\n  output: x\n---\n"
    source, _ = read_text(text, page="a.md", display="a.md")
    config, problems = page_config(Config(), source.front_matter, path="a.md")
    assert [str(item) for item in problems] == [
        'a.md:4:3: error[E803]: unknown key "maht"',
        'a.md:5:9: error[E804]: "math" must be "mathml" or "mathjax", not a number',
        'a.md:6:15: error[E804]: "macros" must be a table of strings, not a list',
        'a.md:7:3: error[E803]: unknown key "output"',
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
    settings = FrontMatter(options={"deck_root": wanted})
    config, found = page_config(Config(deck_root=root), settings, path="a.md")
    assert config.deck_root == given
    assert [item.code for item in found] == ([] if given == wanted else ["W810"])
