"""Each option of the site's Markdown extensions is honoured: the card says what the site says."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.config import Config
from generator.config.settings import Site
from generator.model import SourceFile
from generator.parser import parse
from tests.parser.reference import Options, card, card_html, extensions_of, site

CASES: list[tuple[Options, str]] = [
    ({"pymdownx.betterem": {"smart_enable": "all"}}, "2*3*4 and *so* and a_b_c"),
    ({"pymdownx.betterem": {"smart_enable": "underscore"}}, "2*3*4 and *so* and a_b_c"),
    ({"pymdownx.betterem": {"smart_enable": "asterisk"}}, "2*3*4 and *so* and a_b_c"),
    ({"pymdownx.betterem": {"smart_enable": "none"}}, "2*3*4 and *so* and a_b_c"),
    ({"pymdownx.tilde": {"subscript": False}}, "H~2~O and ~~out~~"),
    ({"pymdownx.tilde": {"delete": False}}, "H~2~O and a~b~ ~~c~~"),
    ({"pymdownx.tilde": {"smart_delete": True}}, "a ~~b~~ c"),
    ({"pymdownx.caret": {"insert": False}}, "x^2^ y ^^z^^"),
    ({"pymdownx.caret": {"superscript": False}}, "x^2^ and ^^in^^"),
    ({"pymdownx.caret": {"no_space": False}}, "x^a b^ y"),
    ({"pymdownx.caret": {}}, r"a\ b and x^a\ b^"),
    ({"pymdownx.caret": {"no_space": False}}, r"a\ b"),
    ({"pymdownx.tilde": {"subscript": False}}, r"a\ b"),
    ({"pymdownx.tilde": {}, "pymdownx.arithmatex": {}}, r"a\ b and $c\ d$"),
    ({"pymdownx.mark": {"smart_mark": True}}, "a==b==c and ==d=="),
    ({"pymdownx.mark": {"smart_mark": False}}, "a==b==c and ==d=="),
    ({"pymdownx.arithmatex": {"smart_dollar": False}}, "a $ x $ b"),
    ({"pymdownx.arithmatex": {"smart_dollar": True}}, "a $ x $ b $y$"),
    ({"pymdownx.arithmatex": {"inline_syntax": ["round"]}}, r"a $x$ and \(y\)"),
    ({"pymdownx.arithmatex": {"inline_syntax": ["dollar"]}}, r"a $x$ and \\(y\\)"),
    ({"pymdownx.arithmatex": {"block_syntax": ["square"]}}, "a\n\n\\[\nx\n\\]\n"),
    ({"pymdownx.superfences": {"disable_indented_code_blocks": True}}, "a\n\n    b\n"),
    ({"pymdownx.superfences": {"disable_indented_code_blocks": False}}, "a\n\n    b\n"),
    ({"pymdownx.keys": {"separator": " "}}, "++ctrl+c++"),
    ({"pymdownx.keys": {"key_map": {"knopf": "Knopf"}}}, "++ctrl+knopf++"),
    ({"pymdownx.keys": {"camel_case": True}}, "++PageUp+a++"),
    ({"pymdownx.smartsymbols": {}}, "(tm) (c) (r) +/- --> <-- <--> =/= 1/2 3/4 c/o 1st 22nd 113th"),
    ({"pymdownx.smartsymbols": {"copyright": False, "fractions": False}}, "(c) 1/2 --> 2nd"),
    ({"pymdownx.smartsymbols": {"ordinal_numbers": False}}, "1st +/-"),
    ({"smarty": {}}, """He said "it's --- or -- 'so'..." in the '90s"""),
    ({"smarty": {"smart_quotes": False}}, '"a" -- b...'),
    ({"smarty": {"smart_dashes": False, "smart_ellipses": False}}, '"a" -- b...'),
    ({"smarty": {"smart_angled_quotes": True}}, "a << b >> c"),
    ({"nl2br": {}}, "a\nb"),
    ({"pymdownx.blocks.html": {}}, "/// html | div\n    markdown: raw\n\n    <b>*c*</b>\n///\n"),
    ({"pymdownx.fancylists": {}}, "/// fancylists | start=3 type=1\n1. b\n2. c\n///\n"),
    ({"pymdownx.escapeall": {}}, r"\W \a \§ b"),
    ({"pymdownx.escapeall": {"nbsp": True}}, r"a\ b"),
    ({"pymdownx.progressbar": {}}, 'a [=65% "65 of 100"]'),
    ({"pymdownx.bracketspan": {}, "attr_list": {}}, "a [b *c*]{.d} e"),
    ({"pymdownx.magiclink": {}}, "see https://a.example/b?c=d and www.example.com."),
    ({"pymdownx.magiclink": {"hide_protocol": True}}, "see https://a.example/b."),
    ({"pymdownx.inlinehilite": {}}, "`#!py x`"),
    ({}, "`#!py x`"),
    ({}, "==a== ^^b^^ ~~c~~ d^e^ f~g~ ++h++ :smile: {++i++}"),
    ({"pymdownx.emoji": {}}, "==a== :x_y_z:"),
    ({}, "HTML\n\n*[HTML]: x"),
    ({}, "a `b`{ .c }"),
    ({"pymdownx.tasklist": {}}, "- [x] a"),
    ({}, "- [x] a"),
    ({"pymdownx.fancylists": {}}, "a. b\nb. c"),
    ({"pymdownx.fancylists": {}}, "i. b\nii. c"),
    ({"pymdownx.fancylists": {}}, "h) b\ni) c"),
    ({"pymdownx.fancylists": {}}, "B.  b\nC.  c"),
    ({"pymdownx.fancylists": {}, "pymdownx.saneheaders": {}}, "#. b\n#. c"),
    ({"pymdownx.fancylists": {"additional_ordered_styles": ["roman"]}}, "a. b\nb. c"),
    ({"pymdownx.fancylists": {}}, "i. b\nii. c\niii. d\niv. e\nv. f\nvi. g"),
    ({"pymdownx.fancylists": {}, "pymdownx.saneheaders": {}}, "i. b\n#. c\n#. d\niv. e"),
    ({"pymdownx.fancylists": {}}, "VIIII. b\nX. c"),
    ({}, "a. b\nb. c"),
    ({"smarty": {}}, """"'Quoted' words" and ("She said 'Hello.'")"""),
    ({"smarty": {}}, '"[a](b.md)" -- *c*\'s d'),
    ({"smarty": {}, "pymdownx.smartsymbols": {}}, "a --> b <-- c <--> d"),
    ({"smarty": {}}, "'em in the '80s: \"'a' b\" 'c' 5'6\""),
    ({"wikilinks": {}}, "a [[Some Page]] b [[ ]] c [[d_e]] [[_f_ g]]"),
    ({}, "a [[b]] c"),
    ({"abbr": {"glossary": {"HTML": "x", "CSS": ""}}}, "HTML _HTML_ CSS\n\n*[JS]: y"),
    ({"abbr": {}}, 'HTML\n\n*[HTML]: x\n\n*[HTML]: ""\n\n*[]: z'),
    ({}, "##Part\n\n#One\nb"),
    ({"pymdownx.saneheaders": {}}, "##Part\n\n# One\nb"),
    ({"toc": {}}, "[TOC]\n\na"),
    ({"toc": {"marker": "[[contents]]"}}, "[[contents]]\n\n[TOC]"),
    ({}, "[TOC]\n\na"),
    ({}, "١. b\n٢. c"),
]


