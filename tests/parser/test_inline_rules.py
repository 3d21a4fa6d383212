"""Inline rules are asked only where they say that they can begin; nothing is missed by that."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.config import Config
from generator.model import SourceFile
from generator.parser.inline import RULES, inline_parser, links
from generator.parser.inline_state import InlineRule
from generator.parser.page import Page, attach
from generator.parser.regions import find_regions

_MARKS = list("ab1 \n!\"#$&'()*+-./:;<=>@[\\]^_`{|}~é ")
_SPANS = [":smile:", "++ctrl+c++", "![a](b)", "&amp;", "<b>", "<a@b.c>", "==m==", "[a](b)", "<!--"]


def read(text: str, rules: Sequence[InlineRule]) -> list[Token]:
    env: dict[str, object] = {}
    attach(env, Page(SourceFile("p.md", "p.md", text), Config(), text, find_regions(text)))
    md = MarkdownIt("commonmark")
    md.inline = inline_parser(rules)
    links.plugin(md)
    return md.inline.parse(text, md, env, [])


@settings(max_examples=300, deadline=None)
@example("a: b! c + d = e & f < g")
@example("<a@b.c> <1@b.c> <.@b.c>")
@given(st.lists(st.sampled_from([*_MARKS, *_SPANS]), max_size=24).map("".join))
def test_what_must_stand_behind_a_trigger_is_all_that_its_rules_take(text: str) -> None:
    """Without that look ahead every trigger asks its rules, and the tokens are the same."""
    patient = [replace(rule, behind="") for rule in RULES]
    assert read(text, RULES) == read(text, patient)


def test_a_text_without_a_mark_is_plain() -> None:
    parser = inline_parser()
    assert not parser.find_mark("Words, numbers 1.5 (and so on): all of it! Is it?")
    assert parser.find_mark("a `b`")
