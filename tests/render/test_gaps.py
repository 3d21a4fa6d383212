"""Marks of cloze cards: numbers and hints that their author gives."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.pipeline.identify import dry_run


def _question(folder: Path, body: str, kind: str = "cloze") -> tuple[str, list[str]]:
    (folder / "docs").mkdir()
    (folder / "docs/p.md").write_text(f'??? question {kind} "Water"\n    {body}\n')
    config = Config(root=folder, sources=(folder / "docs",), output=folder / "build")
    found = dry_run(config, cwd=folder, now_s=1_764_000_000)
    return "".join(found.notes[0].fields[1:3]), [d.code for d in found.diagnostics]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It is ==ice== at ==0 °C==.", "It is {{c1::ice}} at {{c2::0 °C}}."),
        ("It is ==ice=={ gap=2 } at ==0 °C==.", "It is {{c2::ice}} at {{c3::0 °C}}."),
        ("==ice=={ gap=1 } and ==snow=={ gap=1 }", "{{c1::ice}} and {{c1::snow}}"),
        ('==ice=={ hint="cold & {{::}}" }', "{{c1::ice::cold &amp; &#123;&#123;&#58;&#58;"),
        ('==ice=={ gap=7 hint="solid" .x }', "{{c7::ice::solid}}"),
    ],
)
def test_numbers_and_hints(tmp_path: Path, body: str, expected: str) -> None:
    html, codes = _question(tmp_path, body)
    assert expected in html
    assert codes == []


@pytest.mark.parametrize("number", ["first", "500", "-1", "1.5"])
def test_a_number_that_cannot_be_one_is_named(tmp_path: Path, number: str) -> None:
    html, codes = _question(tmp_path, f"==ice=={{ gap={number} }}")
    assert "{{c1::ice}}" in html
    assert codes == ["W303"]


def test_in_other_cards_a_mark_is_a_mark(tmp_path: Path) -> None:
    html, codes = _question(tmp_path, '==ice=={ gap=1 hint="x" }', kind="")
    assert "<mark>ice</mark>" in html
    assert codes == []
