"""Cards in Chromium 87, by QtWebEngine 5.15: what they say, in its colours and sizes."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.e2e.cards import FINISH, MEASURE, Frame, answer_side, construct_frames, write_page
from tests.e2e.cards import question_side as asked
from tests.e2e.constructs import AS_WRITTEN
from tests.e2e.engines import screen
from tests.render.rendering import render

pytestmark = pytest.mark.e2e
PROGRAM = Path(__file__).with_name("qtwebengine.py")
PYTHON = os.environ.get("ADMONKI_PYQT5_PYTHON", "/usr/bin/python3")


@pytest.fixture(scope="module")
def display() -> Any:
    """A screen; skipped where there is no old engine."""
    asking = [PYTHON, "-c", "import PyQt5.QtWebEngineWidgets"]
    if not Path(PYTHON).exists() or subprocess.run(asking, capture_output=True).returncode:
        pytest.skip("no QtWebEngine 5.15 (apt-get install python3-pyqt5.qtwebengine)")
    with screen() as name:
        yield name


def run(frames: list[Frame], script: str, folder: Path, display: str, *, picture: str) -> Any:
    """Draw frames in the old engine and return what a function body returns."""
    shown = ROOT / "build" / "e2e"
    shown.mkdir(parents=True, exist_ok=True)
    environ = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "XDG_RUNTIME_DIR": str(folder),
    }
    page = write_page(frames, folder)
    command = [PYTHON, str(PROGRAM), str(page), script, str(shown / f"{picture}-chromium87.png")]
    done = subprocess.run(command, capture_output=True, env=environ, timeout=120, check=True)
    return json.loads(done.stdout)


def test_constructs_fit_and_are_legible(display: str, tmp_path: Path) -> None:
    frames = construct_frames(360)
    found = run(frames, FINISH + MEASURE, tmp_path, display, picture="constructs")
    assert len(found) == len(frames)
    wide = {entry["name"] for entry in found if entry["overflow"]}
    assert {name.partition(",")[0] for name in wide} <= {"formula in a line"}  # it has no :has()
    for fault in ("faint", "small"):
        assert {entry["name"]: entry[fault] for entry in found if entry[fault]} == {}, fault


STYLES = """
const page = document.querySelector("iframe").contentDocument;
const style = (selector) => getComputedStyle(page.querySelector(selector));
return {
  keyword: style(".k").color, string: style(".s2").color, plain: style("pre").color,
  edge: style(".admonition").borderLeftColor, ground: style(".admonition").backgroundColor,
  weight: style(".admonition > p:last-child").fontWeight,
  title: parseFloat(style(".ak-question").fontSize),
  body: parseFloat(style(".admonition > p:last-child").fontSize),
};
"""


@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
def test_colours_and_sizes_are_there(is_night: bool, display: str, tmp_path: Path) -> None:
    body = render('!!! bug "Box"\n    Text\n\n```python\nif x: "y"\n```\n')[0].html
    found = run(
        [Frame("card", asked(body), is_night=is_night), Frame("a", answer_side(body))],
        STYLES,
        tmp_path,
        display,
        picture=f"card-{'night' if is_night else 'light'}",
    )
    assert len({found["keyword"], found["string"], found["plain"]}) == 3
    assert found["edge"] not in (found["ground"], found["plain"])
    assert found["weight"] == "400"
    assert found["title"] > 1.15 * found["body"] > 17


def test_items_and_tables_are_where_they_belong(display: str, tmp_path: Path) -> None:
    frame = Frame("card", answer_side(AS_WRITTEN["small table"] + AS_WRITTEN["loose tasks"]))
    script = (
        "const page = document.querySelector('iframe').contentDocument;"
        "const place = (s) => page.querySelector(s).getBoundingClientRect();"
        "return [place('td').width, place('li > input').right <= place('li').left + 1,"
        " place('li > input').top - place('li').top];"
    )
    width, is_outside, below = run([frame], script, tmp_path, display, picture="items")
    assert width > 30
    assert is_outside
    assert 0 <= below < 12
