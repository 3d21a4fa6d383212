"""Pages that somebody could have written, and pages that nobody should have.

Everything is drawn from one `random.Random`: a number makes the same page for ever, and with
hypothesis' `randoms()` a page that fails shrinks.
"""

import random
from collections.abc import Callable

Rng = random.Random
Maker = Callable[[Rng, int], list[str]]

_TEXT = (
    "heat work energy entropy matrix a I naïve Straße İstanbul ı 熵 解答 قلب שלום e\u0301 ﬁ 🧪 "
    "👩‍🔬 $5 $10 5$ \\$ * _ ** __ ` `` ~~ == ^^ ++ [ ] ( ) ![ ]( <b> </b> <br> <img &amp; &lt &#0; "
    "&#x110000; {{ }} {{c1:: :: {% %} {# #} # - + 1. | || \\ \\\\ http://a.b/c?d=e&f=g www.x.y "
    "[sound:x.mp3] [latex] [$] [anki:play] \\( \\) \\[ \\] $$ --- *** ___ === ~~~ ``` ??? !!! "
    ":material-heart: :smile: :nope: (1)! (c) --> <!-- <-- \u2028 \u0085 \u00a0 \u200b \ufeff \x1f "
    "\x0b \x0c \x1b \x7f \ufffe H~2~O x^2^ {--a--} {++b++} {~~a~>b~~} {==c==}{>>d<<}"
)
_WORDS = _TEXT.split(" ")
_TYPES = ("question", "faq", "note", "success", "tip", "quiz", "Frage", "answer", "danger", "")
_TITLES = (
    *("Answer", "Show answer", "Solution", "解答", "Question Bank: TBD", "", "Q", "What?"),
    *('with "inner" quotes', "open", "{{ macro() }}", "$x$", "<b>", "`c`", "\\", "::", "}}"),
)
_MARKERS = ("???", "???+", "!!!", "???-", "!!!-", "!!! ", "????")
_LANGUAGES = ("python", "", "#!python", "nope", "mermaid", "math", "{.py title=1}", "c++ a b")
_ATTRIBUTES = (
    *("{ width=300 }", "{: .c }", "{ #x }", '{:target="_blank"}', "{ a=b", "{}", "{ .a .b k='v' }"),
    *('{ onclick="x" }', "{:", "{ #" + "y" * 50 + " }"),
)
_TEX = (
    *("x", "x_i^2", r"\frac{a}{b}", r"\frac{a", r"\left( x", r"\sum_{i=1}^{n} i", "}", "{", "&"),
    *(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r"\begin{cases} 1 & x \\ 2 \end{cases}"),
    *(r"\boxed{x}", r"\text{if $x$ <b>}", r"\unknown", r"\mathbb{R}", r"\operatorname*{argmax}_x"),
    *(r"\color{red}{x}", r"\\[8pt]", r"\not=", "a'''", r"\sqrt[3]{x}", r"\hline", "%", "~", "#1"),
    *(r"\begin{array}{c|c} a & b \\ \hline c \end{array}", r"\underbrace{x}_{\text{名}}", "x^x^x"),
    *(r"\overset{a}{b}", r"\limits", r"\mathop{x}\limits_a", r"\verb|x|", r"\def\a{\a}\a", "\\"),
    *(r"\begin{matrix}", r"\end{matrix}", r"\href{javascript:x}{y}", r"\tag{1}", "}}", "{{c1::x}}"),
)
_ADDRESSES = (
    *("a.md", "a.md#b", "#here", "../../etc/passwd", "https://e.org/x", "javascript:x", "", "/a/b"),
    *(
        "a.png",
        "C:\\x.png",
        "data:text/html,x",
        "mailto:a@b.c",
        "a b.png",
        "%2e%2e/x",
        "<a b>",
        "//h",
    ),
    *("file:///etc/passwd", 'a.png "t"', "%00", "x.svg", "http://[", "http://[::1", "CON"),
)
_TAGS = (
    *("b", "div", "div markdown", "script", "iframe src=x", "img src=a.png", "details", "table"),
    *("svg", "math", "a href='javascript:x'", "p style='position:fixed'", "br/", "!--", "?php"),
    *(
        "![CDATA[",
        "kbd",
        'span class="def-mono-red"',
        "style",
        "textarea",
        "div markdown=1",
        "b" * 99,
    ),
)


