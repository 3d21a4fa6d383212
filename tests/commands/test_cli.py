"""The command line as a whole."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from generator.cli import COMMANDS
from generator.version import __version__
from tests.commands.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_list_is_there_under_its_name(name: str) -> None:
    command = import_module(COMMANDS[name][0]).command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_do_not_import_what_a_build_needs(argument: str) -> None:
    code = (
        "import sys; sys.argv = ['admonki', sys.argv[1]]\n"
        "from generator.cli import main\n"
        "try: main(prog_name='admonki')\n"
        "except SystemExit: pass\n"
        "heavy = {'yaml', 'markdown_it', 'genanki', 'nh3', 'pygments', 'sqlite3', 'asyncio'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", code, argument]
    done = subprocess.run(command, cwd=ROOT, env=_unmeasured(), capture_output=True, text=True)
    assert done.stderr == ""


@pytest.mark.slow
def test_help_takes_about_a_seventh_of_a_second_at_most() -> None:
    best = min(_seconds() for _ in range(5))
    assert best < 0.15 * 2  # twice the aim, for slow machines


def _seconds() -> float:
    """Processor time: what else the machine does is not our time."""
    before = os.times()
    command = [sys.executable, "-m", "generator", "--help"]
    subprocess.run(command, cwd=ROOT, env=_unmeasured(), capture_output=True, check=True)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


def _unmeasured() -> dict[str, str]:
    """An environment in which a measured run of the tests does not follow us."""
    return {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}


def test_version_names_the_program(run: Run) -> None:
    assert run("--version").output == f"admonki, version {__version__}\n"


def test_a_slip_of_the_pen_is_answered_with_the_nearest_command(run: Run) -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert "No such command 'chek'. Did you mean 'check'?" in result.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\ntext [[b]]\n", "no boxes found: a card is made of a box such as ??? question"),
        ("# A\n\n!!! aside\n    b\n\n!!! aside\n    c\n", "found 2 aside. admonki check --boxes"),
    ],
)
def test_a_build_without_cards_says_what_it_found(
    run: Run, project: Path, text: str, said: str
) -> None:
    (project / "docs" / "heat.md").write_text(text, encoding="utf-8")
    result = run("build")
    assert said in result.output


def test_pages_of_quarto_and_docusaurus_are_pages(run: Run, project: Path) -> None:
    for name in ("a.qmd", "b.mdx"):
        (project / "docs" / name).write_text(f'??? question "What is {name}?"\n    A page.\n')
    assert "3 pages, " in run("build").output


def test_without_pages_a_command_says_how_to_name_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "which pages?" in result.output
