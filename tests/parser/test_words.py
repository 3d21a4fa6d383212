"""No kind of token loses its words: every one that the parser makes has an entry in the table."""

import re
from pathlib import Path

import pytest

import generator.parser
from generator.config import Config
from generator.model import SourceFile, Tokens
from generator.parser import parse
from generator.parser.words import WORDS, text_of
from generator.render.html import RULES

_MADE = re.compile(r"""(?:push|Token)\(\s*"([a-z_]+)", \"""")
_TAKEN_OUT = {"footnote_open", "footnote_close"}  # `take_footnotes` leaves none in a document
_PAGES = sorted((Path(__file__).parent.parent / "data" / "valid").glob("*.md"))


def _parsed(text: str) -> Tokens:
    return parse(SourceFile("a.md", "a.md", text), config=Config())[0].tokens


def _kinds(tokens: Tokens) -> set[str]:
    inner = [_kinds(token.children) for token in tokens if token.children]
    return {token.type for token in tokens}.union(*inner)


def test_every_kind_that_the_parser_names_has_words() -> None:
    sources = Path(generator.parser.__file__).parent.rglob("*.py")
    named = {kind for path in sources for kind in _MADE.findall(path.read_text(encoding="utf-8"))}
    assert {"keys", "fence", "math_block"} <= named
    assert named - _TAKEN_OUT <= WORDS.keys()


def test_every_kind_of_the_examples_has_words() -> None:
    assert len(_PAGES) > 5
    kinds = set().union(*(_kinds(_parsed(path.read_text(encoding="utf-8"))) for path in _PAGES))
    assert kinds <= WORDS.keys()


def test_every_kind_has_words_and_html() -> None:
    assert RULES.keys() == WORDS.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## Press ++ctrl+c++ now", "Press Ctrl+C now"),
        ("## `a` *b* $c$ ![d](e.png) f  \ng", "a b c d f g"),
        ("~~~\na\n~~~\n\n    b\n\n$$\nc\n$$", "a b c"),
        ("<div>a<br>b &amp; c</div>", "a b & c"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
    ],
)
def test_words_of_tokens(text: str, words: str) -> None:
    assert text_of(_parsed(text)) == words


def test_a_kind_of_another_plugin_says_its_content() -> None:
    tokens = list(_parsed("a"))
    tokens[1].children = None
    tokens[1].type, tokens[1].content = "stranger", "b"
    assert text_of(tokens) == "b"
