"""The dialect is a markdown-it plugin: its rules, tokens and renderer are markdown-it's."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.substitution import substitution_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from generator.parser.dialect import dialect
from generator.render.markdown import markdown
from tests.parser.documents import boxes

BOX = '??? question "Why?"\n\n    Because *so*.\n'
_NAMES = {
    "code": "    x\n",
    "fence": "```\nx\n```\n",
    "math_block": "$$\nx\n$$\n",
    "admonition": BOX,
    "tabs": '=== "A"\n\n    x\n',
    "blockquote": "> x\n",
    "hr": "***\n",
    "list": "- x\n",
    "footnote": "a[^1]\n\n[^1]: x\n",
    "reference": "[a]\n\n[a]: b.md\n",
    "abbreviation": "HTML\n\n*[HTML]: x\n",
    "html_block": "<div>\nx\n</div>\n",
    "heading": "# x\n",
    "slashes": "/// note | x\ny\n///\n",
    "definition_list": "a\n\n:   b\n",
    "lheading": "x\n==\n",
    "table": "a | b\n--|--\nc | d\n",
    "details": "<details><summary>a</summary>b</details>\n",
    "callout": "> [!note] a\n> b\n",
    "container": ":::note\na\n:::\n",
    "div": "::: {.callout-note}\na\n:::\n",
    "directive": ":::{note}\na\n:::\n",
    "code_directive": "```{code-cell} python\nx\n```\n",
    "gated_directive": "```{exercise-start} A\n```\n\nb\n\n```{exercise-end}\n```\n",
    "layout_directive": "::::{tab-set}\n:::{tab-item} A\nb\n:::\n::::\n",
    "role": "{sub}`a`\n",
    "chunk": "```{r}\n#| message: false\nx\n```\n",
    "table_caption": "a | b\n--|--\nc | d\n\n: e {#f}\n",
    "unshown": "```{note}\na\n```\n\n% b\n",
    "unnamed_reference": "a [](#b)\n",
    "component": "import Tabs from 'a'\n\n<Tabs>\n\nb\n",
    "component_tag": "import Tabs from 'a'\n\nb <Tabs>c</Tabs>\n",
    "script_blank": "a\\ b\n",
    "shortcode": "a {{< b >}}\n",
    "newline": "a\nb\n",
    "math_inline": "$x$\n",
    "attributes": "`a`{ .b }\n",
    "escape": "\\*a\n",
    "backticks": "`a`\n",
    "critic": "{++a++}\n",
    "critic_block": "{++\na\n\nb\n++}\n",
    "keys": "++ctrl++\n",
    "emoji": ":smile:\n",
    "mark": "==a==\n",
    "insert": "^^a^^\n",
    "strikethrough": "~~a~~\n",
    "superscript": "a^b^\n",
    "subscript": "a~b~\n",
    "emphasis": "*a*\n",
    "footnote_ref": "a[^1]\n\n[^1]: b\n",
    "link": "[a](b.md)\n",
    "image": "![a](b.png)\n",
    "autolink": "<https://a.b>\n",
    "html_inline": "a <b>c</b>\n",
    "entity": "&amp;\n",
    "abbreviations": "HTML\n\n*[HTML]: x\n",
    "anchors": "# x\n",
}


def tokens(md: MarkdownIt, text: str) -> list[Token]:
    return md.parse(text)


@pytest.mark.parametrize("name", _NAMES)
def test_a_disabled_rule_is_not_asked(name: str) -> None:
    md = MarkdownIt().use(dialect)
    with_rule = tokens(md, _NAMES[name])
    md.disable(name)
    assert tokens(md, _NAMES[name]) != with_rule
    md.enable(name)
    assert tokens(md, _NAMES[name]) == with_rule


def test_every_rule_of_ours_can_be_disabled() -> None:
    md = MarkdownIt().use(dialect)
    ours = {name for chain in ("block", "inline") for name in md.get_active_rules()[chain]}
    assert ours - {"paragraph", "text"} <= set(_NAMES)


def test_a_rule_put_before_one_of_ours_is_asked_first() -> None:
    def shout(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
        if not state.src.startswith("???", state.bMarks[start]) or silent:
            return False
        state.push("hr", "hr", 0)
        state.line = start + 1
        return True

    md = MarkdownIt().use(dialect)
    assert tokens(md, BOX)[0].type == "admonition_open"
    md.block.ruler.before("admonition", "shout", shout)
    assert tokens(md, BOX)[0].type == "hr"


def test_an_inline_rule_is_asked_at_the_characters_that_it_names() -> None:
    def at(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "§":
            return False
        if not silent:
            state.push("text", "", 0).content = "section "
        state.pos += 1
        return True

    md = markdown()
    md.inline.add_terminator_char("§")
    md.inline.ruler.push("section", at)
    assert md.render("See §5 and *§6*.") == "<p>See section 5 and <em>section 6</em>.</p>"


def test_a_plugin_s_container_holds_our_blocks() -> None:
    md = markdown(classes=frozenset({"aside"})).use(container_plugin, "aside", marker="%")
    html = md.render(f"Text.\n\n%%% aside\n{BOX}%%%\n")
    assert html == (
        '<p>Text.</p><div class="aside">'
        '<details class="question"><summary>Why?</summary><p>Because <em>so</em>.</p></details>'
        "</div>"
    )


def test_our_containers_hold_a_plugin_s_blocks_and_texts() -> None:
    md = (
        markdown(classes=frozenset({"aside"}))
        .use(container_plugin, "aside", marker="%")
        .use(substitution_plugin)
    )
    md.add_render_rule("substitution_inline", lambda *_: "<b>value</b>")
    html = md.render('!!! note "A"\n\n    %%% aside\n    - a {{ key }}\n    %%%\n')
    assert '<div class="aside">' in html
    assert "<li>a <b>value</b></li>" in html


def test_a_core_rule_finds_the_texts_of_every_block() -> None:
    md = MarkdownIt().use(dialect).disable("list").enable("list").use(tasklists_plugin)
    found = tokens(md, "- plain\n- `code`\n")
    assert [t.children is not None for t in found if t.type == "inline"] == [True, True]


def test_a_render_rule_takes_the_place_of_ours() -> None:
    md = markdown()
    md.add_render_rule("hr", lambda *_: "<p>* * *</p>")
    assert md.render("a\n\n***\n") == "<p>a</p><p>* * *</p>"


def test_a_text_alone_is_read_and_rendered() -> None:
    assert markdown().renderInline("a ==b==") == "a <mark>b</mark>"


def test_attributes_of_any_token_can_be_set() -> None:
    for token in tokens(MarkdownIt().use(dialect), BOX):
        token.attrSet("id", "x")
        token.attrJoin("class", "y")
        token.meta["z"] = 1
        assert token.attrs == {"id": "x", "class": "y"}


def test_pages_share_no_tokens() -> None:
    md = MarkdownIt().use(dialect)
    first, second = tokens(md, BOX), tokens(md, BOX)
    assert first == second
    assert not {id(token) for token in first} & {id(token) for token in second}


def _plain(md: MarkdownIt, text: str) -> list[Token]:
    """Read a page with markdown-it's own loops over all rules."""

    def blocks(state: object) -> None:
        md.block.parse(state.src, md, state.env, state.tokens)  # type: ignore[attr-defined]

    def texts(state: object) -> None:
        for token in state.tokens:  # type: ignore[attr-defined]
            if token.type == "inline":
                md.inline.parse(token.content, md, state.env, token.children)  # type: ignore[attr-defined]

    md.core.ruler.at("block", blocks)
    md.core.ruler.at("inline", texts)
    return md.parse(text)


def _outline(found: list[Token]) -> list[tuple[object, ...]]:
    return [
        (t.type, t.tag, t.map, t.content, [(c.type, c.content) for c in t.children or ()])
        for t in found
    ]


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_choosing_rules_by_a_character_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    chosen = MarkdownIt().use(dialect).parse(text)
    assert _outline(chosen) == _outline(_plain(MarkdownIt().use(dialect), text))


PAGES = sorted((Path(__file__).parent.parent / "data" / "valid").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_our_loops_read_pages_as_markdown_it_s_do(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    chosen = MarkdownIt().use(dialect).parse(text)
    assert _outline(chosen) == _outline(_plain(MarkdownIt().use(dialect), text))
