"""Fewer tries of Pygments' rules give Pygments' tokens."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name

from generator.render import lexing
from generator.render.beginnings import beginnings
from generator.render.code import highlight

_LANGUAGES: Final = (
    "python bash c cpp java javascript typescript sql yaml toml rust go ruby html css"
)
_MORE: Final = (
    "docker r julia haskell latex diff perl php kotlin lua bibtex json console pycon jinja"
)
# XQuery's lexer remembers the last text; patterns of the others take for ever on some.
_NOT: Final = {"xquery", "maple", "smithy"}
_ALL: Final = sorted({aliases[0] for _, aliases, _, _ in get_all_lexers() if aliases} - _NOT)
_PYTHON: Final = Path(lexing.__file__).read_text(encoding="utf-8")
_CHARS: Final = [*map(chr, range(0x80)), *"\x85\xa0éµſıİ\u212a\u2028١字\ud800😀", "\r\n"]
_EVERYWHERE: Final = "".join(f"{char}a {char}1{char}\nb{char} {char}=" for char in _CHARS)
_PIECES: Final = (
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
    "<b>",
    "</b>",
    "{{ x }}",
    "{% if x %}",
    "<?php",
    "$ ls\n",
    ">>> x\n",
    "SELECT ",
    "x = 1\n",
    "  a: b\n",
)
_TEXTS: Final = st.lists(st.sampled_from([*_CHARS, *_PIECES]), max_size=40).map("".join)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "_WORTH", 3)


def _pair(language: str) -> tuple[Lexer, Lexer]:
    return get_lexer_by_name(language), lexing.quicken(get_lexer_by_name(language))


@pytest.mark.parametrize("language", _ALL)
def test_every_lexer_gives_the_same_tokens(language: str) -> None:
    plain, quick = _pair(language)
    for text in ("", _EVERYWHERE, "\n".join(_PIECES)):
        assert list(quick.get_tokens(text)) == list(plain.get_tokens(text))


@pytest.mark.parametrize("language", f"{_LANGUAGES} {_MORE}".split())
def test_any_text_gives_the_same_tokens(language: str) -> None:
    plain, quick = _pair(language)
    assert list(quick.get_tokens(_PYTHON)) == list(plain.get_tokens(_PYTHON))

    @settings(max_examples=60)
    @given(_TEXTS)
    def same(text: str) -> None:
        assert list(quick.get_tokens(text)) == list(plain.get_tokens(text))

    same()


def _rules(lexer: Lexer) -> dict[str, list[Any]]:
    return getattr(lexer, "_tokens")  # type: ignore[no-any-return] # noqa: B009 - untyped


def test_few_rules_are_tried() -> None:
    rules = _rules(get_lexer_by_name("python"))["root"]
    found = [beginnings(match.__self__) for match, _, _ in rules]
    for char in "(=x\n":
        assert sum(char in chars for chars in found) < len(rules) / 10


def test_a_state_that_is_met_often_has_few_rules_for_a_character() -> None:
    rules = _rules(get_lexer_by_name("python"))["root"]
    table = lexing._Table(rules)
    assert table["("] is rules
    for char in "((((é字":
        few = table[char]
    assert len(few) < len(rules) / 2
    assert len(table["("]) < len(rules) / 10


def test_a_loop_that_is_not_ours_is_led() -> None:
    lexer = lexing.quicken(get_lexer_by_name("yaml"))
    assert "get_tokens" not in vars(lexer)
    assert all(len(rules) == 1 for rules in _rules(lexer).values())


def test_blank_lines_around_code_stay() -> None:
    assert highlight("\n\nx\n\n", "python") == "\n\nx\n\n"


def test_what_is_no_pattern_is_tried_everywhere() -> None:
    plain, quick = get_lexer_by_name("ini"), get_lexer_by_name("ini")
    hidden = {
        state: [(partial(match), action, target) for match, action, target in rules]
        for state, rules in _rules(quick).items()
    }
    setattr(quick, "_tokens", hidden)  # noqa: B010 - untyped
    lexing.quicken(quick)
    assert list(quick.get_tokens(_EVERYWHERE)) == list(plain.get_tokens(_EVERYWHERE))
