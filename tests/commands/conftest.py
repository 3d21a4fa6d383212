"""A project to run commands in, and a way to run them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

PAGE = """\
---
tags: [physics]
---
# Heat

## Basics

??? question "What is heat?"

    Energy in transfer, $Q = mc\\,\\Delta T$.

??? question "What is entropy?"

!!! note "Aside"

    Not a card.
"""

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one page, as the working directory."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "heat.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Run a command as the shell would."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="admonki")

    return invoke
