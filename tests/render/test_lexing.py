"""Fewer searches for Pygments' rules give Pygments' tokens."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import RegexLexer
from pygments.lexers import get_lexer_by_name

from generator.render import lexing

_LANGUAGES = "python bash c cpp java javascript typescript sql yaml toml rust go ruby html css"
_MORE = "docker r julia haskell latex diff perl php kotlin lua bibtex"
_ALL = f"{_LANGUAGES} {_MORE}".split()
_PYTHON = Path(lexing.__file__).read_text(encoding="utf-8")
_CHARS = "(){}[]<>;:,.=+-*/\\\"'`#$@!%&|~^?\n\t _0123456789é"
_PIECES = (
    "def ",
    "class ",
    "if ",
    "<<EOF\n",
    "EOF\n",
    "return",
    'f"{x:>3}"',
    '"""',
    "/*",
    "*/",
    "//",
    "--",
)
_WORDS = st.sampled_from([*_CHARS, *_PIECES, "<b>", "</b>", "x = 1\n"])


def _pair(language: str, monkeypatch: pytest.MonkeyPatch) -> tuple[RegexLexer, RegexLexer]:
    plain, quick = get_lexer_by_name(language), lexing.quicken(get_lexer_by_name(language))
    if not isinstance(plain, RegexLexer) or not isinstance(quick, RegexLexer):
        raise TypeError(f"{language} has no rules")
    monkeypatch.setattr(lexing, "_WORTH", 1)
    return plain, quick


@pytest.mark.parametrize("language", _ALL)
def test_any_text_gives_the_same_tokens(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        plain, quick = _pair(language, patch)

        @settings(max_examples=30, deadline=None)
        @given(st.lists(_WORDS, max_size=40).map("".join))
        def same(text: str) -> None:
            assert list(quick.get_tokens(text)) == list(plain.get_tokens(text))

        same()


@pytest.mark.parametrize("language", _ALL)
def test_a_long_text_gives_the_same_tokens(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, quick = _pair(language, monkeypatch)
    assert list(quick.get_tokens(_PYTHON)) == list(plain.get_tokens(_PYTHON))


def test_neighbouring_rules_are_one_search() -> None:
    lexer = get_lexer_by_name("python")
    rules = getattr(lexer, "_tokens")["root"]  # noqa: B009 - untyped
    assert len(tuple(lexing.group_rules(rules))) < len(rules) / 4
