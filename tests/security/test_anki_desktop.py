"""The hostile pages in desktop Anki itself."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.security.vectors import render_vector, vectors

_PYTHON = os.environ.get("ADMONKI_AQT_PYTHON", "")


@pytest.mark.e2e
@pytest.mark.skipif(not _PYTHON, reason="ADMONKI_AQT_PYTHON names no interpreter that has aqt")
def test_no_vector_fires_in_anki(tmp_path: Path) -> None:
    cards = [render_vector(vector).html for vector in vectors()]
    # Without these the canary would prove nothing.
    live = ("<img src=x onerror=canary()>", "<b onclick=canary()>x</b>")
    page, report = tmp_path / "cards.json", tmp_path / "fired.json"
    page.write_text(json.dumps([*cards, *live]), encoding="utf-8")
    script = Path(__file__).with_name("anki_desktop.py")
    command = [_PYTHON, str(script), str(page), str(report)]
    subprocess.run(command, capture_output=True, timeout=600, check=False)
    fired = set(json.loads(report.read_text(encoding="utf-8")))
    assert fired >= {len(cards), len(cards) + 1}
    assert {vectors()[number] for number in fired if number < len(cards)} == set()
