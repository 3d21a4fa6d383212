r"""Pages of somebody who means harm: what acts, at every place where text can be.

A page of the grammar is taken, and hostile pieces are put between its characters: at its words'
edges, after each mark of Markdown, inside of titles, addresses, attribute lists, code, formulas
and front matter.
"""

import random
import re
from pathlib import Path
from typing import Final

from generator.config import Config, MathMode
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.pipeline.pages import render_page
from generator.pipeline.sources import PageFile
from generator.render.media import MediaFolder
from tests.fuzz.grammar import page
from tests.fuzz.trial import NOW_S, Outcome, budget, pack
from tests.security.invariant import check_note

_EDGES: Final = re.compile(r"(?<=[\s*_`\"'\[\](){}<>|:!#$=~+^\\-])|$")
_JOINERS: Final = (
    *("\u0338", "&#824;", "&#x338;", "&#0824;", "\u0316\u0338", "&#x316;&#x338;", "\uff9e\u0338"),
    *("\u0f73\u0338", "\u20d2", "&nvgt;", "&nvlt;", "&ngt;", "&NotGreaterFullEqual;"),
    *("\u034f\u0338", "\u3099", "\u0301", "\u0345", "\u1161", "\u0338\u0338"),
)  # fmt: skip
_HANDLERS: Final = (
    " oncontentvisibilityautostatechange=canary() style=display:block;content-visibility:auto x",
    " onload=canary() x",
    " src=x onerror=canary() x",
    " onmouseover=canary() style=position:fixed;inset:0 x",
    " onfocus=canary() tabindex=1 autofocus x",
    " onanimationstart=canary() style=animation:x x",
    " class=mathjax_process x",
    ' onclick="canary()" x',
)
_MARKUP: Final = (
    *("<img src=x onerror=canary()>", "<svg onload=canary()>", "<b onclick=canary()>b</b>"),
    *("\uff1cimg src=x onerror=canary()\uff1e", "\ufe64script\ufe65canary()\ufe64/script\ufe65"),
    *("\uff06lt;img src=x onerror=canary()\uff06gt;", "&lt;img src=x onerror=canary()&gt;"),
    *("</div></section></p>", "--><script>canary()</script><!--", "]]><script>canary()</script>"),
    *("<math><mtext><table><mglyph><style><img src=x onerror=canary()>", "<!--><img src=x>-->"),
    *("<a href=javascript:canary()>a</a>", "[a](javascript:canary())", "<javascript:canary()>"),
    *("<span data-node=0>a</span>", "<i class='mathjax_process'>\\(x\\)</i>", "<xmp><b>"),
    *('{ onclick="canary()" .mathjax_process }', '"onclick="canary()', "'onclick='canary()"),
    *("\uff02 onclick=canary() x=\uff02", "\u226e", "\u226f", "<b\u0338>", "<b title=\u0338>"),
)
_CODES: Final = (
    *("\ufdd3(\\href{javascript:canary()}{x}\ufdd3)", "\ufdd01\ufdd1x\ufdd2", "\ufdd40\ufdd4"),
    *("\\(\\href{javascript:canary()}{x}\\)", "\\\\(\\href{javascript:canary()}{x}\\\\)"),
    *("&#92;(\\style{position:fixed}{x}&#92;)", "\\<br>(x\\)", "`\\(x\\)`", "\uffff\U0001fffe"),
    *("$\\href{javascript:canary()}{x}$", "$\\text{\\(\\href{javascript:canary()}{x}\\)}$"),
    *("[sound:x.mp3]", "&#91;sound:x.mp3]", "[anki:play:q:0]", "[latex]x[/latex]", "[$]x[/$]"),
    *("[[type:Question]]", "[[type:\\\\g<9>]]", 'image-occlusion:rect:left=" onload="canary()'),
    *('==image-occlusion:rect:left=" onload="canary():top=x==', "$\\verb+{{+$"),
    *("$\\verb|{|$", "} \\\\href{javascript:canary()}{x}\\\\)", "$a\\ $", "\\(a\\\\\\)", "$a % {$"),
    *("$\\text{\\verb|$\\href{javascript:canary()}{x}$|}$", "$\\let\\a\\href\\a{javascript:x}{x}$"),
    *("{{c1::x}}", "}}", "::", "{{c1:", ":x}}", "\u202e", "\u2066", "\u2028", "\u200b", "\x1f"),
)
LEAVES: Final = (*_JOINERS, *_HANDLERS, *_MARKUP, *_CODES)
"""What would act if it got through, and what would help it."""


def hostile_page(rng: random.Random) -> str:
    """Make a page of the grammar with hostile pieces in it."""
    text = page(rng)
    for _ in range(rng.randint(1, 6)):
        at = rng.choice([match.start() for match in _EDGES.finditer(text)])
        text = text[:at] + _piece(rng) + text[at:]
    return text


def _piece(rng: random.Random) -> str:
    kind = rng.randrange(4)
    if kind == 0:
        return rng.choice(LEAVES)
    if kind == 1:
        return rng.choice(_JOINERS) + rng.choice(_HANDLERS)
    if kind == 2:
        return rng.choice(_MARKUP) + rng.choice(_JOINERS) + rng.choice(_HANDLERS)
    return rng.choice(_CODES) + rng.choice(LEAVES)


def try_hostile(seed: int, folder: Path) -> Outcome:
    """Render a hostile page; every field must keep the promise of `check_field`.

    One page in ten goes into a package.
    """
    text = hostile_page(random.Random(seed))
    mode = MathMode.MATHJAX if seed % 3 == 0 else MathMode.MATHML
    config = Config(site_url="https://site.example/" if seed % 2 else "", math=mode)
    file = PageFile(folder / "page.md", folder, "page.md")
    data = text.encode("utf-8", "surrogatepass")
    with budget(len(text)):
        result = render_page(file, data, config=config, find_media=MediaFolder((folder,)))
    notes, _, _ = identify(result.notes, Lock(), now_s=NOW_S)
    for known in notes:
        check_note(known)
    return Outcome(len(notes), pack(notes, folder) if notes and seed % 10 == 0 else None)
