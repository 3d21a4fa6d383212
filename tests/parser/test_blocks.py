"""The tree of blocks that a page is read into."""

import pytest
from msgspec.structs import replace

from generator.config import Config
from generator.config.extension_sets import RECOMMENDED
from generator.config.extensions import TrulySaneLists
from generator.config.settings import Site
from generator.model import Document, Origin, SourceFile
from generator.parser import parse
from generator.parser.block.code_fence import FenceHeader, read_header


def document(text: str) -> Document:
    return parse(SourceFile("page.md", "page.md", text), config=Config())[0]


def outline(text: str) -> str:
    """A page's tokens in short: `name(` for an opening, `)` for a closing, text as it is."""
    parts = []
    for token in document(text).tokens:
        if token.nesting > 0:
            parts.append(f"{token.type.removesuffix('_open')}(")
        elif token.nesting < 0:
            parts.append(")")
        else:
            parts.append(repr(token.content))
    return " ".join(parts)


def test_quote_right_under_a_nested_item_stands_in_the_item() -> None:
    page = "- a\n    - b\n    > quoted\n"
    assert outline(page) == (
        "bullet_list( list_item( paragraph( 'a' ) bullet_list( list_item( paragraph( 'b' ) "
        "blockquote( paragraph( 'quoted' ) ) ) ) ) )"
    )


def test_body_goes_on_over_any_number_of_blank_lines() -> None:
    page = '??? question "Why?"\n    one\n\n\n\n    two\n\nthree\n'
    assert outline(page) == (
        "admonition( admonition_title( 'Why?' ) paragraph( 'one' ) paragraph( 'two' ) ) "
        "paragraph( 'three' )"
    )


def test_list_right_under_a_paragraph_is_a_list() -> None:
    assert outline("words:\n- a\n- b\n") == (
        "paragraph( 'words:' ) bullet_list( list_item( paragraph( 'a' ) ) "
        "list_item( paragraph( 'b' ) ) )"
    )


def test_extensions_of_the_site_that_read_lists_as_we_do_silence_the_lints() -> None:
    page = SourceFile("p.md", "p.md", '??? note "N"\n    - a\n      - b\n\n    Then\n\n    2. c\n')
    plain = {found.code for found in parse(page, config=Config())[1]}
    sane = Config(site=Site(extensions=replace(RECOMMENDED, mdx_truly_sane_lists=TrulySaneLists())))
    assert plain == {"L221", "L225"}
    assert not parse(page, config=sane)[1]


def test_escapes_and_entities_are_part_of_their_text() -> None:
    children = document("a \\* b &amp; c\n").tokens[1].children or []
    assert [(child.type, child.content) for child in children] == [("text", "a * b & c")]


def test_no_line_of_a_call_of_jinja_begins_a_box() -> None:
    page = '{{ call(\n??? question "one"\n??? question "two"\n) }}\n\n??? question "three"\n    a\n'
    assert outline(page).count("admonition(") == 1


def test_attributes_below_a_tight_item_s_text_are_the_item_s() -> None:
    page = document("- one\n  { #first .a }\n- two\n")
    item, paragraph = page.tokens[1:3]
    assert item.attrs == {"id": "first", "class": "a"}
    assert paragraph.attrs == {}
    assert page.anchors == {"first"}


def test_ids_of_blocks_and_of_spans_are_anchors() -> None:
    page = document("## Head { #h }\n\n*span*{ #s } and `code`{ .c }\n\ntext\n{ #p }\n\n## Head\n")
    assert page.anchors == {"h", "s", "p", "head"}


def test_lines_are_those_of_the_file_once() -> None:
    source = SourceFile("p.md", "p.md", "# Head\n\n| a |\n|---|\n| b |\n", body_line=5)
    tokens = parse(source, config=Config())[0].tokens
    kinds = ("heading_open", "inline", "tr_open")
    lines = [(token.type, token.map) for token in tokens if token.type in kinds]
    assert lines == [
        ("heading_open", [5, 6]),
        ("inline", [5, 6]),
        ("tr_open", [7, 8]),
        ("inline", [7, 8]),
        ("tr_open", [9, 10]),
        ("inline", [9, 10]),
    ]


