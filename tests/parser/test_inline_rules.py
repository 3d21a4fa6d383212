"""Inline rules are asked only where they can begin; nothing is missed by that."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, text_join
from markdown_it.token import Token
from msgspec.structs import replace

from generator.config.extension_sets import RECOMMENDED
from generator.config.extensions import On
from generator.parser import inline
from generator.parser.dialect import dialect
from generator.parser.inline_reader import InlineReader, InlineRule

_MARKS = list("ab1 \n!\"#$&'()*+-./:;<=>@[\\]^_`{|}~é ")
_SPANS = [":smile:", "++ctrl+c++", "![a](b)", "&amp;", "<b>", "<a@b.c>", "==m==", "[a](b)", "<!--"]
_ALL = replace(RECOMMENDED, obsidian=On())
_TEXTS = st.lists(st.sampled_from([*_MARKS, *_SPANS]), max_size=24).map("".join)


def _reader(rules: tuple[InlineRule, ...]) -> InlineReader:
    return InlineReader(MarkdownIt(), rules, pairing=(), quiet=())


@settings(max_examples=300, deadline=None)
@example("a: b! c + d = e & f < g")
@example("<a@b.c> <1@b.c> <.@b.c>")
@given(_TEXTS)
def test_what_must_follow_a_trigger_is_all_that_its_rules_take(text: str) -> None:
    """Without that look ahead every trigger asks its rules, and the tokens are the same."""
    patient = tuple(replace(rule, follows="") for rule in inline.rules(_ALL))
    assert _reader(inline.rules(_ALL)).read(text, {}) == _reader(patient).read(text, {})


@settings(max_examples=300, deadline=None)
@example("[![a](b)](c) [d [e](f) g](h) ![i [j](k)](l)")
@example("[a]: [b] ![c]")
@given(_TEXTS)
def test_texts_are_read_as_markdown_it_s_own_loop_reads_them(text: str) -> None:
    md = MarkdownIt().use(dialect)
    chosen = md.parseInline(text)[0].children or []
    read = [Token("inline", "", 0, children=md.inline.parse(text, md, {}, []))]
    text_join(StateCore("", md, {}, read))
    assert _outline(chosen) == _outline(read[0].children or [])


def _outline(tokens: list[Token]) -> list[tuple[object, ...]]:
    return [(token.type, token.attrs, token.content) for token in tokens]
