"""Text touches nothing: not the tag before it, not Anki's codes, not MathJax's delimiters."""

import sys
import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.text import (
    JOINERS,
    LOOKALIKES,
    clean,
    escape,
    escape_value,
    guard_cloze,
    is_joining,
    settle,
)

_FORMS: Final = ("NFC", "NFD", "NFKC", "NFKD")
_CHARACTERS = [chr(n) for n in range(0x80, sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
_DECOMPOSED = [c for c in _CHARACTERS if unicodedata.decomposition(c)]


def test_every_character_that_becomes_markup_in_a_normal_form_is_on_the_list() -> None:
    found = [
        c
        for c in _DECOMPOSED
        if any(set("<>&\"'") & set(unicodedata.normalize(form, c)) for form in _FORMS)
    ]
    assert "".join(found) == LOOKALIKES


def test_every_character_that_joins_in_a_normal_form_is_on_the_list() -> None:
    def begins_joined(c: str) -> bool:
        return any(unicodedata.combining(unicodedata.normalize(f, c)[0]) for f in _FORMS)

    found = [c for c in _DECOMPOSED if begins_joined(c) and not unicodedata.combining(c)]
    assert "".join(found) == JOINERS
    assert all(is_joining(c) for c in found)


def test_what_composes_with_the_end_of_a_tag_joins() -> None:
    composing = [
        c
        for c in _CHARACTERS
        for form in _FORMS
        if not unicodedata.normalize(form, ">" + c).startswith(">")
    ]
    assert composing
    assert all(is_joining(c) for c in composing)


_HOSTILE = "\u0338\u0316\u0334<>&\"'=\u226e\u226f\uff1c\uff1e\uff02\uff9e\u0f73a \u3099"


@given(st.text(alphabet=_HOSTILE, max_size=12), st.sampled_from((escape, settle)))
def test_no_normal_form_changes_the_markup_before_a_text(text: str, write: object) -> None:
    html = escape(text) if write is escape else settle(text.replace("&", ""))
    for form in _FORMS:
        field = unicodedata.normalize(form, f"<b>{html}</b>")
        assert field.startswith("<b>")
        assert field.endswith("</b>")
        inner = field[3:-4]
        assert "<" not in inner
        assert ">" not in inner


@given(st.text(alphabet=_HOSTILE, max_size=12))
def test_no_normal_form_ends_a_value(text: str) -> None:
    for form in _FORMS:
        value = unicodedata.normalize(form, f'"{escape_value(text)}"')
        assert value.count('"') == 2
        assert "<" not in value
        assert ">" not in value


_BROKEN = '<span class="tex2jax_ignore">\\</span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("a\xa0b", "a&nbsp;b"),
        ("\u0338a\u0338", "&#824;a\u0338"),
        ("[sound:a.mp3] [SOUND:b]", "&#91;sound:a.mp3] &#91;SOUND:b]"),
        ("[anki:tts] [latex]x[/latex]", "&#91;anki:tts] &#91;latex]x&#91;/latex]"),
        ("[$]x[/$]", "&#91;$]x&#91;/$]"),
        ("[a](b) [sounds] [latex: x]", "[a](b) [sounds] [latex: x]"),
        ("\\(x\\) \\\\ \\a", f"{_BROKEN}(x\\) \\\\ \\a"),
        ("\\[y\\]", f"{_BROKEN}[y\\]"),
        ("e\u0301", "\u00e9"),
        ("a\x1fb\ufdd0c\ufffed\ud800e\U0010ffff", "a b\ufffdc\ufffdd?e\ufffd"),
        ('"quoted"', '"quoted"'),
    ],
)  # fmt: skip
def test_text(text: str, html: str) -> None:
    assert escape(text) == html


def test_value() -> None:
    assert escape_value('"<\\(') == "&quot;&lt;\\("
    assert escape_value("\u0338[sound:x]") == "&#824;&#91;sound:x]"


def test_settled_text_keeps_its_references() -> None:
    assert settle("&lt;&#91;a\xa0") == "&lt;&#91;a\xa0"
    assert (
        settle("\u0338\u226f\\&#91;") == '&#824;&#8815;<span class="tex2jax_ignore">\\</span>&#91;'
    )


def test_braces_and_double_colons_are_references_in_a_cloze() -> None:
    assert guard_cloze("{{c1::a}} b:c ::") == (
        "&#123;&#123;c1&#58;&#58;a&#125;&#125; b:c &#58;&#58;"
    )


def test_clean_keeps_lines_and_tabs() -> None:
    assert clean("a\tb\nc\rd") == "a\tb\nc\rd"
    assert clean("a\x00\x0b\x1fb") == "a   b"
