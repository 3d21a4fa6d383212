"""Show cards in desktop Anki's own web view, offscreen, and tell which ones ran a script.

Run by an interpreter that has `aqt`: `python anki_desktop.py shown.json told.json`. The first file
holds `cards` and the `events` that every element is sent; the second gets the numbers of the cards
that `fired` and the addresses that were `requested`.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu")

import anki.lang
import aqt
from aqt import gui_hooks
from aqt.profiles import ProfileManager

_SET_UP = """
window.fired = new Set(); window.number = -1; performance.setResourceTimingBufferSize(1e5);
window.canary = () => window.fired.add(window.number);
window.alert = window.confirm = window.prompt = window.canary;
document.addEventListener("click", event => {
  const link = event.target.closest && event.target.closest("a[href]");
  if (link && !/^javascript:/i.test(link.getAttribute("href"))) event.preventDefault();
}, true);
"""
_ATTACK = """(() => {
  for (const node of document.querySelectorAll("#qa *")) {
    for (const name of window.events) {
      try { node.dispatchEvent(new Event(name, {bubbles: true, cancelable: true})); } catch (e) { }
    }
    if (node.scrollIntoView) node.scrollIntoView();
    if (node.focus) node.focus();
    if (node.click) node.click();
  }
})()"""
_TELL = """JSON.stringify({fired: [...window.fired], requested: performance
  .getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith(location.origin))})"""
_IS_DRAWN = """(() => !!document.getElementById("number-%d") &&
  document.getElementById("qa").style.opacity === "1")()"""
_LOOK_MS, _ATTACKED_MS = 100, 200


def main() -> None:
    """Start Anki with an empty profile and show one card after the other."""
    shown = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    base = Path(tempfile.mkdtemp(prefix="admonki-anki-"))
    anki.lang.set_lang("en_US")
    profiles = ProfileManager(base)
    profiles.setupMeta()
    profiles.setLang("en_US")
    profiles.create("test")
    profiles.meta.update(firstRun=False, last_loaded_profile_name="test", suppressUpdate=True)
    profiles.meta.update(updates=False, last_addon_update_check=4102444800)
    profiles.openProfile("test")
    profiles.save()
    report = Path(sys.argv[2])

    def show() -> None:
        from aqt.qt import QTimer

        QTimer.singleShot(500, lambda: shows.append(_Show(shown, report)))

    shows: list[_Show] = []  # what nobody holds Qt forgets
    gui_hooks.profile_did_open.append(show)
    sys.argv = ["anki", "-b", str(base), "-p", "test"]
    aqt.run()


class _Show:
    """Cards on their way through the reviewer's web view."""

    def __init__(self, shown: dict[str, list[str]], report: Path) -> None:
        from aqt.qt import QTimer
        from aqt.webview import AnkiWebView

        self.cards, self.events = shown["cards"], shown["events"]
        self.report, self.number = report, -1
        self.later = QTimer.singleShot
        self.view = AnkiWebView()
        self.view.resize(420, 900)
        self.start()

    def start(self) -> None:
        """Load the reviewer's page, as Anki does before the first card."""
        from aqt import mw

        assert mw is not None
        scripts = ["js/mathjax.js", "js/vendor/mathjax/tex-chtml-full.js", "js/reviewer.js"]
        self.view.stdHtml(
            mw.reviewer.revHtml(), css=["css/reviewer.css"], js=scripts, context=mw.reviewer
        )
        self.view.show()
        self.later(3000, self._first)

    def _first(self) -> None:
        self.view.eval(f"window.events = {json.dumps(self.events)}; {_SET_UP}")
        self._next()

    def _next(self) -> None:
        from aqt import mw

        assert mw is not None
        self.number += 1
        if self.number == len(self.cards):
            self.view.evalWithCallback(_TELL, self._end)
            return
        html = mw.prepare_card_text_for_display(self.cards[self.number])
        shown = json.dumps(f'{html}<i id="number-{self.number}"></i>')
        self.view.eval(f'window.number = {self.number}; _showAnswer({shown}, "card card1")')
        self._wait()

    def _wait(self, _is_drawn: bool = False) -> None:
        """Wait until the card is there and its formulas are set."""
        if _is_drawn:
            self.view.eval(_ATTACK)
            self.later(_ATTACKED_MS, self._next)
        else:
            ask = _IS_DRAWN % self.number
            self.later(_LOOK_MS, lambda: self.view.evalWithCallback(ask, self._wait))

    def _end(self, told: str) -> None:
        from aqt import mw

        assert mw is not None
        self.report.write_text(told, encoding="utf-8")
        mw.unloadProfileAndExit()


if __name__ == "__main__":
    main()
