"""Whole cards in three engines: what is wide, faint, small, or shown by one engine alone."""

from pathlib import Path

import pytest

from generator.apkg.card import render_cards
from generator.config import Config
from generator.pipeline.identify import dry_run
from tests.apkg.conftest import MOD_S
from tests.conftest import ROOT
from tests.e2e.cards import BOXES, Frame, answer_side, construct_frames, draw, measure
from tests.e2e.constructs import AS_WRITTEN, CONSTRUCTS
from tests.e2e.engines import NAMES, Engine, engine, opened

pytestmark = pytest.mark.e2e
__all__ = ["engine"]  # the fixture

AT_ONCE = 120  # frames of a page
NIGHT = pytest.mark.parametrize("is_night", [False, True], ids=["light", "night"])


@NIGHT
@pytest.mark.parametrize("width_px", [360, 1100])
def test_nothing_scrolls_sideways_and_all_is_legible(
    width_px: int, is_night: bool, engine: Engine, tmp_path: Path
) -> None:
    found = measure(engine, construct_frames(width_px, is_night=is_night), tmp_path)
    assert len(found) == 2 * len(CONSTRUCTS)
    for fault in ("overflow", "faint", "small"):
        assert {entry["name"]: entry[fault] for entry in found if entry[fault]} == {}, fault


def test_the_measure_sees_what_it_looks_for(engine: Engine, tmp_path: Path) -> None:
    bad = (
        '<div class="admonki"><div style="width:900px">wide</div>'
        '<p style="color:#999;background:#bbb">faint</p><p style="font-size:11px">small</p></div>'
    )
    (found,) = measure(engine, [Frame("bad", bad, 360)], tmp_path)
    assert found["overflow"] > 500
    assert [name.split()[0] for name in found["faint"]] == ["p"]
    assert found["small"] == ["p 11"]


def test_all_cards_of_our_own_pages_fit_a_phone(engine: Engine, tmp_path: Path) -> None:
    """Chromium draws all of them, the others every third."""
    config = Config(root=tmp_path, sources=(ROOT / "source",))
    found = dry_run(config, cwd=ROOT, now_s=MOD_S)
    frames = [
        Frame(note.key, card.back, 360)
        for note in found.notes
        for card in render_cards(note, note_types=found.note_types)
    ]
    assert len(frames) > 50
    drawn = frames if engine.name == "chromium" else frames[::3]
    for start in range(0, len(drawn), AT_ONCE):
        measured = measure(engine, drawn[start : start + AT_ONCE], tmp_path)
        for fault in ("overflow", "faint", "small"):
            assert {entry["name"]: entry[fault] for entry in measured if entry[fault]} == {}, fault


@pytest.fixture(scope="module")
def in_all_engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    """Construct → the boxes that each engine makes of it, engine by engine."""
    frames = [Frame(name, answer_side(body)) for name, body in AS_WRITTEN.items()]
    boxes: dict[str, list[list[object]]] = {}
    for name in NAMES:
        with opened(name, tmp_path_factory.mktemp("profile")) as window:
            draw(window, frames, tmp_path_factory.mktemp("page"))
            for frame, found in zip(frames, window.measure(BOXES), strict=True):
                boxes.setdefault(frame.name, []).append(found)
    return boxes


def test_engines_give_each_box_the_same_place_and_size(
    in_all_engines: dict[str, list[list[list[float]]]],
) -> None:
    """Within 6 px and a tenth: fonts are the same, line boxes around formulas are not quite."""
    differing = [
        f"{construct}: {places}"
        for construct, engines in in_all_engines.items()
        for places in zip(*engines, strict=True)
        if any(_differ(places[0], other) for other in places[1:])
    ]
    assert differing == [], "\n".join(differing)


def _differ(one: list[float], other: list[float]) -> bool:
    assert one[0] == other[0]
    steps = (abs(a - b) - 0.1 * max(a, b) for a, b in zip(one[1:], other[1:], strict=True))
    return max(steps) > 6
