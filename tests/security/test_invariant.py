"""No place of a page lets text become markup: every field is judged under every normal form."""

import unicodedata
from pathlib import Path

import pytest

from generator.config import Config, MathMode
from generator.identity.identify import identify
from generator.identity.lock import Lock
from generator.model import IdentifiedNote, Media
from generator.pipeline.pages import render_page
from generator.pipeline.sources import PageFile
from tests.fuzz.hostile import LEAVES
from tests.fuzz.trial import NOW_S
from tests.security.invariant import check_field, check_note
from tests.security.vectors import render_vector, vectors

_LIVE = (
    "<script>canary()</script>",
    "<img src=x onerror=canary()>",
    '<p title="a">\u0338 onclick=canary()</p>',
    "a\uff1cimg src=x onerror=canary()\uff1e",
    '<a href="javascript:canary()">a</a>',
    '<a href="//e.org">a</a>',
    '<p style="position:fixed">a</p>',
    '<code class="mathjax_process">a</code>',
    "<p>\\(\\href{javascript:canary()}{x}\\)</p>",
    "<p>\\<br>(\\style{x}{y}\\)</p>".replace("\\<br>(", "\\("),
    "<p>\\(\\verb|{|\\) b } \\href{javascript:canary()}{x}\\)</p>",
    "<p>[[type:Question]]</p>",
    "<p>a</p></div><p>b",
    "<!-- a",
    "<p>[sound:other.mp3]</p>",
    "<p>[latex]x[/latex]</p>",
    "e\u0301",
    '<p id="q">a</p>',
    "<math><mi><img src=x></mi></math><svg></svg>",
)


@pytest.mark.parametrize("field", _LIVE)
def test_the_judge_sees_what_acts(field: str) -> None:
    with pytest.raises(AssertionError):
        check_field(field)


@pytest.mark.parametrize(
    "field",
    [
        "<p>a &lt; b <b>c</b> \\) [x]</p>",
        '<p><span class="tex2jax_ignore">\\</span>(\\href{a}{b}\\)</p>',
        "[sound:a.mp3]",
        '<math data-tex="x"><mi>x</mi><mo>&#824;</mo></math>',
    ],
)
def test_the_judge_lets_pass_what_does_not(field: str) -> None:
    check_field(field, sounds=frozenset({"a.mp3"}))


