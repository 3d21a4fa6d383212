"""What holds for any page: no word lost, no markup broken, nothing active, no traceback."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.render.rendering import render

_PIECES = (
    *("**a**", "*b*", "`c`", "==d==", "^^e^^", "~~f~~", "H~2~O", "x^2^", "++ctrl+x++", "{++g++}"),
    *("$x<y$", "$$\nz\n$$\n", "[l](p.md)", "![i](q.png)", "[^1]", ":smile:", ":material-check:"),
    *("<b>", "</b>", "<div>", "</div>", "<br>", "<u class='k'>", "</u>", "<i", "<script>"),
    *("</script>", "<details>", "<summary>", "<table>", "<td>", "</td>", "</table>", "<!-- c -->"),
    *("<svg>", "<math>", "\n", "\n\n", "- ", "1. ", "> ", "    ", "# ", "```\n", "~", "word", " "),
    *("| a | b |\n|---|---|\n| 1 | 2 |\n", '??? note "T"\n', "!!! tip\n", '=== "U"\n'),
    *("&lt;", "&", "<", ">", '"', "\\", "é"),
)
_PAGES = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(_PAGES)
def test_html_is_what_a_parser_makes_of_it(page: str) -> None:
    """Serialising the parsed card gives the same elements: no tag is open, stray or misplaced."""
    html = render(page)[0].html
    opened = Counter(re.findall(r"<([a-z][a-z0-9]*)[ >]", html))
    closed = Counter(re.findall(r"</([a-z][a-z0-9]*)>", html))
    for void in ("br", "hr", "img", "input", "col"):
        opened.pop(void, None)
    assert opened == closed


@settings(max_examples=300, deadline=None)
@given(_PAGES)
def test_nothing_active_in_any_page(page: str) -> None:
    body = LexborHTMLParser(f"<body>{render(page)[0].html}").body
    assert body is not None
    for node in body.traverse():
        assert node.tag not in ("script", "style", "svg", "iframe", "object", "form")
        assert not any(name.startswith("on") for name in node.attributes)


_WORDS = st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=6)
_FRAMES = st.sampled_from(
    [
        "{}\n",
        "- {}\n",
        "> {}\n",
        "# {}\n",
        "**{}**\n",
        "`{}`\n",
        "[{}](https://example.org)\n",
        "!!! note\n    {}\n",
        '??? tip "{}"\n    body\n',
        '=== "tab"\n    {}\n',
        "| h |\n|---|\n| {} |\n",
        "```\n{}\n```\n",
        "<div>{}</div>\n",
        "<b>{}\n",
        "<table><tr><td>{}</table>\n",
        "- [ ] {}\n",
        "term\n:   {}\n",
        "x[^1]\n\n[^1]: {}\n",
        "=={}== ^^{}^^ ~~{}~~ {{++{}++}} {{>>{}<<}}\n",
        "<custom-tag>{}</custom-tag> <font color=red>{}</font>\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(_FRAMES, _WORDS)
def test_no_word_is_lost(frame: str, words: list[str]) -> None:
    text = " ".join(words)
    fragment, _ = render(frame.format(*[text] * frame.count("{}")))
    body = LexborHTMLParser(fragment.html).body
    shown = Counter((body.text(separator=" ") if body else "").split())
    said = Counter(re.findall(r"[a-z]{3,}", fragment.text.lower()))
    wanted = Counter(words * frame.count("{}"))
    assert wanted - shown == Counter()
    assert wanted - said == Counter()
