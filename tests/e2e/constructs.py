"""What a card can hold: as wide as it gets, in HTML; and as authors write it, in Markdown."""

from typing import Final

from msgspec import structs

from generator.config import Config, Site
from generator.config.extension_sets import RECOMMENDED
from generator.config.extensions import On
from tests.render.rendering import render

_CLASSES = (
    "c c1 cm cp k kc kd kn kr kt ow s s1 s2 sd se si sr mi mf nf fm nd na nc ne nn nb bp no nt nv "
    "vc o p gp go gd gi gh gu err"
)
_CODE = " ".join(f'<span class="{name}">{name}_word</span>' for name in _CLASSES.split())
_FORMULA = "".join(f"<mi>x</mi><mo>+</mo><mn>{n}</mn><mo>·</mo>" for n in range(60))
_INLINE = f"<math>{_FORMULA}</math>"
_WIDE = f"<pre><code>{'wide ' * 60}</code></pre>"
_TYPES = (
    "note abstract info tip success question warning failure danger bug example quote summary "
    "tldr todo hint important check done help faq caution attention fail missing error cite"
)


def _box(kind: str, body: str) -> str:
    title = f'<p class="admonition-title">{kind} <code>x</code></p>'
    return f'<div class="admonition {kind}">{title}{body}</div>'


def _details(kind: str) -> str:
    return f'<details class="{kind}" open=""><summary>{kind}</summary><p>Text</p></details>'


_TEXT = '<p>Text <a href="#">link</a> <code>code</code> <mark>mark</mark> <kbd>Ctrl</kbd></p>'

_WIDE_HTML = {
    "boxes": "".join(_box(kind, _TEXT) + _details(kind) for kind in _TYPES.split()),
    "nested boxes": _box("tip", _box("bug", _WIDE)),
    "code": (
        f'<div class="highlight" data-title="a.py"><pre><code>{_CODE}\n'
        f'<span class="hll">{_CODE}</span></code></pre></div>'
    ),
    "line numbers": (
        '<div class="highlight"><pre><code><span class="linenos" data-linenos="1"></span>'
        f"{'x = 1; ' * 40}</code></pre></div>"
    ),
    "inline code": f"<p><code>{'very_long_name_' * 12}</code></p>",
    "table": (
        f"<table><thead><tr>{'<th>Heading</th>' * 9}</tr></thead>"
        f"<tbody><tr>{'<td>a cell with words</td>' * 9}</tr></tbody></table>"
    ),
    "display formula": f'<div class="math-display"><math display="block">{_FORMULA}</math></div>',
    "formula in a line": (
        f"<p>So {_INLINE} holds.</p>"
        f'<ul><li><div class="tight">and {_INLINE}</div><ul><li><div class="tight"><strong>'
        f"{_INLINE}</strong></div></li></ul></li></ul>"
        f"<blockquote><p>{_INLINE}</p></blockquote>"
        f'<div class="table-wrap"><table><tr><td>{_INLINE}</td></tr></table></div>'
    ),
    "deep list": "<ul><li>item" * 9 + " with some more words" + "</li></ul>" * 9,
    "long words": f"<p>{'Donaudampfschiff' * 12}</p><p>https://example.org/{'path/' * 60}</p>",
    "picture": (
        '<p><img width="1600" height="900" src="data:image/svg+xml,%3Csvg xmlns='
        '%22http://www.w3.org/2000/svg%22 width=%221600%22 height=%22900%22/%3E"></p>'
    ),
    "tabs": (
        '<div class="tabbed-set"><div class="tabbed-content"><label class="tabbed-label">One'
        f'</label><div class="tabbed-block"><p>Text</p>{_WIDE}</div></div></div>'
    ),
    "words set apart": (
        "<p><mark>mark</mark> <ins>ins</ins> <del>del</del> "
        '<span class="def-mono-red">red</span> <span class="def-mono-blue">blue</span> '
        '<span class="def-mono-gold">gold</span></p><dl><dt>term</dt><dd>meaning</dd></dl>'
        '<blockquote><p>quote</p></blockquote><section class="footnotes"><ol><li>note</li></ol>'
        "</section>"
    ),
    "right to left": (
        "<p>ما هو الفرق بين التحيز والتباين</p><ul><li>أولا <code>x = 1</code></li></ul>"
        + _box("tip", "<p>نصيحة</p>")
    ),
}