def test_marks_of_a_break_that_hold_something_else_are_items() -> None:
    assert outline("- a\n- - b *\n") == (
        "bullet_list( list_item( paragraph( 'a' ) ) list_item( bullet_list( list_item( "
        "paragraph( 'b *' ) ) ) ) )"
    )
    assert outline("- a\n- - -\n") == "bullet_list( list_item( paragraph( 'a' ) ) ) ''"


def test_bullets_two_columns_in_belong_to_a_numbered_item() -> None:
    """CommonMark asks for three columns under `1.`; authors write two as under `-`."""
    page = "1. first\n  - one\n  - two\n2. second\n"
    assert outline(page) == (
        "ordered_list( list_item( paragraph( 'first' ) bullet_list( "
        "list_item( paragraph( 'one' ) ) list_item( paragraph( 'two' ) ) ) ) "
        "list_item( paragraph( 'second' ) ) )"
    )


def test_bullets_two_columns_in_belong_to_a_numbered_item_after_a_blank_line() -> None:
    assert outline("1. first\n\n  - one\n") == (
        "ordered_list( list_item( paragraph( 'first' ) bullet_list( list_item( "
        "paragraph( 'one' ) ) ) ) )"
    )


def test_a_fence_that_its_callout_leaves_open_takes_no_other_callout_with_it() -> None:
    text = "> [!note] A\n> ```\n> a\n\n> [!note] B\n> ```\n> b\n> ```\n"
    shown = [token.content for token in document(text).tokens if token.type == "fence"]
    assert shown == ["a\n", "b\n"]


HEADERS = {
    "js{4,5} [x.js]": FenceHeader("js", "x.js", highlighted=(4, 5)),
    "sh [npm]": FenceHeader("sh", "npm"),
    "js {1,3-4}": FenceHeader("js", highlighted=(1, 3, 4)),
    "ts:line-numbers {1}": FenceHeader("ts", highlighted=(1,)),
    'jsx title="src/a.jsx" {2}': FenceHeader("jsx", "src/a.jsx", highlighted=(2,)),
    "python showLineNumbers": FenceHeader("python"),
    "{r, echo=FALSE}": FenceHeader("r"),
    '{.python filename="a.py"}': FenceHeader("python", "a.py"),
    "rust,ignore": FenceHeader("rust"),
    "python file.py": FenceHeader("python", "file.py"),
    "c++": FenceHeader("c++"),
}


@pytest.mark.parametrize("info", HEADERS)
def test_headers_of_fences_in_other_programs(info: str) -> None:
    assert read_header(info) == HEADERS[info]


def test_a_group_of_code_is_not_a_box() -> None:
    text = "::: code-group\n\n```sh [npm]\na\n```\n\n```sh [yarn]\nb\n```\n\n:::\n"
    assert [token.type for token in document(text).tokens] == ["fence", "fence"]


def test_a_fence_in_an_included_file_does_not_end_the_code_around_it() -> None:
    text = "```md\na\n```py\nb\n```\n```\n\nc\n"
    inner = Origin("a.md", 0)
    origins = (None, inner, inner, inner, inner, None, None, None)
    page = SourceFile("p.md", "p.md", text, lines=tuple(range(8)), origins=origins)
    found = [token.content for token in parse(page, config=Config())[0].tokens if token.content]
    assert found == ["a\n```py\nb\n```\n", "c"]


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("    <!-- id: x -->\n    b", "x"),
        ("        <!-- id: x -->\n    b", "x"),
        ("\n        <!-- id: x -->\n        b", None),
        ("\n        <!-- id: x -->\n        b\n\n    <!-- id: y -->\n", None),
    ],
)
def test_a_comment_in_indented_code_is_no_id(body: str, given: str | None) -> None:
    """At the top of a box, an id is a comment; where the box begins with code, it is code."""
    opening = document(f"??? question\n{body}\n").tokens[0]
    assert opening.meta["admonition"].explicit_id == given
