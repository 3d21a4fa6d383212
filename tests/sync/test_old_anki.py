"""The same on an older Anki: 24.11, in an environment of its own."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

from generator.config import load
from generator.pipeline.build import build

pytestmark = [pytest.mark.slow, pytest.mark.e2e]

_VERSION = "24.11"
_NOW_S = 1_700_000_000
_FIRST = """# Losses

## Basics

??? question "What is a loss?"
    A number that says how wrong a prediction is.

??? question "What is a risk?"
    The expected loss over the distribution of the data.

??? question "What is cross-entropy?"
    The mean surprise under another distribution, $-\\sum p \\log q$.
"""


@pytest.fixture(scope="module")
def old_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python with the old library: of ADMONKI_OLD_ANKI, or made here."""
    given = os.environ.get("ADMONKI_OLD_ANKI")
    if given:
        return given
    folder = tmp_path_factory.mktemp("old-anki")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    command = [str(python), "-m", "pip", "install", "-q", f"anki=={_VERSION}"]
    # the exact versions of CI are those of the newest Anki
    environ = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    installed = subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=False, env=environ
    )
    if installed.returncode:
        last = installed.stderr.strip().splitlines()[-1:]
        pytest.skip(f"anki {_VERSION} cannot be installed here: {''.join(last)}")
    return str(python)


def _package(folder: Path, text: str, css: str, day: int) -> str:
    (folder / "source").mkdir(exist_ok=True)
    (folder / "source/losses.md").write_text(text)
    (folder / "own.css").write_text(css)
    (folder / "admonki.toml").write_text('sources = ["source"]\ncss = ["own.css"]\n')
    config, problems = load({}, cwd=folder, environ={})
    assert problems == ()
    built = build(config, cwd=folder, now_s=_NOW_S + 86_400 * day)
    assert not built.has_errors
    target = folder / f"{day}.apkg"
    target.write_bytes((folder / "build/all.apkg").read_bytes())
    return str(target)


def test_updates_arrive_and_reviews_and_edits_stay(tmp_path: Path, old_python: str) -> None:
    second = _FIRST.replace("how wrong a prediction is", "how bad a prediction is")
    third = second.replace("What is cross-entropy?", "How is cross-entropy defined?")
    packages = [
        _package(tmp_path, _FIRST, ".card { top: 1px; }", 0),
        _package(tmp_path, _FIRST, ".card { top: 1px; }", 1),
        _package(tmp_path, second, ".card { top: 1px; }", 2),
        _package(tmp_path, third, ".card { top: 2px; }", 3),
    ]
    script = Path(__file__).with_name("old_reader.py")
    ran = subprocess.run(
        [old_python, str(script), str(tmp_path), *packages],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    # Anki prints "blocked main thread for …" between our lines
    lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]
    states: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert [state["log"]["new"] for state in states] == [3, 0, 0, 0]
    assert [state["log"]["updated"] for state in states] == [0, 0, 1, 1]
    assert [state["log"]["conflicting"] for state in states] == [0, 0, 0, 0]
    assert all(state["is_sound"] for state in states)
    last = states[-1]
    assert last["reviews"] == [1, 1, 1]
    assert "How is cross-entropy defined?" in last["questions"]
    assert sum("how bad a prediction is" in answer for answer in last["answers"]) == 1
    (edited,) = (at for at, answer in enumerate(last["answers"]) if "my own words" in answer)
    assert "mine" in last["tags"][edited]
    assert "top: 1px" in states[2]["css"]
    assert "top: 2px" in last["css"]
    assert len({state["note_types"] for state in states}) == 1