MARKDOWN: Final = {
    "lists with formulas": r"""1. $x^2$ comes first
2. then $y = \frac{a}{b}$ and words

- $\alpha$ is the rate
- a *second* item with $\sum_i x_i$

    - $z$ inside

1. one

    Loose, with $x$.

2. $y$ is loose, too
""",
    "nested lists": "1. one\n    1. one a\n        1. one a i\n    2. one b\n2. two\n",
    "tasks": "- [x] done, and quite a long line of words that wraps on a phone\n- [ ] open\n",
    "loose tasks": "- [x] done\n\n    and more\n\n- [ ] $x$ is open\n",
    "footnotes": "Said[^1] and proven[^2].\n\n[^1]: $x = 1$, they say.\n[^2]: Says who?\n",
    "boxes": (
        '!!! note "A *box*"\n    Text with $x$.\n\n    !!! warning\n        In it, `code`.\n\n'
        '??? tip "Folded"\n    Hidden.\n\n???+ bug "Open"\n    Shown.\n'
    ),
    "tabs": '=== "Linux"\n    `apt`\n\n=== "macOS"\n    `brew`\n',
    "code block": (
        '```python title="add.py" linenums="1" hl_lines="2"\n'
        "def add(a, b):\n    return a + b\n```\n"
    ),
    "diff": "```diff\n- old\n+ new\n```\n",
    "small table": "| a | b |\n|:--|--:|\n| one | 1 |\n| two | 22 |\n",
    "corner": "| | b |\n|:--|--:|\n| one | 1 |\n",
    "squeezed table": (
        "| Method | Kind | Year | Cost | Remark |\n|---|---|---|---|---|\n"
        "| BM25 | sparse | 1994 | low | counts words, weighs rare ones, and knows nothing else |\n"
    ),
    "display": "Text\n\n$$\n\\int_0^1 f(x)\\,dx = F(1) - F(0)\n$$\n\nmore\n",
    "definition list": "Term\n:   What it means, with $x$.\n",
    "quote": "> A quoted line\n> with $x$ in it.\n",
    "words": "==mark==, ^^new^^, ~~old~~, H~2~O, x^2^, ++ctrl+c++, `code` and :tada:\n",
    "grid": (
        '<div class="grid cards" markdown>\n\n- **One**\n\n    Text\n\n'
        "- **Two**\n\n    Text\n\n</div>\n"
    ),
    "button": "[Go](https://example.org){ .md-button .md-button--primary }\n",
    "boxes of MyST": (
        ":::{note} A *title*\nText with $x$.\n:::\n\n"
        ":::{exercise}\nWhat is $y$ in it?\n:::\n\n:::{dropdown} Folded\nText\n:::\n"
    ),
    "boxes of Quarto and Docusaurus": (
        '::: {.callout-tip title="Tip"}\nText with $x$.\n:::\n\n:::danger[A title]\n\nText\n\n:::\n'
    ),
    "caption": (
        "| a | b |\n|---|---|\n| $x$ | 1 |\n\n/// caption\nWhat the table shows, with $x$.\n///\n"
    ),
    "tabs of slashes": "/// tab | One\nText with $x$\n///\n\n/// tab | Two\n`more`\n///\n",
    "progress": '[=65% "65 of 100"]\n\n[=5%]\n',
    "annotations": (
        "Text (1) with $x$.\n{ .annotate }\n\n1.  A *note*.\n\n"
        "```yaml\nkey: value # (1)!\n```\n\n1.  A note on the line.\n"
    ),
    "Mermaid": "```mermaid\ngraph LR\n  A[Begin] --> B{Is it so?}\n```\n",
    "long display": (
        "$$\na_1 x_1 + a_2 x_2 + a_3 x_3 = b_1 y_1 + b_2 y_2 + b_3 y_3 = c_1 z_1 + c_2 z_2\n$$\n"
    ),
    "rows of a display": (
        "$$\n\\begin{aligned} f(x) &= x^2 + 2x + 1 \\\\ &= (x + 1)^2 \\end{aligned}\n$$\n"
    ),
    "changes": "{++new++}, {--old--}, {~~one~>two~~} and {==marked==}{>>why<<}\n",
    "abbreviation": "The HTML of it.\n\n*[HTML]: HyperText Markup Language\n",
    "chemistry": "$\\ce{2 H2 + O2 ->[\\Delta] 2 H2O}$ and $\\pu{25 kJ mol-1}$\n",
}
"""One card of each construct, as an author writes it."""

_SITE = Config(site=Site(extensions=structs.replace(RECOMMENDED, progressbar=On())))
AS_WRITTEN: Final = {name: render(text, config=_SITE)[0].html for name, text in MARKDOWN.items()}
CONSTRUCTS: Final = _WIDE_HTML | AS_WRITTEN
