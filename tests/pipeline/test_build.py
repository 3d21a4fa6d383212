"""From pages on disk to packages on disk."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.errors import Severity
from generator.pipeline.build import build
from generator.pipeline.identify import Identified, dry_run
from generator.pipeline.memory import Report

NOW_S = 1_790_000_000

PAGE = """# Physics

## Motion

??? question "What is speed?"
    Distance over time, $v = s / t$.

??? question "What is inertia?"

## Heat

??? "Open questions"

    1. Gases
        - What is pressure?
        - What is speed?
        - What is heat?
    2. Solids
        - What is ice?
        - What melts?
"""


def write(folder: Path, pages: dict[str, str], **settings: object) -> Config:
    for name, text in pages.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Config(
        root=folder,
        sources=(folder / "source",),
        output=folder / "build",
        **settings,  # type: ignore[arg-type]
    )


def make(folder: Path, pages: dict[str, str], *, is_strict: bool = False) -> Report:
    return build(write(folder, pages), cwd=folder, now_s=NOW_S, is_strict=is_strict)


def look(folder: Path, pages: dict[str, str], **settings: object) -> Identified:
    return dry_run(write(folder, pages, **settings), cwd=folder, now_s=NOW_S)


def names(folder: Path) -> list[str]:
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in found if not name.startswith("source/"))


def test_sections_become_packages_and_unanswered_cards_stay_apart(tmp_path: Path) -> None:
    built = make(tmp_path, {"physics.md": PAGE})
    assert names(tmp_path) == [
        "admonki.lock",
        "build/all.apkg",
        "build/physics/heat-question-bank.apkg",
        "build/physics/motion-question-bank.apkg",
        "build/physics/motion.apkg",
    ]
    assert [d.code for d in built.diagnostics] == ["W301"]


def test_a_bank_leaf_that_is_answered_elsewhere_drops_out(tmp_path: Path) -> None:
    found = look(tmp_path, {"physics.md": PAGE})
    coverage = found.collection.coverage
    assert [(c.answered, c.total) for c in coverage] == [(1, 5)]
    texts = [note.note.question.text for note in found.notes]
    assert texts.count("What is speed?") == 1


def test_decks_are_page_and_section_below_the_root(tmp_path: Path) -> None:
    found = look(tmp_path, {"physics.md": PAGE}, deck_root="Study")
    assert found.notes[0].note.deck == "Study::Physics::Motion"


def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    make(tmp_path, {"physics.md": PAGE})
    first = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    make(tmp_path, {})
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == first


def test_an_error_in_a_page_concerns_its_cards_only(tmp_path: Path) -> None:
    first = make(tmp_path, {"physics.md": PAGE})
    built = make(tmp_path, {"other.md": '??? question ""\n', "bad.md": "---\na: [\n---\n"})
    codes = [d.code for d in built.diagnostics if d.code[0] == "E"]
    assert len(codes) == 2
    assert "E301" in codes
    assert (built.cards, built.packages) == (first.cards, first.packages)
    assert not built.is_stopped


def test_a_strict_build_writes_nothing_after_an_error(tmp_path: Path) -> None:
    make(tmp_path, {"physics.md": PAGE})
    first = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    built = make(tmp_path, {"other.md": '??? question ""\n'}, is_strict=True)
    assert built.is_stopped
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == first


def test_a_card_that_is_left_out_for_an_error_comes_back_as_who_it_was(tmp_path: Path) -> None:
    good = '??? question "What is a ratio?"\n    $\\frac{a}{b}$\n\n??? question "Two?"\n    2\n'
    make(tmp_path, {"a.md": good})
    before = look(tmp_path, {})
    broken = make(tmp_path, {"a.md": good.replace("{b}$", "{b$")})
    assert (broken.cards, broken.left_out) == (1, 1)
    assert {e.guid for e in look(tmp_path, {}).lock.entries if not e.is_gone} == {
        note.guid for note in before.notes
    }
    after = look(tmp_path, {"a.md": good})
    assert [note.guid for note in after.notes] == [note.guid for note in before.notes]


def test_the_same_card_twice_is_an_error_and_the_same_question_a_warning(tmp_path: Path) -> None:
    text = '??? question "Q?"\n    A.\n\n??? question "Q?"\n    A.\n\n??? question "Q?"\n    B.\n'
    built = make(tmp_path, {"a.md": text})
    assert [d.code for d in built.diagnostics] == ["E310", "W310"]


def test_two_sections_with_one_file_name_are_an_error(tmp_path: Path) -> None:
    text = '# P\n\n## A b\n\n??? question "1?"\n    1\n\n## A-b\n\n??? question "2?"\n    2\n'
    built = make(tmp_path, {"a.md": text})
    assert [d.code for d in built.diagnostics] == ["E720"]


def test_missing_and_empty_sources_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    config = Config(
        root=tmp_path, sources=(tmp_path / "none.md", tmp_path / "empty"), output=tmp_path / "b"
    )
    found = build(config, cwd=tmp_path, now_s=NOW_S).diagnostics
    assert [(d.location.path, d.code) for d in found] == [("empty", "E106"), ("none.md", "E101")]
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_the_real_document_builds_whole(shared: Path, tmp_path: Path) -> None:
    seed = shared / "seeds" / "llm-interview-questions.md"
    config = Config(root=tmp_path, sources=(seed,), output=tmp_path / "build")
    built = build(config, cwd=tmp_path, now_s=NOW_S)
    notes = [known.note for known in dry_run(config, cwd=tmp_path, now_s=NOW_S).notes]
    assert sum(not note.is_unanswered for note in notes) == 9
    assert sum(note.is_bank for note in notes) == seed.read_text("utf-8").count("•\t")
    assert all(found.severity is Severity.LINT for found in built.diagnostics)
    assert len(built.packages) == 3


@pytest.mark.parametrize("question", ["0", "1.0", "1e3", "-7", " 42 "])
def test_a_question_that_is_a_number_is_packed(tmp_path: Path, question: str) -> None:
    """SQLite keeps the sort field of such a note as a number."""
    assert not make(tmp_path, {"a.md": f'??? question "{question}"\n    {question}\n'}).has_errors
