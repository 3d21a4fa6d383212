"""The hostile pages in three browsers: no card runs a script, loads or leaves anything."""

import os
import time
from typing import Any

import pytest

from tests.e2e.engines import Engine, engine
from tests.security.canary import (
    LIVE,
    LOADING,
    cards,
    groups_of,
    page_of,
    served,
    texts_of_group,
)

pytestmark = pytest.mark.e2e
__all__ = ["engine"]  # the fixture
_PATIENCE_S = 900
_OURS = ("/file-12.png", "/file-12.mp3")


def _told(engine: Engine, groups: list[str]) -> tuple[dict[str, Any], list[str]]:
    with served(page_of(groups)) as (address, asked):
        engine.open(address)
        engine.measure("main(); return true")
        last_s = time.monotonic() + _PATIENCE_S
        while not (told := engine.measure("return window.told || null")):
            assert time.monotonic() < last_s, "the page does not come to an end"
            time.sleep(0.5)
        return told, [path for path in asked if path not in ("/", "/favicon.ico", *_OURS)]


def test_the_canary_hears_what_runs_and_what_loads(engine: Engine) -> None:
    told, asked = _told(engine, [*LIVE, *LOADING])
    heard = {*told["before"], *told["after"]}
    assert heard == set(range(len(LIVE)))
    assert set(told["before"]) >= {0, 1}
    assert {int(entry.split()[0]) for entry in told["loads"]} >= {len(LIVE), len(LIVE) + 1}
    assert "/beside.png" in asked
    assert told["done"] == len(LIVE) + len(LOADING)


def test_no_card_runs_or_loads_anything(engine: Engine) -> None:
    """All groups in Chromium, which Anki is; a third in the slower two, or all on demand."""
    groups = groups_of([html for _, html in cards()])
    takes_all = engine.name == "chromium" or "ADMONKI_ALL_CARDS" in os.environ
    chosen = range(0, len(groups), 1 if takes_all else 3)
    told, asked = _told(engine, [groups[number] for number in chosen])
    assert told["done"] == len(chosen)
    for what in ("before", "after", "left"):
        assert [texts_of_group(chosen[number]) for number in told[what]] == [], what
    assert told["loads"] == []
    assert told["broken"] == []
    assert asked == []
