"""Highlighted code: nothing of it is lost."""

from html import unescape

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.render.code import highlight

_CODE = "\n\ndef f(x):\n\treturn x < 1 & 2  # [a](b)\n\n<b a='1'>\n$ ls\n\n"


_LANGUAGES = (
    "python bash c cpp java javascript typescript sql yaml toml rust go ruby html css diff perl "
    "php kotlin lua bibtex json console pycon jinja latex haskell text nosuchlanguage"
)


@pytest.mark.parametrize("language", _LANGUAGES.split())
def test_the_text_of_highlighted_code_is_the_code(language: str) -> None:
    html = highlight(_CODE, language)
    body = LexborHTMLParser(f"<body><pre>\n{html}</pre>").css_first("pre")
    assert body is not None
    assert unescape(body.text()) == _CODE


def test_blank_lines_around_code_stay() -> None:
    assert highlight("\n\na\n\n", "python").strip("\n") == "a"
    assert highlight("\n\na\n\n", "python").count("\n") == 4


def test_spans_do_not_cross_the_end_of_a_line() -> None:
    html = highlight('"""a\nb"""', "python")
    assert all(line.count("<span") == line.count("</span>") for line in html.split("\n"))
