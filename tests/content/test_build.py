"""The decks build with the lock that is committed."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.content.pages import SOURCE


def test_the_decks_build_and_check_finds_nothing_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error: a change of note types or ids would keep readers from updating."""
    shutil.copytree(SOURCE, tmp_path / "source")
    shutil.copy(SOURCE.parent / "pyproject.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build"):
        result = CliRunner().invoke(main, [command])
        assert result.exit_code == 0, result.output
