"""The examples of "Come from another tool" build as they are, into the cards they promise."""

import re
from pathlib import Path

import pytest

from generator.config import load
from generator.pipeline.identify import dry_run

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "come-from.md"
_EXAMPLE = re.compile(r"^```markdown\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUESTIONS = {
    "Obsidian": ["What does a mitochondrion do?"],
    "ankdown": ["Expand (p+q)^2"],
    "mdanki": ["What is the symbol of iron?"],
    "hashcards": ["What is the capital of Kenya?", "Water boils at 100 °C at sea level."],
    "genanki": ["Capital of Peru"],
}


def _examples() -> dict[str, str]:
    text = _PAGE.read_text(encoding="utf-8")
    _, *parts = re.split(rf"^## ({'|'.join(_QUESTIONS)})$", text, flags=re.MULTILINE)
    return {
        name: "\n".join(_EXAMPLE.findall(body))
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_tool_has_an_example() -> None:
    assert _examples().keys() == _QUESTIONS.keys()
    assert all(_examples().values())


@pytest.mark.parametrize("name", _QUESTIONS)
def test_an_example_gives_its_cards(name: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    if name == "Obsidian":
        (tmp_path / "docs" / ".obsidian").mkdir()
    (tmp_path / "docs" / "page.md").write_text(_examples()[name], encoding="utf-8")
    config, problems = load({"sources": (tmp_path / "docs",)}, cwd=tmp_path, environ={})
    assert not problems
    found = dry_run(config, cwd=tmp_path, now_s=1_764_000_000)
    assert not found.diagnostics
    assert [note.note.question.text for note in found.notes] == _QUESTIONS[name]
    assert not any(note.note.is_unanswered for note in found.notes)
