"""A lock that came with a template is noticed before two sites share their cards."""

from pathlib import Path

from generator.config import load
from generator.pipeline.build import build

_NOW_S = 1_764_000_000


_HEAT = "What is heat?", "Energy in transit.", "Why does it flow?", "Towards more disorder."
_CELL = "Which cell divides?", "A stem cell.", "Who found the nucleus?", "Robert Brown, in orchids."


def _page(texts: tuple[str, str, str, str]) -> str:
    first, answer, second, other = texts
    return (
        f'# P\n\n??? question "{first}"\n\n    {answer}\n\n??? question "{second}"\n\n    {other}\n'
    )


def _build(folder: Path, name: str, texts: tuple[str, str, str, str] = _HEAT) -> list[str]:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "p.md").write_text(_page(texts))
    (folder / "mkdocs.yml").write_text(f"site_name: {name}\n")
    config, problems = load({}, cwd=folder, environ={})
    assert not problems
    report = build(config, cwd=folder, now_s=_NOW_S)
    return [item.code for item in report.diagnostics if item.code == "W636"]


def test_a_copied_lock_is_named_and_one_of_its_own_is_not(tmp_path: Path) -> None:
    assert _build(tmp_path, "Template") == []
    assert _build(tmp_path, "Template") == []
    assert _build(tmp_path, "Copy") == ["W636"]
    (tmp_path / "docs" / "admonki.lock").unlink(missing_ok=True)
    (tmp_path / "admonki.lock").unlink(missing_ok=True)
    for package in (tmp_path / "build").rglob("*.apkg"):
        package.unlink()
    assert _build(tmp_path, "Copy") == []


def test_a_lock_of_which_no_card_is_left_is_named_once(tmp_path: Path) -> None:
    """The copy has the name of the template."""
    assert _build(tmp_path, "Notes") == []
    assert _build(tmp_path, "Notes", _CELL) == ["W636"]
    assert _build(tmp_path, "Notes", _CELL) == []
