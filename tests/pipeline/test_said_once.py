"""What a build says about identity: in the build in which it happens, and then no more."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

_ANSWER = "    Units are switched off at random, so that the network relies on no single one.\n"


def test_a_reworded_card_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ADMONKI_CACHE_DIR", str(tmp_path / "cache"))
    page = tmp_path / "source/a.md"
    page.parent.mkdir()
    page.write_text(f'# T\n\n??? question "What is dropout?"\n{_ANSWER}')
    assert _build().count("\n") == 1
    page.write_text(f'# T\n\n??? question "How does dropout regularise?"\n{_ANSWER}')
    words = "1 reworded card kept the reviews"
    assert words in _build()
    assert words not in _build()
    assert words not in _build("--verbose")


def _build(*options: str) -> str:
    result = CliRunner().invoke(main, ["build", *options])
    assert result.exit_code == 0, result.output
    return result.output
