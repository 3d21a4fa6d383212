"""The public interface: a few typed names, loaded late; the documented examples run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import generator
from generator import AdmonkiError, Diagnostic, build, check, find_cards, load_config
from tests.conftest import ROOT

_PAGE = """# Heat

??? question "What is heat?"
    Energy in transfer, $Q$.

??? question "What is entropy?"
"""
_EXAMPLES = re.findall(
    r"```python\n(.*?)```",
    (ROOT / "docs" / "reference" / "library.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "notes"
    (folder / "source").mkdir(parents=True)
    (folder / "admonki.toml").write_text('sources = ["source"]\n')
    (folder / "source" / "heat.md").write_text(_PAGE)
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_project_is_built_and_listed(notes: Path) -> None:
    config = load_config(notes, deck_root="Study")
    report = build(config, now_s=1_790_000_000)
    assert (report.cards, report.unanswered, report.has_errors) == (1, 1, False)
    assert [path.relative_to(notes).as_posix() for path in report.packages][-1] == "build/all.apkg"
    first, second = find_cards(config)
    assert (first.deck, first.path, first.line) == ("Study::Heat", "notes/source/heat.md", 3)
    assert (first.answer[:20], second.is_unanswered) == ("<p>Energy in transfe", True)
    assert first.fields["ID"] == first.id
    assert first.guid != second.guid


def test_findings_are_values(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = check(load_config(notes))
    assert all(isinstance(item, Diagnostic) for item in found)
    assert "W301" in [item.code for item in found]
    assert not (notes / "build").exists()
    assert capsys.readouterr() == ("", "")


def test_a_wrong_configuration_is_raised(notes: Path) -> None:
    (notes / "admonki.toml").write_text("deck_rot = 1\n")
    with pytest.raises(AdmonkiError, match="E803"):
        load_config(notes)


def test_settings_are_checked_as_those_of_a_file_are(notes: Path) -> None:
    for wrong, code in (({"deck_rot": "Study"}, "E803"), ({"deck_root": 5}, "E804")):
        with pytest.raises(AdmonkiError, match=code):
            load_config(notes, **wrong)
    config = load_config(notes, sources=("source/heat.md",), output=Path("out"), jobs=2)
    assert config.sources == (notes / "source" / "heat.md",)
    assert (config.output, config.jobs) == (notes / "out", 2)


def test_it_names_what_it_offers() -> None:
    assert set(generator.__all__) <= set(dir(generator))
    assert all(getattr(generator, name) for name in generator.__all__)
    with pytest.raises(AttributeError):
        _ = generator.nothing


def test_it_is_loaded_when_it_is_asked_for() -> None:
    script = "import sys, generator; print('generator.api' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert ran.stdout == b"False\n"


@pytest.mark.parametrize("example", _EXAMPLES)
def test_the_examples_run(example: str, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example, "docs/reference/library.md", "exec"), {})
    capsys.readouterr()


def test_there_are_examples() -> None:
    assert len(_EXAMPLES) == 4


def test_another_package_of_that_name_in_the_working_directory_is_not_taken_for_us(
    tmp_path: Path,
) -> None:
    """By the command and `python -P -m`, not by `python -m`: see docs/reference/library.md."""
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "__init__.py").write_text("raise SystemExit('theirs')\n")
    for command in (
        [str(Path(sys.executable).with_name("admonki")), "--version"],
        [sys.executable, "-P", "-m", "generator", "--version"],
    ):
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ran.stdout.startswith("admonki, version"), ran.stderr
