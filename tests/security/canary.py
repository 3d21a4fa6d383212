"""A page in which hostile cards may do whatever they can, and which tells what they did.

Cards are shown in frames, a group in each. A canary in the frame tells the page that a script has
run; the policy of the frame, which forbids no script, tells it of everything that would be loaded
from elsewhere. First nothing is touched; then every element is scrolled to, hovered, focused,
animated and clicked, with every event that browsers know.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

from generator.config import MathMode
from tests.fuzz.hostile import LEAVES
from tests.security.classes import class_vectors
from tests.security.names import HANDLERS
from tests.security.places import PLACES
from tests.security.vectors import notes_of, render_vector, vectors

IN_A_GROUP: Final = 40
EVENTS: Final = [handler.removeprefix("on") for handler in HANDLERS]
LIVE: Final = (
    "<script>canary()</script>",
    "<img src=x onerror=canary()>",
    "<b onclick=canary()>x</b>",
    '<a href="javascript:canary()">x</a>',
    '<b style="animation:turn 1ms" onanimationstart=canary()>x</b>',
    "<details open ontoggle=canary()><summary>x</summary></details>",
    '<b style="display:block;content-visibility:auto" onfocusin=canary() tabindex=0>x</b>',
)
"""Cards that do run a script: without them the silence of the others would prove nothing."""
LOADING: Final = (
    '<img src="https://elsewhere.example/a.png">',
    '<p style="background:url(https://elsewhere.example/b.png)">x</p>',
    '<img src="beside.png">',
)
"""Cards that do load something."""

_PAGE: Final = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">
<script>
const HANDLERS = %(handlers)s;
const told = {before: [], after: [], loads: [], broken: [], left: [], done: 0};
let stage = "before";
function report(number) { told[stage].push(number); }
function loads(number, address) { told.loads.push(number + " " + address); }
const sleep = ms => new Promise(done => setTimeout(done, ms));
async function show(number, cards) {
  const frame = document.createElement("iframe");
  frame.style = "width:900px;height:1200px";
  const loaded = new Promise(done => { frame.onload = done; });
  stage = "before";
  frame.srcdoc = `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src
    'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline';
    img-src ${location.origin}; media-src ${location.origin}">
    <style>@keyframes turn { to { rotate: 1turn } }</style><script>
    window.canary = window.alert = window.confirm = window.prompt = () => parent.report(${number});
    addEventListener("securitypolicyviolation",
      e => { if (e.isTrusted) parent.loads(${number}, e.blockedURI); });
    <\\/script><body><div id="qa">${cards}</div></body>`;
  document.body.append(frame);
  await Promise.race([loaded, sleep(4000)]);
  await sleep(60);
  const inner = frame.contentDocument, view = frame.contentWindow;
  if (!inner) { told.left.push(number); frame.remove(); return; }
  stage = "after";
  inner.addEventListener("click", event => {  // a plain link may lead away, only not from the test
    const link = event.target.closest("a[href]");
    if (link && /^(https?|mailto|tel|ftp):/.test(link.getAttribute("href"))) event.preventDefault();
  }, true);
  for (const node of inner.querySelectorAll("#qa, #qa *")) {
    for (const name of HANDLERS)
      node.dispatchEvent(new view.Event(name, {bubbles: true, cancelable: true}));
    node.scrollIntoView?.();
    node.focus?.();
    node.click?.();
    if (!frame.contentDocument) { told.left.push(number); break; }
  }
  await sleep(60);
  if (frame.contentWindow.location.href !== "about:srcdoc") told.left.push(number);
  frame.remove();
}
async function main() {
  const groups = JSON.parse(document.getElementById("groups").textContent);
  for (const [number, cards] of groups.entries()) {
    try { await show(number, cards); } catch (error) { told.broken.push(number + " " + error); }
    told.done += 1;
  }
  window.told = told;
}
</script>
<body><script type="application/json" id="groups">%(groups)s</script></body>
"""


@cache
def cards() -> tuple[tuple[str, str], ...]:
    """Return what to show: a piece of a page, and the HTML that became of it."""
    found = [(vector, render_vector(vector).html) for vector in (*vectors(), *class_vectors())]
    for place, math in ((place, math) for place in PLACES for math in MathMode):
        text = PLACES[place].replace("@", " ".join(LEAVES[:40])).split("\n\n")
        found += _of(place, "\n\n".join(text), math)
        for leaf in LEAVES[40:]:
            found += _of(place, PLACES[place].replace("@", leaf), math)
    return tuple(dict.fromkeys(found))


def _of(place: str, text: str, math: MathMode) -> list[tuple[str, str]]:
    notes = notes_of(text + "\n", math=math)
    return [(f"{place}: {text}", field) for note in notes for field in note.fields[1:5] if field]


def groups_of(shown: Sequence[str], size: int = IN_A_GROUP) -> list[str]:
    """Join cards to groups, each card in an element of its own."""
    parts = [shown[at : at + size] for at in range(0, len(shown), size)]
    return ["".join(f"<div>{card}</div>\n" for card in part) for part in parts]


def texts_of_group(number: int, size: int = IN_A_GROUP) -> list[str]:
    """Return the pieces of pages whose cards are in a group."""
    return [text for text, _ in cards()[number * size : (number + 1) * size]]


def page_of(groups: Sequence[str]) -> str:
    """Return the page that shows groups of cards, one after the other."""
    data = json.dumps(groups).replace("<", "\\u003c")
    return _PAGE % {"handlers": json.dumps(EVENTS), "groups": data}


@contextmanager
def served(page: str) -> Iterator[tuple[str, list[str]]]:
    """Serve a page from this machine; yield its address and the list of what is asked for."""
    asked: list[str] = []

    class _Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode("utf-8", "replace") if self.path == "/" else b"")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