def page(rng: Rng) -> str:
    """Make a page: front matter perhaps, blocks, and sometimes damage."""
    parts = _front_matter(rng) if rng.random() < 0.2 else []
    parts += ["# Page", ""] if rng.random() < 0.5 else []
    for _ in range(rng.randint(1, 5)):
        maker = _admonition if rng.random() < 0.5 else rng.choice(_BLOCKS)
        parts += [*maker(rng, 0), *[""] * rng.choice((0, 1, 1, 1, 2))]
    text = "\n".join(parts) + "\n"
    return _damage(rng, text) if rng.random() < 0.25 else text


def formula(rng: Rng) -> str:
    """Make TeX, most of it right."""
    parts = [rng.choice(_TEX) for _ in range(rng.randint(1, 4))]
    return rng.choice((" ", "+", "_", "^", "")).join(parts)


def _damage(rng: Rng, text: str) -> str:
    """Cut, double, swap or foul a piece of the text."""
    for _ in range(rng.randint(1, 3)):
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.randint(0, 30))
        piece = rng.choice(("", text[start:end] * 3, rng.choice(_WORDS), "\t", "    ", "\n"))
        text = text[:start] + piece + text[end:]
    if rng.random() < 0.1:
        text = text.replace("\n", rng.choice(("\r\n", "\r", "\n\n", " \n")))
    return text


def _front_matter(rng: Rng) -> list[str]:
    lines = [
        *("title: A", "title: [", "tags: [a, b c, 'd::e', 1, null]", "date: 2025-01-01", ": x"),
        *("tags: {a: b}", "admonki: {math: mathjax}", "admonki: {nope: 1}", "title: 2025-99-99"),
        *("admonki: {macros: {R: x}}", "admonki: 5", "!!python/object:os.system x", "a: &a [*a]"),
        *("date: {created: 2025-01-01}", "categories: x", "slug: é", "\ttab: x", "title: 'x"),
    ]
    chosen = [rng.choice(lines) for _ in range(rng.randint(0, 3))]
    return [rng.choice(("---", "---", "--- ")), *chosen, rng.choice(("---", "---", "...", ""))]


def _words(rng: Rng) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(1, 6)))


def _inline(rng: Rng, depth: int = 0) -> str:
    kind = rng.randrange(14)
    inner = _words(rng) if depth > 2 or rng.random() < 0.6 else _inline(rng, depth + 1)
    if kind < 4:
        return inner
    simple = (
        *(f"**{inner}**", f"`{inner}`", f"=={inner}==", f"^^{inner}^^", f"~~{inner}~~"),
        *(f"*{inner}", f"`#!python {inner}`", f"++ctrl+{inner}++", f"_{inner}_"),
    )
    made = (
        lambda: rng.choice(simple),
        lambda: rng.choice((f"${formula(rng)}$", f"\\({formula(rng)}\\)", f"$ {formula(rng)}$")),
        lambda: f"[{inner}]({rng.choice(_ADDRESSES)}){rng.choice(('', *_ATTRIBUTES))}",
        lambda: f"![{inner}]({rng.choice(_ADDRESSES)}){rng.choice(('', *_ATTRIBUTES))}",
        lambda: f"<{rng.choice(_TAGS)}>{inner}" + rng.choice(("", "</b>", "</div>", "-->")),
        lambda: rng.choice((f"{inner}[^1]", f"[{inner}][ref]", f"{inner} (1)", "[^nope]", "[ref]")),
        lambda: inner + rng.choice(_ATTRIBUTES),
        lambda: f"{inner} {_inline(rng, depth + 1)}" if depth < 4 else inner,
    )
    return rng.choice(made)()


def _paragraph(rng: Rng, _depth: int) -> list[str]:
    ends = ("", "", "  ", "\\", "<br>")
    return [_inline(rng) + rng.choice(ends) for _ in range(rng.randint(1, 3))]


def _nested(rng: Rng, depth: int) -> list[str]:
    if depth > 4:
        return _paragraph(rng, depth)
    lines: list[str] = []
    for _ in range(rng.randint(0, 3)):
        maker = rng.choice(_BLOCKS)
        lines += [*maker(rng, depth + 1), *[""] * rng.choice((0, 1, 1, 2))]
    return lines


def _indented(lines: list[str], prefix: str) -> list[str]:
    return [prefix + line if line else line for line in lines]


