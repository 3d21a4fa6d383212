"""The hostile pages in desktop Anki itself, with its own MathJax."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.security.canary import EVENTS, LOADING, cards, groups_of, texts_of_group

_PYTHON = os.environ.get("ADMONKI_AQT_PYTHON", "")
_SIZE = 150
_LIVE = (
    "<img src=x onerror=canary()>",
    "<b onclick=canary()>x</b>",
    "\\(\\href{javascript:canary()}{x}\\)",
    *LOADING[:1],
)
"""Without these the canary would prove nothing."""


@pytest.mark.e2e
@pytest.mark.skipif(not _PYTHON, reason="ADMONKI_AQT_PYTHON names no interpreter that has aqt")
def test_no_card_runs_or_loads_anything_in_anki(tmp_path: Path) -> None:
    groups = groups_of([html for _, html in cards()], _SIZE)
    shown, told = tmp_path / "shown.json", tmp_path / "told.json"
    shown.write_text(json.dumps({"cards": [*groups, *_LIVE], "events": EVENTS}), encoding="utf-8")
    script = Path(__file__).with_name("anki_desktop.py")
    command = [_PYTHON, str(script), str(shown), str(told)]
    subprocess.run(command, capture_output=True, timeout=1200, check=False)
    found = json.loads(told.read_text(encoding="utf-8"))
    assert set(found["fired"]) >= set(range(len(groups), len(groups) + 3))
    assert [texts_of_group(n, _SIZE) for n in found["fired"] if n < len(groups)] == []
    assert set(found["requested"]) == {"https://elsewhere.example/a.png"}