_BOX = '# Page\n\n??? question "Why?"\n    '
_PLACES = {
    "page title": "---\ntitle: 'a @ b'\n---\n" + _BOX + "a",
    "tag": "---\ntags: ['a @ b']\n---\n" + _BOX + "a",
    "first heading": '# a @ b\n\n??? question "Why?"\n    a',
    "heading above": '# Page\n\n## @ a\n\n??? question "Why?"\n    a',
    "title": '??? question "a @ b"\n    a',
    "title of a box inside": _BOX + '!!! note "@ a"\n        b',
    "type and classes": "??? question @\n    a",
    "id": '??? question "Why?" { #x@ }\n    a',
    "paragraph": _BOX + "a @ b",
    "begin of a paragraph": _BOX + "@ b",
    "after a line": _BOX + "a  \n    @ b",
    "emphasis": _BOX + "**@ b** *@* ^^@^^ ~~@~~ ==@== H~@~ x^@^",
    "heading inside": _BOX + "### @ a",
    "list": _BOX + "- @ a\n    - @ b\n\n    1. @ c",
    "task": _BOX + "- [ ] @ a\n    - [x] @ b",
    "table": _BOX + "| @ a | b |\n    |:-:|---|\n    | @ c | d @ |",
    "quote": _BOX + "> @ a",
    "definition": _BOX + "term @\n    :   @ what",
    "code span": _BOX + "`@ a` `#!python @ b` `@`",
    "fence": _BOX + "```python\n    @ a\n    x = '@'\n    # (1)! @\n    ```",
    "fence's title": _BOX + '```py title="@ a" linenums="1"\n    x\n    ```',
    "fence's language": _BOX + "```@ a\n    x\n    ```",
    "indented code": _BOX + "a\n\n        @ b",
    "picture": _BOX + '![@ a](a.png) @ ![b](@.png "@ t") ![](a.png)@',
    "missing picture": _BOX + "![@ a](missing.png)@",
    "remote picture": _BOX + "![@ a](https://e.org/@.png)@",
    "sound": _BOX + "![@ a](a.mp3)@",
    "link": _BOX + '[@ a](https://e.org/@ "@ t")@ <https://e.org/@> [@](b.md#@)',
    "reference": _BOX + '[@ a][r] [r]\n\n[r]: https://e.org/@ "@ t"',
    "attribute list": _BOX + "[a](https://e.org){ .@ title='@ t' width=@ style='@' @ }",
    "attributes of a block": _BOX + "a\n    { .@ title='@ t' @ }",
    "abbreviation": _BOX + "HTML a@\n\n*[HTML]: @ b",
    "footnote": _BOX + "a[^1]@\n\n[^1]: @ b\n",
    "tab": _BOX + '=== "@ a"\n\n        @ b',
    "keys": _BOX + '++ctrl+"@"++@',
    "emoji": _BOX + ":smile:@ :material-@: :material-heart:@",
    "critic": _BOX + "{++@ a++} {--@--} {~~@~>@~~} {>>@<<} {==@==}",
    "formula": _BOX + "$x$@ $\\text{@ a}$ $@$ \\(@\\)",
    "display": _BOX + "$$\n    \\text{@} @\n    $$\n    @",
    "formula for MathJax": _BOX + "$\\class{a}{@}$ $\\cancelto{@}{b}$ $\\enclose{box}{@}$",
    "broken formula": _BOX + "$\\frac{@$ $\\nope @$",
    "raw text": _BOX + "<b>@ a</b>@ <br>@ <u title='@'>@</u> <i @>b</i>",
    "raw block": _BOX
    + '<div class="@" title="@">@ a</div>\n    <details><summary>@</summary>@</details>',
    "raw table": _BOX + "<table @><tr><td>@</td></tr>@</table>",
    "raw media": _BOX
    + "<video src='@' title='@'>@</video> <iframe src='https://e.org/@' title=@></iframe>",
    "Markdown in HTML": _BOX + "<div markdown>\n\n    @ a\n\n    </div>",
    "caption": _BOX + "![a](a.png)\n    /// caption\n    @ b\n    ///",
    "cloze": '??? question cloze "a ==@ b=="\n    @ ==c @ d== ==e=={ hint="@" } {{c1::@}}',
    "codes in a hint": '??? question cloze "a"\n    ==b=={ hint="sound:@" } ==c=={ hint="latex" }',
    "reversed": '??? question reversed "@ a"\n    @ b',
    "bank": '??? question "Bank: TBD"\n    - @ a\n        - @ b\n    - c @',
    "comment": _BOX + "<!-- @ -->@ a <!-- id: @ -->",
    "directive": _BOX + "<!-- admonki: ignore @ -->\n    a",
    "template": _BOX + "{{ @ }} {% @ %} a",
}  # fmt: skip


def _found(_page: str, target: str) -> Media:
    return Media("file-12.mp3" if target.endswith(".mp3") else "file-12.png", target)


def _notes(
    text: str, page: str = "page.md", math: MathMode = MathMode.MATHML
) -> tuple[IdentifiedNote, ...]:
    file = PageFile(Path("/docs") / page, Path("/docs"), page)
    config = Config(site_url="https://site.example/", math=math)
    data = text.encode("utf-8", "surrogatepass")
    result = render_page(file, data, config=config, find_media=_found)
    return tuple(identify(result.notes, Lock(), now_s=NOW_S)[0])


@pytest.mark.parametrize("place", _PLACES)
def test_no_hostile_piece_acts_at(place: str) -> None:
    cards = 0
    for leaf in LEAVES:
        for math in MathMode if "$" in leaf or "\\" in leaf else (MathMode.MATHML,):
            for note in _notes(_PLACES[place].replace("@", leaf) + "\n", math=math):
                check_note(note)
                cards += 1
    assert cards > len(LEAVES) // 2


@pytest.mark.parametrize("leaf", LEAVES[:10])
def test_no_name_of_a_page_acts(leaf: str) -> None:
    notes = _notes(_BOX + "a\n", page=f"{leaf.replace('/', '')} a.md")
    assert notes
    for note in notes:
        check_note(note)


@pytest.mark.parametrize("vector", vectors())
def test_no_vector_acts(vector: str) -> None:
    check_field(render_vector(vector).html, sounds=frozenset({"file-12.png"}))


@pytest.mark.parametrize("prefix", ["\u0338", "&#824;", "\u0316\u0338"])
def test_what_anki_composes_is_the_field_itself(prefix: str) -> None:
    """Anki's importer normalises: NFC of a field must be the field."""
    for note in _notes(f'??? question "{prefix} a"\n    **b**{prefix} onload=canary() x\n'):
        for field in note.fields:
            assert unicodedata.normalize("NFC", field) == field
