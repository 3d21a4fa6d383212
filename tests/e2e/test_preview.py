"""The preview in a real browser, from the disk."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from generator.render.theme import script
from tests.e2e.driver import AXE, Browser, browser

pytestmark = pytest.mark.e2e
__all__ = ["browser"]  # the fixture

ROOT = Path(__file__).resolve().parents[2]
PAGE = """\
---
tags: [physics]
---
# Heat

## Basics

??? question "What is heat?"

    Energy in transfer, $Q = mc\\,\\Delta T$. See [the site](https://heat.example/).

    ![flame](flame.svg)

??? question reversed "Symbol of temperature"

    **T**

## Open

??? question "What is entropy?"

??? question cloze "Water at sea level"

    It boils at ==100 °C== and freezes at ==0 °C==.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="20"/></svg>'


def admonki(*arguments: str, cwd: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", *arguments]
    subprocess.run(command, cwd=cwd, env=environ, timeout=120, check=True, capture_output=True)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The preview of a small page, as a file URL."""
    folder = tmp_path_factory.mktemp("preview")
    (folder / "docs").mkdir()
    (folder / ".git").mkdir()
    (folder / "docs" / "heat.md").write_text(PAGE, encoding="utf-8")
    (folder / "docs" / "flame.svg").write_text(SVG, encoding="utf-8")
    admonki("preview", "-o", "out", cwd=folder)
    return (folder / "out" / "index.html").as_uri()


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The preview of our own `source/`, as a file URL."""
    folder = tmp_path_factory.mktemp("ours")
    admonki("preview", str(ROOT / "source"), "-o", str(folder), cwd=ROOT)
    return (folder / "index.html").as_uri()


def ready(browser: Browser, url: str, *, width: int = 1280) -> None:
    browser.open(url, width=width)
    browser.wait("document.body.dataset.ready")


CARD = "document.getElementById('card').contentDocument"


def card_text(browser: Browser) -> str:
    return str(browser.run(f"return {CARD}.body.innerText"))


def classes(browser: Browser) -> tuple[str, str]:
    found = browser.run(f"return [{CARD}.documentElement.className, {CARD}.body.className]")
    assert isinstance(found, list)
    return str(found[0]), str(found[1])


def test_a_click_on_the_card_flips_it_and_back(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    assert "Energy" not in card_text(browser)
    for is_back in (True, False):
        browser.run(f"{CARD}.querySelector('.ak-question').click()")
        browser.wait(f"{CARD}.body.innerText.includes('Energy') === {str(is_back).lower()}")
    assert browser.errors() == []


def test_keys_flip_and_walk(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    browser.keys(" ")
    browser.wait(f"{CARD}.body.innerText.includes('Energy')")
    browser.keys("\ue014")  # arrow right
    browser.wait(f"{CARD}.body.innerText.includes('Symbol')")
    assert browser.run("return document.getElementById('flip').textContent") == "Show answer"
    browser.keys("\ue012")  # arrow left
    browser.wait(f"{CARD}.body.innerText.includes('What is heat')")


def test_keys_work_inside_the_card_too(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    browser.run("document.getElementById('card').focus()")
    browser.keys(" ")
    browser.wait(f"{CARD}.body.innerText.includes('Energy')")


def test_every_card_of_a_note_is_shown(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    texts = browser.run(
        "return [...document.querySelectorAll('#list button .text')].map(x => x.textContent)"
    )
    assert isinstance(texts, list)
    assert texts.count("Symbol of temperature") == 2
    assert sum("Water" in str(text) for text in texts) == 2


def test_night_and_phone_set_the_classes_that_anki_sets(browser: Browser, preview: str) -> None:
    ready(browser, f"{preview}#")
    browser.run("if (document.documentElement.classList.contains('night')) night.click()")
    assert classes(browser) == ("", "card card1 isLin")
    browser.run("document.getElementById('night').click()")
    assert classes(browser) == ("night-mode", "card card1 nightMode night_mode isLin")
    browser.run("document.getElementById('phone').click()")
    assert classes(browser) == (
        "mobile android linux js night-mode",
        "card card1 night_mode ankidroid_dark_mode",
    )
    assert browser.run("return document.getElementById('card').clientWidth") == 360


def test_search_looks_at_questions_and_answers_without_accents(
    browser: Browser, preview: str
) -> None:
    ready(browser, preview)
    browser.keys("/", "TRANSFÉR")
    browser.wait("document.getElementById('found').textContent === '1 of 6 cards'")
    browser.run(
        "search.value = 'nothing'; search.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    browser.wait("!document.getElementById('none').hidden")


def test_a_large_preview_shows_cards_and_rows_as_they_are_needed(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "admonki.toml").touch()
    for page in range(10):
        boxes = "".join(f'??? question "Q{page}.{n}?"\n    A{page}.{n}.\n\n' for n in range(100))
        (tmp_path / "docs" / f"{page}.md").write_text(f"# {page}\n\n{boxes}", encoding="utf-8")
    admonki("preview", "-o", "out", cwd=tmp_path)
    ready(browser, (tmp_path / "out" / "index.html").as_uri())
    rows = "document.querySelectorAll('#list button').length"
    assert browser.run(f"return {rows}") == 300
    assert browser.run("return document.getElementById('found').textContent") == "All 1000 cards"
    browser.run("document.getElementById('list').lastElementChild.scrollIntoView()")
    browser.wait(f"{rows} > 300")
    browser.run("document.querySelectorAll('#list button')[250].click()")
    browser.wait("document.getElementById('where').textContent === '2'")
    browser.wait(f"{CARD}.body.innerText.includes('Q2.50?')")
    search = "document.getElementById('search')"
    browser.run(
        f"{search}.value = 'A9.99'; {search}.dispatchEvent(new Event('input', {{bubbles: true}}))"
    )
    browser.wait(f"{rows} === 1")
    browser.wait(f"{CARD}.body.innerText.includes('Q9.99?')")
    assert browser.errors() == []


def test_filters_by_deck_tag_and_unanswered(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    choose = (
        "const s = document.getElementById(arguments[0]); s.value = arguments[1];"
        "s.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    browser.run(choose, "deck", "Heat::Basics")
    browser.wait("found.textContent === '3 of 6 cards'")
    browser.run(choose, "tag", "physics")
    browser.wait("found.textContent === '3 of 6 cards'")
    browser.run(choose, "deck", "")
    for kind in ("unanswered", "wrong", "open", "messages"):
        browser.run(choose, "only", kind)
        browser.wait("found.textContent === '1 of 6 cards'")


def test_escape_clears_search_and_filters(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    browser.keys("u")
    browser.wait("found.textContent === '1 of 6 cards'")
    browser.keys("/", "entropy", "\ue00c")
    browser.wait("found.textContent === 'All 6 cards'")
    assert browser.run("return [search.value, only.value, document.activeElement === search]") == [
        "",
        "",
        False,
    ]
    browser.keys("m")
    browser.wait("found.textContent === '1 of 6 cards'")
    browser.keys("\ue00c")
    browser.wait("found.textContent === 'All 6 cards'")


def test_messages_stand_beside_their_card_and_lead_to_the_line(
    browser: Browser, preview: str
) -> None:
    ready(browser, preview)
    browser.keys("m")
    browser.wait("about.innerText.includes('W301')")
    href = str(browser.run("return document.querySelector('.messages a').href"))
    browser.driver.get(href)
    assert browser.run(
        "return document.querySelector(':target').textContent.includes('What is entropy?')"
    )
    assert browser.errors() == []


def test_the_image_and_the_formula_are_there(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    browser.keys(" ")
    browser.wait(f"{CARD}.querySelector('img')?.complete")
    assert browser.run(f"return {CARD}.querySelector('img').naturalWidth") == 40
    assert browser.run(f"return Boolean({CARD}.querySelector('math'))")


def test_the_place_is_kept_over_a_reload(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    browser.keys("\ue014", " ")
    browser.wait("location.hash.includes('side=back')")
    browser.driver.refresh()
    browser.wait("document.body.dataset.ready?.endsWith('back')")
    assert "Symbol" in card_text(browser)


def test_a_script_in_a_card_cannot_run(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    browser.run(
        f"{CARD}.getElementById('qa').innerHTML ="
        "'<img src=x onerror=\"parent.canary=1\"><script>parent.canary=2<\\/script>'"
    )
    browser.run("return new Promise(done => setTimeout(done, 300))")
    assert browser.run("return window.canary === undefined")


def test_nothing_comes_from_the_network(browser: Browser, preview: str) -> None:
    ready(browser, preview)
    names = browser.run("return performance.getEntriesByType('resource').map(e => e.name)")
    assert isinstance(names, list)
    assert all(str(name).startswith("file:") for name in names)


@pytest.mark.parametrize("night", ["", "&night=1"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, preview: str, night: str, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in tests/e2e)")
    ready(browser, f"{preview}#x=1{night}", width=width)
    browser.keys("m")
    assert browser.accessibility() == []


def test_axe_finds_nothing_in_a_source_page(browser: Browser, preview: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in tests/e2e)")
    browser.open(preview.replace("index.html", "source-0001.html"))
    assert browser.accessibility() == []


WALK = """
const done = arguments[arguments.length - 1];
const bad = [];
const page = () => document.getElementById('card').contentDocument;
const look = (side) => {
  const root = page().scrollingElement;
  if (root.scrollWidth > root.clientWidth) bad.push(
    `${side} ${document.body.dataset.ready}: ${root.scrollWidth} > ${root.clientWidth}`);
};
const next = document.getElementById('next');
const flip = document.getElementById('flip');
(async () => {
  for (let count = 0; ; count++) {
    look('front');
    flip.click();
    look('back');
    if (next.disabled) { done([count + 1, bad]); return; }
    const before = document.body.dataset.ready;
    next.click();
    do await new Promise(requestAnimationFrame); while (document.body.dataset.ready === before);
  }
})();
"""


@pytest.mark.parametrize("night", ["", "&night=1"])
def test_no_card_of_ours_scrolls_sideways_on_a_phone(
    browser: Browser, ours: str, night: str
) -> None:
    ready(browser, f"{ours}#phone=1{night}", width=360)
    assert browser.run("return document.getElementById('card').clientWidth") == 360
    browser.driver.set_script_timeout(120)
    found = browser.driver.execute_async_script(WALK)
    assert found[0] > 40
    assert found[1] == []
    assert browser.run("return document.documentElement.scrollWidth") == 360
    assert browser.errors() == []


def test_no_card_of_the_real_document_scrolls_sideways_on_a_phone(
    browser: Browser, shared: Path, tmp_path: Path
) -> None:
    admonki(
        "preview", str(shared / "seeds" / "llm-interview-questions.md"), "-o", "out", cwd=tmp_path
    )
    ready(browser, f"{(tmp_path / 'out' / 'index.html').as_uri()}#phone=1", width=360)
    browser.driver.set_script_timeout(120)
    found = browser.driver.execute_async_script(WALK)
    assert found[0] > 100
    assert found[1] == []
    assert browser.errors() == []


@pytest.mark.parametrize("night", [False, True])
def test_axe_finds_nothing_in_our_cards(
    browser: Browser, ours: str, tmp_path: Path, night: bool
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci in tests/e2e)")
    file = Path(url2pathname(urlsplit(ours).path))
    index = file.read_text(encoding="utf-8")
    match = re.search(r'id="data">(.*?)</script>', index, re.DOTALL)
    assert match is not None
    data = json.loads(match[1])
    sides = [
        side
        for part in sorted(file.parent.glob("cards-*.js"))
        for side in json.loads(part.read_text(encoding="utf-8").partition(",")[2][: -len(");\n")])
    ]
    assert len(sides) == len(data["cards"])
    backs = "".join(f"<article>{back}</article>" for _, back, _ in sides)
    classes = "card card1 nightMode night_mode" if night else "card card1"
    styles = (
        f"<style>{data['ankiCss']}</style><style>{next(iter(data['noteTypes'].values()))}</style>"
    )
    page = tmp_path / "cards.html"
    page.write_text(
        f'<!doctype html><html lang="en" class="{"night-mode" if night else ""}"><head>'
        f"<meta charset=utf-8><title>Cards</title>{styles}</head>"
        f'<body class="{classes}"><main><h1>Cards</h1>{backs}</main>'
        f"<script>{script('card.js')}</script></body></html>",
        encoding="utf-8",
    )
    browser.open(page.as_uri(), width=360)
    # each card is a page of its own in Anki: what many of them share cannot clash there
    alone = ("duplicate-id", "landmark", "region", "heading-order", "page-has-heading-one")
    found = [item for item in browser.accessibility() if not item.startswith(alone)]
    assert found == [], "\n".join(item[:600] for item in found)
