"""Reviews by card, section and page, from logs that Anki wrote."""

import json
from pathlib import Path

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from click.testing import CliRunner

from generator.cli import main

_PAGE = """\
# Learning

## Hard

??? question "Forgotten?"

    Yes.

## Easy

??? question "Known?"

    Yes.

??? question "Never seen?"

    No.
"""


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export in which one card was failed twice and one was known."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "p.md").write_text(_PAGE, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: N\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    col = Collection(str(tmp_path / "reader.anki2"))
    package = str(tmp_path / "build" / "all.apkg")
    col.import_anki_package(ImportAnkiPackageRequest(package_path=package))
    for section, eases in (("Hard", (1, 1, 3)), ("Easy", (4,))):
        deck = next(d for d in col.decks.all_names_and_ids() if d.name.endswith(section))
        col.decks.select(DeckId(deck.id))
        for ease in eases:
            card = col.sched.getCard()
            assert card is not None
            col.sched.answerCard(card, ease)  # type: ignore[arg-type]
    path = tmp_path / "reader.apkg"
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=False, legacy=False
    )
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    col.close()
    return path


def test_the_worst_comes_first_at_its_place(export: Path) -> None:
    result = CliRunner().invoke(main, ["stats", "--reviews", str(export), "--format", "json"])
    found = json.loads(result.stdout)
    assert [(card["place"], card["failed"], card["answers"]) for card in found["cards"]] == [
        ("docs/p.md:5:1", 2, 3),
        ("docs/p.md:11:1", 0, 1),
    ]
    assert [(s["name"], s["failed"], s["cards"]) for s in found["sections"]] == [
        ("Hard", 2, 1),
        ("Easy", 0, 1),
    ]
    assert [(page["place"], page["answers"]) for page in found["pages"]] == [("docs/p.md", 4)]


@pytest.mark.parametrize("style", ["text", "markdown"])
def test_tables_name_each_card(export: Path, style: str) -> None:
    out = CliRunner().invoke(main, ["stats", "--reviews", str(export), "--format", style]).stdout
    assert out.index("Forgotten?") < out.index("Known?")
    assert "docs/p.md:5:1" in out
    assert "Never seen?" not in out
