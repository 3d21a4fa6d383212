"""The hostile pages in a real browser: no card runs a script, loads anything or leaves its place.

Each card gets a document of its own, in which `canary()` tells the outer page. Then everything a
person could set off is set off: events on every element, clicks on every link.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.security.vectors import render_vector, vectors

_BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or ""
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND"),
    *("--virtual-time-budget=20000", "--dump-dom"),
)

_PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>running</title>
<script>
const fired = new Set(), requested = new Set(), broken = new Set();
function report(number) { fired.add(String(number)); }
async function attack(frame, number) {
  const inner = frame.contentDocument;
  const view = frame.contentWindow;
  inner.addEventListener("click", event => {  // a plain link may lead away, only not from the test
    const link = event.target.closest("a[href]");
    if (link && /^(https?|mailto|tel|ftp):/.test(link.getAttribute("href"))) event.preventDefault();
  }, true);
  for (const node of inner.querySelectorAll("body *")) {
    for (const name of ["mouseover", "mouseenter", "pointerover", "focus", "load", "error",
        "toggle", "click", "change", "input", "animationstart", "animationend", "begin",
        "loadstart", "canplay", "start", "finish", "submit", "close", "beforetoggle"]) {
      try { node.dispatchEvent(new view.Event(name, {bubbles: true, cancelable: true})); }
      catch (error) { }
    }
    if (node.click) node.click();
  }
  await new Promise(done => setTimeout(done, 20));
  for (const entry of view.performance.getEntriesByType("resource"))
    if (!entry.name.includes("file-12.png")) requested.add(number + " " + entry.name);
}
async function main() {
  const cards = JSON.parse(document.getElementById("cards").textContent);
  for (const [number, card] of cards.entries()) {
    const frame = document.createElement("iframe");
    const loaded = new Promise(done => { frame.onload = done; });
    frame.srcdoc = "<!DOCTYPE html><script>window.canary = () => parent.report(" + number + ");" +
      "window.alert = window.confirm = window.prompt = window.canary;<\\/script>" +
      "<body><div id=qa>" + card + "</div></body>";
    document.body.append(frame);
    await loaded;
    try { await attack(frame, number); } catch (error) { broken.add(number + " " + error); }
    frame.remove();
  }
  const result = {fired: [...fired], requested: [...requested], broken: [...broken]};
  document.body.textContent = "RESULT" + JSON.stringify(result) + "END";
}
window.addEventListener("load", main);
</script>
<body><script type="application/json" id="cards">%s</script></body>
"""


def _run(cards: list[str], folder: Path) -> dict[str, list[str]]:
    page = folder / "page.html"
    data = json.dumps(cards).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    page.write_text(_PAGE % data, encoding="utf-8")
    command = [_BROWSER, *_OPTIONS, f"--user-data-dir={folder / 'profile'}", page.as_uri()]
    dumped = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    found = re.search(r"RESULT(\{.*?\})END", dumped.stdout, re.DOTALL)
    assert found, dumped.stdout[-500:]
    result: dict[str, list[str]] = json.loads(html.unescape(found[1]))
    return result


@pytest.mark.e2e
@pytest.mark.skipif(not _BROWSER, reason="no Chromium on this machine")
def test_no_vector_fires_in_chromium(tmp_path: Path) -> None:
    cards = [render_vector(vector).html for vector in vectors()]
    # Without these the canary would prove nothing.
    live = (
        "<script>canary()</script>",
        "<img src=x onerror=canary()>",
        "<b onclick=canary()>x</b>",
        '<a href="javascript:canary()">x</a>',
    )
    result = _run([*cards, *live], tmp_path)
    alive = {str(number) for number in range(len(cards), len(cards) + len(live))}
    assert result["broken"] == []
    assert alive <= set(result["fired"])
    assert {vectors()[int(number)] for number in set(result["fired"]) - alive} == set()
    assert [entry for entry in result["requested"] if entry.split()[0] not in alive] == []
