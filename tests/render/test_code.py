"""Highlighted code: nothing of it is lost."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.markup.writer import write
from generator.render.code import highlight

_CODE = "\n\ndef f(x):\n\treturn x < 1 & 2  # [a](b)\n\n<b a='1'>\n$ ls\n\n"


_LANGUAGES = (
    "python bash c cpp java javascript typescript sql yaml toml rust go ruby html css diff perl "
    "php kotlin lua bibtex json console pycon jinja latex haskell text nosuchlanguage"
)


@pytest.mark.parametrize("language", _LANGUAGES.split())
def test_the_text_of_highlighted_code_is_the_code(language: str) -> None:
    html = write(highlight(_CODE, language))
    body = LexborHTMLParser(f"<body><pre>\n{html}</pre>").css_first("pre")
    assert body is not None
    assert body.text() == _CODE


def test_blank_lines_around_code_stay() -> None:
    assert write(highlight("\n\na\n\n", "python")) == "\n\na\n\n"


def test_spans_do_not_cross_the_end_of_a_line() -> None:
    html = write(highlight('"""a\nb"""', "python"))
    assert html.count("<span") == 2
    assert all(line.count("<span") == line.count("</span>") for line in html.split("\n"))