@pytest.mark.parametrize(("options", "text"), CASES, ids=[f"{o}-{t}" for o, t in CASES])
def test_the_card_says_what_the_site_says(options: Options, text: str) -> None:
    assert card(text, options) == site(text, options)


@pytest.mark.parametrize("marker", ["///Footnotes Go Here///", "[notes]"])
def test_the_place_of_the_footnotes_is_not_text(marker: str) -> None:
    extensions = extensions_of({"footnotes": {"PLACE_MARKER": marker}})
    assert marker not in card_html(f"a[^1]\n\n{marker}\n\n[^1]: b\n", extensions)


@pytest.mark.parametrize(
    ("mode", "html"),
    [
        ("view", "<p>a <ins>b</ins> <del>c</del>"),
        ("accept", "<p>a b  <mark>d</mark> f </p>"),
        ("reject", "<p>a  c <mark>d</mark> e </p>"),
    ],
)
def test_critic_marks_are_shown_accepted_or_rejected(mode: str, html: str) -> None:
    extensions = extensions_of({"pymdownx.critic": {"mode": mode}})
    found = card_html("a {++b++} {--c--} {==d==} {~~e~>f~~} {>>g<<}", extensions)
    assert found.replace(' class="critic"', "").startswith(html)


OFF = [
    ("pymdownx.details", '??? note "A"\n\n    b\n'),
    ("admonition", '!!! note "A"\n\n    b\n'),
    ("pymdownx.tabbed", '=== "A"\n\n    b\n'),
    ("footnotes", "a[^1]\n\n[^1]: b\n"),
    ("def_list", "a\n\n:   b\n"),
    ("pymdownx.blocks.admonition", "/// note | A\nb\n///\n"),
    ("pymdownx.blocks.caption", "a\n\n/// caption\nb\n///\n"),
    ("pymdownx.blocks.definition", "/// define\na\n\n- b\n///\n"),
    ("pymdownx.blocks.details", "/// details | A\nb\n///\n"),
    ("pymdownx.blocks.html", "/// html | div\nb\n///\n"),
    ("pymdownx.blocks.tab", "/// tab | A\nb\n///\n"),
    ("abbr", "The HTML.\n\n*[HTML]: Hypertext\n"),
    ("attr_list", "a `b`{ .c } and ![d](e.png){ width=300 }\n"),
    ("attr_list", "a\n{: #b .c }\n"),
    ("pymdownx.arithmatex", "a $x^2$\n"),
    ("pymdownx.arithmatex", "$$\nx\n$$\n"),
    ("tables", "a | b\n--|--\nc | d\n"),
    ("pymdownx.superfences", "- a\n\n    ```py\n    b\n    ```\n"),
    ("pymdownx.superfences", "```py\nb\n```\n"),
    ("pymdownx.tasklist", "- [x] a\n- [ ] b\n"),
    ("pymdownx.emoji", "a :smile: b\n"),
    ("pymdownx.emoji", "a :material-account: b\n"),
    ("pymdownx.inlinehilite", "a `#!py x` b\n"),
    ("pymdownx.caret", "x^2^\n"),
    ("pymdownx.caret", "^^a^^\n"),
    ("pymdownx.tilde", "H~2~O\n"),
    ("pymdownx.tilde", "~~a~~\n"),
    ("pymdownx.mark", "==a==\n"),
    ("pymdownx.keys", "++ctrl+a++\n"),
    ("pymdownx.critic", "a {++b++}\n"),
    ("pymdownx.critic", "{++\n\na\n\n++}\n"),
    ("md_in_html", "<div markdown>\n*a*\n</div>\n"),
    ("md_in_html", '<details markdown="1"><summary>a</summary>\n*b*\n</details>\n'),
    ("pymdownx.snippets", '--8<-- "a.md"\n'),
    ("pymdownx.progressbar", '[=65% "65%"]\n'),
    ("pymdownx.fancylists", "a. b\nb. c\n"),
]


