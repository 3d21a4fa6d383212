"""Small constructs, as the site reads them."""

import pytest

from generator.config import Config
from generator.model import SourceFile
from generator.parser import parse
from generator.reader.page import read_text
from tests.parser.outline import outline
from tests.parser.reference import Options, card, site

SAME: list[tuple[Options, str]] = [
    ({"def_list": {}}, "a\n:    b\n"),
    ({"def_list": {}}, "a\n:   b\n"),
    ({}, "[a] and [b]\n\n[a]:\n    c.md\n\n[b]: d.md\n"),
    ({"abbr": {}}, "HTML\n\n*[HTML]:\n    x\n"),
    ({"attr_list": {}}, "`a`{ .b ; c=d }\n"),
    ({"attr_list": {}}, "[a](b.zip){download} and ![c](d.png){loading}\n"),
    ({"attr_list": {}}, '[a](b.zip){download="download"}\n'),
    ({}, "Foo [bar] [1] and [bar]\n[1] and [x] [y].\n\n[1]: /u\n\n[x]: /v\n"),
    ({}, "[a]\n\n[a]: http://b.example\n[a]: http://c.example\n"),
    ({"pymdownx.critic": {}}, "{++\n\n- a\n\n++}\n\nb\n\n{--\n\nc\n\n--}\n"),
    ({"pymdownx.critic": {"mode": "accept"}}, "{++\n\n- a\n\n++}\n\nb\n\n{--\n\nc\n\n--}\n"),
    ({"pymdownx.critic": {"mode": "reject"}}, "{++\n\n- a\n\n++}\n\nb\n\n{--\n\nc\n\n--}\n"),
    ({"pymdownx.critic": {}}, "{++\n\nnever closed\n"),
    ({"pymdownx.critic": {}}, "{++see [a](b.md)++} and {==![c](d.png)==} [e](f.md)\n"),
    ({"pymdownx.critic": {}}, "{~~[a](b.md)~>[c][d]~~}\n\n[d]: e.md\n"),
    ({"pymdownx.caret": {}, "pymdownx.tilde": {}}, "a^[b](c.md)^ d~[e](f.md)~\n"),
    ({}, "` a ` and `` `b` `` and ` #!py c`\n"),
    ({}, "[a](file:///b.html) and [c](javascript:d)\n"),
    ({"admonition": {}}, "!!! my-note\n    c\n"),
    ({"attr_list": {}}, '[a](b){. title="c"}\n'),
    ({"attr_list": {}, "pymdownx.emoji": {}}, "a {1, 2} b\n"),
    ({"pymdownx.tilde": {}}, "~~删，~~后\n"),
    ({}, "١. a\n٢. b\n"),
    ({}, "१. a\n२. b\n"),
    ({}, "<mailto:a@b.example> and <c@d.example> and <https://e.example>\n"),
    ({}, "a\n\n    <b>\n    <!-- c -->\n    <d> <!-- e -->\n\nf\n"),
    ({}, "a\n\n    b\n\n    <!-- c\n    d -->\n\ne\n"),
    ({}, "a\n\n    <!-- b -->\n    c\n"),
    ({}, "- a\n\n        <!-- b -->\n        c\n"),
    ({}, "> a\n>\n>     b <!-- c -->\n>     <!-- d -->\n"),
    ({"admonition": {}}, "!!! note\n    a\n\n        b\n        <!-- c -->\n\n    d\n"),
    ({"toc": {"baselevel": 2}}, "# a\n\n###### b\n"),
]


@pytest.mark.parametrize(("options", "text"), SAME, ids=[text for _, text in SAME])
def test_the_card_says_what_the_site_says(options: Options, text: str) -> None:
    assert card(text, options) == site(text, options)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (":smile:{ .red }", "<span class='red'>😄</span>"),
        ("`#!math x^2`", "<math @1:1: x^2>"),
        ("![a](b.png){width=256 ; align=right}", "<img alt='' src='b.png' width='256' @1:1: a>"),
    ],
)
def test_text(text: str, shown: str) -> None:
    document, _ = parse(SourceFile("p.md", "p.md", text), config=Config())
    assert outline(document) == f"paragraph 1\n  inline 1 {shown}\n"


def test_a_title_may_be_written_as_a_heading() -> None:
    page = SourceFile("p.md", "p.md", '??? note "## A `b`"\n    c\n')
    assert "inline 1 A <code: b>" in outline(parse(page, config=Config())[0])


def test_a_tab_s_body_may_be_indented_by_two() -> None:
    page = SourceFile("p.md", "p.md", '=== "A"\n  body\n')
    document, problems = parse(page, config=Config())
    assert [item.code for item in problems] == ["W204"]
    assert "    paragraph 2" in outline(document)


def test_a_tab_after_a_key_of_the_front_matter_is_a_space() -> None:
    source, problems = read_text("---\ntitle:\tLimits\n---\na\n", page="p.md", display="p.md")
    assert not problems
    assert source.front_matter.title == "Limits"


def test_a_wide_table_with_empty_rows_is_not_filled_without_end() -> None:
    rows = "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|\n" * 5000
    document, _ = parse(SourceFile("p.md", "p.md", rows), config=Config())
    assert len(document.tokens) < 200_000


def test_a_comment_in_code_is_no_comment_to_us() -> None:
    page = SourceFile("p.md", "p.md", "a\n\n    b\n    <!-- admonki: ignore W206 -->\n")
    document, _ = parse(page, config=Config())
    assert not document.directives
    assert "'b\\n<!-- admonki: ignore W206 -->\\n'" in outline(document)


def test_a_comment_that_begins_before_code_is_not_in_it() -> None:
    page = SourceFile("p.md", "p.md", "a <!-- b\n\n    c --> d\n\n    e\n")
    assert "b" not in outline(parse(page, config=Config())[0]).replace("block", "")


@pytest.mark.parametrize(
    "comment", ["// {}", "# {}", "/* {} */", "{{/* {} */}}", "<!-- {} -->", "-- {}"]
)
def test_comments_that_mark_lines_of_code_are_not_shown(comment: str) -> None:
    marks = [comment.format(f"highlight-{what}") for what in ("next-line", "start", "end")]
    text = f"```js\n{marks[0]}\na\nb\n  {marks[1]}\nc\nd\n{marks[2]}\ne\n```\n"
    shown = outline(parse(SourceFile("p.md", "p.md", text), config=Config())[0])
    assert "highlighted=(1, 3, 4) 'a\\nb\\nc\\nd\\ne\\n'" in shown


def test_an_inline_footnote_of_pandoc_is_reported() -> None:
    page = SourceFile("p.md", "p.md", "A text.^[A note on it.] And `^[a-z ]`, x^[2 n]^.\n")
    assert [item.code for item in parse(page, config=Config())[1]] == ["L231"]
