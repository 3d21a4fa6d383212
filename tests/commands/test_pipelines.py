"""The GitHub Action and the pre-commit hook call what exists."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import click
import pytest
import yaml

from generator.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
_CALL = re.compile(r"^\s*(?:-?\s*run: )?admonki (\w+)([^\n|]*)", re.MULTILINE)


def check_calls(text: str) -> int:
    """Check that every `admonki NAME --option` of a text names what exists; count them."""
    calls = list(_CALL.finditer(text))
    for call in calls:
        assert call[1] in COMMANDS, call[0]
        command = import_module(COMMANDS[call[1]][0]).command
        assert isinstance(command, click.Command)
        known = {name for option in command.params for name in option.opts}
        known |= {"--help", "-h"}
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", call[2]):
            assert option in known, call[0]
    return len(calls)


def test_the_action_is_valid_and_calls_what_exists() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    action = yaml.safe_load(text)
    assert action["runs"]["using"] == "composite"
    assert all("shell" in step for step in action["runs"]["steps"] if "run" in step)
    assert check_calls(text) == 2
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(action["inputs"])


def test_no_input_of_the_action_stands_in_a_script() -> None:
    """An expression inside `run` would let a caller's text become shell code."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert not [step for step in action["runs"]["steps"] if "${{" in step.get("run", "")]


def test_the_hook_calls_what_exists() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert check_calls(hook["entry"]) == 1
    assert re.search(hook["files"], "docs/a.md")


def test_ci_runs_on_each_system_with_each_python_that_we_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert {system.partition("-")[0] for system in matrix["os"]} == {"ubuntu", "windows", "macos"}
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert matrix["python"] == named


def test_every_action_is_pinned_by_the_same_commit_everywhere() -> None:
    files = [ROOT / "action.yml", *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    pins = set(
        re.findall(r"uses: ([\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", text, re.MULTILINE)
    )
    assert len(re.findall(r"uses: (?!\./)", text)) > len(pins) == len({name for name, *_ in pins})


def test_zizmor_finds_nothing() -> None:
    zizmor = shutil.which("zizmor", path=Path(sys.executable).parent)
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    run = [zizmor, "--offline", "--quiet", ".github", "action.yml"]
    found = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_workflow_grants_more_than_a_job_needs() -> None:
    writes = {
        (file.stem, name, right)
        for file in (ROOT / ".github" / "workflows").glob("*.yml")
        for workflow in [yaml.safe_load(file.read_text(encoding="utf-8"))]
        for name, job in workflow["jobs"].items()
        for right, level in {**workflow["permissions"], **job["permissions"]}.items()
        if level == "write"
    }
    assert writes == {
        ("release", "publish", "id-token"),
        ("release", "publish", "attestations"),
        ("release", "github", "contents"),
    }