@pytest.mark.parametrize(("name", "text"), OFF)
def test_a_construct_that_is_off_is_reported_once(name: str, text: str) -> None:
    page = SourceFile("p.md", "p.md", f"{text}\n{text}")
    off = Site(path=Path("mkdocs.yml"), extensions=extensions_of({}))
    found = [item for item in parse(page, config=Config(site=off))[1] if item.code == "L230"]
    assert [item.message.split()[5].rstrip(":") for item in found] == [name]
    on = replace(off, extensions=extensions_of({name: {}}))
    assert not [i for i in parse(page, config=Config(site=on))[1] if i.code == "L230"]


@pytest.mark.parametrize(
    "text",
    [
        *("a. b and i. c", "use {x} and {1, 2}", "2^3^4 at 10:30:20", "std::a::b", "a ~ b ~ c"),
        *("C:\\a~1\\b~2", "`#!/bin/sh`", "f(*[a]: b)", "[1]{2}", "a == b == c", "[ ] and [x]"),
        *("i++ and j++", "```py\nb\n```", "$5 and $10", "<div>\na\n</div>"),
    ],
)
def test_what_only_looks_like_a_construct_is_not_reported(text: str) -> None:
    off = Site(path=Path("mkdocs.yml"), extensions=extensions_of({"fenced_code": {}}))
    _, found = parse(SourceFile("p.md", "p.md", text), config=Config(site=off))
    assert [item.message for item in found if item.code == "L230"] == []


def test_a_fence_that_the_site_draws_is_reported_once() -> None:
    options: Options = {"pymdownx.superfences": {"custom_fences": [{"name": "chart"}]}}
    config = Config(site=Site(extensions=extensions_of(options)))
    page = SourceFile("p.md", "p.md", "```chart\na\n```\n\n```chart\nb\n```\n\n```js\nc\n```\n")
    assert [item.code for item in parse(page, config=config)[1]] == ["L231"]


def test_an_icon_of_the_site_is_reported_once() -> None:
    icons: Options = {"pymdownx.emoji": {"options": {"custom_icons": ["overrides/.icons"]}}}
    page = SourceFile("p.md", "p.md", "10:30:00 :smile: :brand-logo: and :brand-mark:\n")
    for options, codes in ((icons, ["L231"]), ({"pymdownx.emoji": {}}, [])):
        config = Config(site=Site(extensions=extensions_of(options)))
        assert [item.code for item in parse(page, config=config)[1]] == codes
