"""What an import leaves as it was is named, with what to do about it."""

from pathlib import Path

from msgspec.structs import replace

from generator.config import Config, MathMode
from generator.pipeline.build import build
from generator.pipeline.memory import Report

_PAGE = '# Losses\n\n## {}\n\n??? question "What is a loss?"\n    A number $x$.\n'


def _build(folder: Path, section: str, day: int, **settings: object) -> Report:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs/p.md").write_text(_PAGE.format(section))
    config = Config(root=folder, sources=(folder / "docs",), output=folder / "build")
    config = replace(config, **settings)
    return build(config, cwd=folder, now_s=1_764_000_000 + 86_400 * day)


def test_cards_that_stay_in_their_old_deck_are_named_with_the_search(tmp_path: Path) -> None:
    assert _build(tmp_path, "Basics", 0).diagnostics == ()
    found = {d.code: d for d in _build(tmp_path, "Ground_work", 1).diagnostics}
    assert "1 card stays in the deck 'Losses::Basics'" in found["L635"].message
    assert 'deck:"Losses::Basics"' in found["L635"].hint
    assert "mid:" in found["L635"].hint
    assert "L635" not in {d.code for d in _build(tmp_path, "Ground_work", 2).diagnostics}
    again = {d.code: d for d in _build(tmp_path, "Basics", 3).diagnostics}
    assert r'deck:"Losses::Ground\_work"' in again["L635"].hint


def test_cards_that_only_look_different_are_counted(tmp_path: Path) -> None:
    _build(tmp_path, "Basics", 0)
    found = _build(tmp_path, "Basics", 1, math=MathMode.MATHJAX).diagnostics
    assert [d.code for d in found] == ["L632"]
    assert "1 card would look different" in found[0].message


def test_cards_that_are_sent_again_are_named_with_the_search(tmp_path: Path) -> None:
    _build(tmp_path, "Basics", 0)
    _build(tmp_path, "Basics", 1, math=MathMode.MATHJAX)
    config = Config(root=tmp_path, sources=(tmp_path / "docs",), output=tmp_path / "build")
    config = replace(config, math=MathMode.MATHJAX)
    now_s = 1_764_000_000 + 86_400 * 2
    (found,) = build(config, cwd=tmp_path, now_s=now_s, refreshes=True).diagnostics
    assert found.code == "L632"
    assert "1 card is sent again, and an import overwrites readers' edits" in found.message
    assert '("ID:' in found.hint
