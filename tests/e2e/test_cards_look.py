"""Cards in a real browser: no sideways scroll at phone width, contrast in both themes."""

import json
import re
from html import escape, unescape
from pathlib import Path

import pytest

from generator.apkg.card import render_cards
from generator.apkg.notetypes import NoteType, note_types
from generator.config import Config
from generator.model import CardKind
from generator.pipeline.identify import dry_run
from tests.apkg.conftest import MOD_S, a_note
from tests.conftest import ROOT
from tests.e2e.chromium import Chromium, chromium
from tests.e2e.constructs import CONSTRUCTS

pytestmark = pytest.mark.e2e
__all__ = ["chromium"]  # the fixture

_PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")


def _frame(name: str, html: str, *, css: str, is_night: bool, width: int) -> str:
    classes = "card card1 nightMode night_mode" if is_night else "card card1"
    # What desktop Anki's own style sheet says, ours must hold its ground against it.
    anki = (
        "body{margin:20px;overflow-wrap:break-word}"
        "body.nightMode{background-color:#2c2c2c;color:#fcfcfc}"
        "hr{background-color:#737373;margin:1em 0;border:none;height:1px}"
        "img{max-width:100%;max-height:95vh}"
    )
    page = (
        f"<!DOCTYPE html><html><head><style>{anki}</style></head><body class='{classes}'>"
        f"<div id='qa'><style>{css}</style>{html}</div></body></html>"
    )
    return (
        f'<iframe title="{escape(name)}" width="{width}" height="800" style="border:0" '
        f'srcdoc="{escape(page)}"></iframe>'
    )


def _measure(chromium: Chromium, folder: Path, frames: str) -> list[dict[str, object]]:
    page = folder / "cards.html"
    probe = f"<script>{_PROBE}</script><pre id=result></pre>"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{frames}{probe}", encoding="utf-8")
    dom = chromium.dom(page)
    match = re.search(r'<pre id="result">(.*?)</pre>', dom, re.DOTALL)
    assert match is not None
    found: list[dict[str, object]] = json.loads(unescape(match[1]))
    return found


@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_scrolls_sideways_and_all_is_legible(
    width: int, is_night: bool, chromium: Chromium, tmp_path: Path
) -> None:
    types = note_types()
    frames = "".join(
        _frame(f"{name} {side}", html, css=types[0].css, is_night=is_night, width=width)
        for name, body in CONSTRUCTS.items()
        for side, html in _sides(body, types)
    )
    found = _measure(chromium, tmp_path, frames)
    assert len(found) == 2 * len(CONSTRUCTS)
    assert [entry for entry in found if entry["overflow"] or entry["faint"]] == []


def test_the_probe_sees_what_it_looks_for(chromium: Chromium, tmp_path: Path) -> None:
    bad = '<div style="width:900px">wide</div><p style="color:#999;background:#bbb">faint</p>'
    frame = _frame("bad", bad, css="", is_night=False, width=360)
    (found,) = _measure(chromium, tmp_path, frame)
    assert found["overflow"]
    assert found["faint"]


def _sides(body: str, types: tuple[NoteType, ...]) -> list[tuple[str, str]]:
    (asked,) = render_cards(a_note(question=f"Why? {body}"), note_types=types)
    reversed_, *_ = reversed(
        render_cards(a_note(answer=body, kind=CardKind.REVERSED), note_types=types)
    )
    return [("in the question", asked.front), ("in the answer", reversed_.back)]


@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
def test_pictures_of_both_themes_differ_and_are_not_blank(
    is_night: bool, chromium: Chromium, tmp_path: Path
) -> None:
    types = note_types()
    card = render_cards(a_note(answer=CONSTRUCTS["boxes"]), note_types=types)[0]
    frame = _frame("card", card.back, css=types[0].css, is_night=is_night, width=360)
    (tmp_path / "card.html").write_text(f"<meta charset=utf-8>{frame}", encoding="utf-8")
    png = tmp_path / "card.png"
    chromium.picture(tmp_path / "card.html", png, width=500, height=800)
    blank = tmp_path / "blank.html"
    blank.write_text("")
    chromium.picture(blank, tmp_path / "blank.png", width=500, height=800)
    assert png.stat().st_size > 3 * (tmp_path / "blank.png").stat().st_size


@pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])
def test_all_cards_of_our_own_pages_fit_a_phone(
    is_night: bool, chromium: Chromium, tmp_path: Path
) -> None:
    config = Config(root=tmp_path, sources=(ROOT / "source",))
    found = dry_run(config, cwd=ROOT, now_s=MOD_S)
    frames = [
        _frame(note.key, card.back, css=found.note_types[0].css, is_night=is_night, width=360)
        for note in found.notes
        for card in render_cards(note, note_types=found.note_types)
    ]
    assert len(frames) > 50
    measured = _measure(chromium, tmp_path, "".join(frames))
    assert [entry for entry in measured if entry["overflow"] or entry["faint"]] == []