def _admonition(rng: Rng, depth: int) -> list[str]:
    kind = rng.choice(_TYPES) if rng.random() < 0.5 else "question"
    title = _inline(rng) if rng.random() < 0.6 else rng.choice(_TITLES)
    quote = rng.choice(('"',) * 8 + ("'", "“"))
    shown = rng.choice((f" {quote}{title}{quote}",) * 6 + (f' "{title}', f" {title}", "", ' ""'))
    classes = rng.choice(("",) * 8 + (" inline end", " reversed", " cloze", " annotate"))
    tail = rng.choice(("",) * 9 + (" { #x }", " {: .c }", "  "))
    marker = rng.choice(_MARKERS) if rng.random() < 0.3 else "???"
    line = f"{marker} {kind}{classes}{shown}{tail}"
    body = _nested(rng, depth)
    if rng.random() < 0.1:
        body = [
            rng.choice(("<!-- id: a -->", "<!-- admonki: bank -->", "<!-- admonki: x y")),
            *body,
        ]
    indent = rng.choice(("    ",) * 8 + ("\t", "  ", "        ", " \t"))
    return [line, *[""] * rng.choice((0, 0, 1, 2)), *_indented(body, indent)]


def _list(rng: Rng, depth: int) -> list[str]:
    lines = []
    for _ in range(rng.randint(1, 3)):
        bullet = rng.choice(
            ("- ", "* ", "1. ", "2) ", "•\t", "- [ ] ", "- [x] ", "i. ", "-", "9999999999. ")
        )
        lines.append(bullet + _inline(rng))
        if rng.random() < 0.3:
            indent = rng.choice(("    ", "  ", "   ", "\t", "      "))
            lines += _indented(_nested(rng, depth + 1), indent)
    return lines


def _fence(rng: Rng, _depth: int) -> list[str]:
    mark = rng.choice(("```", "~~~", "````"))
    options = rng.choice(
        ("", "", ' title="x"', ' linenums="1"', ' hl_lines="1 3-2"', " hl_lines=x", " {")
    )
    end = [rng.choice((mark, mark, mark, "```", ""))]
    return [mark + rng.choice(_LANGUAGES) + options, *_paragraph(rng, 0), *end]


def _display(rng: Rng, _depth: int) -> list[str]:
    tex = formula(rng)
    shapes = (
        *(
            ["$$", tex, "$$"],
            [f"$${tex}$$"],
            ["\\[", tex, "\\]"],
            ["$$", tex],
            [f"$$ {tex}", "$$ x"],
        ),
        [f"\\begin{{align}} {tex} \\end{{align}}"],
    )
    return list(rng.choice(shapes))


def _table(rng: Rng, _depth: int) -> list[str]:
    rule = rng.choice(("|---|:-:|", "|--|", "---|---", "|:--|--:|--|"))
    rows = [f"| {_inline(rng)} | {_inline(rng)} |" for _ in range(rng.randint(0, 2))]
    return [f"| {_words(rng)} | b |", rule, *rows]


def _html(rng: Rng, depth: int) -> list[str]:
    tag = rng.choice(_TAGS)
    end = rng.choice((f"</{tag.split()[0]}>", "", "</div>", "-->"))
    return [f"<{tag}>", *_nested(rng, depth + 1), end]


def _other(rng: Rng, _depth: int) -> list[str]:
    inline = _inline(rng)
    choices = (
        *(
            [f"{'#' * rng.randint(1, 7)} {inline}"],
            ["---"],
            ["[^1]: " + inline],
            ["*[HTML]: " + inline],
        ),
        *(["[ref]: " + rng.choice(_ADDRESSES)], ["term", ": " + inline], ["<!-- more -->"]),
        *(
            ['--8<-- "' + rng.choice(_ADDRESSES) + '"'],
            ["<!-- " + inline],
            ["/// caption", inline, "///"],
        ),
        *(["{% raw %}", inline, "{% endraw %}"], [inline, "==="], [rng.choice(_ATTRIBUTES)], ["⸻"]),
        *(
            ["<!-- admonki: ignore W301 -->"],
            ["<!-- admonki: nope -->"],
            [f"    {inline}"],
            ["--8<--"],
        ),
    )
    return list(rng.choice(choices))


def _quote(rng: Rng, depth: int) -> list[str]:
    return ["> " + line for line in _nested(rng, depth + 1)]


def _tabs(rng: Rng, depth: int) -> list[str]:
    lines = []
    for _ in range(rng.randint(1, 2)):
        lines += [f'=== "{_inline(rng)}"', "", *_indented(_nested(rng, depth + 1), "    ")]
    return lines


_BLOCKS: tuple[Maker, ...] = (
    *(_paragraph, _paragraph, _admonition, _admonition, _list, _list, _fence, _display, _table),
    *(_html, _other, _other, _quote, _tabs),
)
