"""Formulas in real Chromium: beside KaTeX's, on a phone, and without MathML."""

import json
import re
import shutil
from html import unescape
from pathlib import Path
from statistics import median

import pytest

from generator.math.conversion import convert
from generator.render.theme import template, theme_css, theme_files
from tests.conftest import ROOT
from tests.e2e.chromium import Chromium, chromium

__all__ = ["chromium"]  # the fixture
pytestmark = pytest.mark.e2e
LONG = "a_1 x_1 + a_2 x_2 + a_3 x_3 + a_4 x_4 + a_5 x_5 + a_6 x_6 + a_7 x_7 + a_8 x_8 + a_9 = b"
MEASURE = """<script>addEventListener("load", function () {
  var box = document.querySelector(".math-display");
  function place(element) { return element.getBoundingClientRect().left; }
  document.title = [document.scrollingElement.scrollWidth <= innerWidth,
    box.scrollWidth > box.clientWidth, place(box.firstElementChild) >= place(box)].join(" ");
});</script>"""
ANKI = """<script>
var MathJax = {
  tex: {displayMath: [["\\\\[", "\\\\]"]], processEscapes: false, processEnvironments: false},
  startup: {typeset: false},
};
delete window.MathMLElement;
</script>"""
"""What Anki sets before it loads MathJax; and an engine without MathML."""
REPORT = """<script>addEventListener("load", function () {
  setTimeout(function () {
    var made = document.querySelectorAll("mjx-container");
    document.title = "report " + JSON.stringify({
      shown: Array.from(made, function (box) { return box.offsetHeight > 8; }),
      display: Array.from(made, function (box) { return box.hasAttribute("display"); }),
      tex: Array.from(MathJax.startup.document.math, function (item) { return item.math; }),
      errors: document.querySelectorAll("mjx-merror").length,
      left: document.querySelectorAll("math[data-tex]").length,
    }) + " end";
  }, 2000);
});</script>"""


def test_the_gallery_looks_like_katex(tmp_path: Path) -> None:
    pytest.importorskip("numpy", reason="numpy compares the pictures")
    if not (ROOT / "tests" / "e2e" / "node_modules" / "katex").is_dir():
        pytest.skip("KaTeX is missing: npm ci in tests/e2e")
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    from benchmarks.math_pictures import main

    pairs = main(tmp_path / "math")
    assert all(pair.how == "mathml" for pair in pairs)
    assert median(pair.correlation for pair in pairs) > 0.95
    assert min(pair.correlation for pair in pairs) > 0.5
    assert all(0.7 < pair.width_ratio < 1.4 for pair in pairs)


def _page(folder: Path, body: str, *, head: str = "", width_px: int = 360) -> Path:
    for file in theme_files():
        (folder / file.name).write_bytes(file.data)
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8">{head}<style>{theme_css()}</style>'
        f'<body class="card"><div class="admonki" style="width:{width_px}px">{body}</div>',
        "utf-8",
    )
    return page


def test_a_long_formula_scrolls_in_its_box_on_a_phone(chromium: Chromium, tmp_path: Path) -> None:
    formula = convert(LONG, display=True).html
    page = _page(tmp_path, f'<div class="math-display">{formula}</div>', head=MEASURE)
    assert "<title>true true true</title>" in chromium.dom(page)


FORMULAS = (
    (r"\frac{a}{b} < c", True),
    ("x_1", False),
    (r"\begin{aligned} a &= b \\ (c) &= d \end{aligned}", True),
    (r"\text{if \(x > 0\)} \cup \{1\}", False),
)


def test_an_engine_without_mathml_hands_the_tex_to_mathjax(
    chromium: Chromium, tmp_path: Path
) -> None:
    mathjax = ROOT / "tests" / "e2e" / "node_modules" / "mathjax" / "es5" / "tex-chtml-full.js"
    if not mathjax.exists():
        pytest.skip("MathJax is missing: npm ci in tests/e2e")
    # Chromium of today cannot switch MathML off any more: its interface is taken away instead,
    # by which the script knows such an engine.
    body = "".join(convert(tex, display=display).html for tex, display in FORMULAS)
    head = f'{ANKI}<script src="{mathjax.as_uri()}" defer></script>{REPORT}'
    page = _page(tmp_path, body + template("basic_back"), head=head)
    dom = unescape(chromium.dom(page, wait_ms=8000))
    report = json.loads(dom.partition("<title>report ")[2].partition(" end</title>")[0])
    assert report == {
        "shown": [True] * len(FORMULAS),
        "display": [display for _, display in FORMULAS],
        # no `\(`: AnkiDroid would load MathJax for every card that holds one
        "tex": [re.sub(r"\\\((.*?)\\\)", r"$\1$", tex) for tex, _ in FORMULAS],
        "errors": 0,
        "left": 0,
    }


def test_an_engine_with_mathml_keeps_it(chromium: Chromium, tmp_path: Path) -> None:
    body = convert(r"\frac{a}{b}", display=True).html + template("basic_back")
    assert "<mfrac>" in chromium.dom(_page(tmp_path, body))


COPY = """<script>addEventListener("load", function () {
  function copy(first, last) {
    getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
    var event = new ClipboardEvent("copy", {clipboardData: new DataTransfer(), cancelable: true});
    document.dispatchEvent(event);
    return [event.defaultPrevented, event.clipboardData.getData("text/plain")];
  }
  var lines = document.querySelectorAll("p");
  document.title = "copied " + JSON.stringify([
    copy(lines[0], lines[1]), copy(document.querySelector("mi"), document.querySelector("mn")),
    copy(lines[2], lines[2]),
  ]) + " end";
});</script>"""


def test_copying_a_formula_gives_its_tex(chromium: Chromium, tmp_path: Path) -> None:
    inline = convert("x^2 < y", display=False).html
    display = convert(r"\frac{a}{b}", display=True).html
    body = f"<p>If {inline}, then</p><p>{display}</p><p>no formula</p>" + template("basic_back")
    dom = unescape(chromium.dom(_page(tmp_path, body, head=COPY)))
    whole, part, text = json.loads(dom.partition("<title>copied ")[2].partition(" end<")[0])
    assert whole == [True, "If $x^2 < y$, then\n\n$$\\frac{a}{b}$$"]
    assert part == [True, "$x^2 < y$"]
    assert text == [False, ""]
