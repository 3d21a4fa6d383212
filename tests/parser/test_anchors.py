"""Anchors are those of the site: compared with the functions that the site calls."""

import markdown.extensions.toc
import pymdownx.slugs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import SlugStyle
from generator.parser.anchors import slugify

_TEXTS = st.text(max_size=20) | st.sampled_from(
    [
        "Größe & Maß",
        "ÉTÉ  1",
        "İstanbul ıI",
        "a_b-c",
        "¿Qué?",
        "ﬁn ½",
        "e\u0301 x",
        "",
        "!!",
        "日本 語",
    ]
)


@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize("case", ["lower", "lower-ascii", "fold", "none"])
@given(text=_TEXTS, separator=st.sampled_from("-_"))
def test_as_pymdownx_makes_them(text: str, separator: str, case: str, encoded: bool) -> None:
    theirs = pymdownx.slugs.slugify(case=case, percent_encode=encoded)(text, separator)
    style = SlugStyle(
        is_pymdownx=True,
        case="" if case == "none" else case,
        separator=separator,
        is_percent_encoded=encoded,
    )
    assert slugify(text, style) == theirs


@pytest.mark.parametrize("is_unicode", [False, True])
@given(text=_TEXTS, separator=st.sampled_from("-_"))
def test_as_python_markdown_makes_them(text: str, separator: str, is_unicode: bool) -> None:
    theirs = markdown.extensions.toc.slugify(text, separator, is_unicode)
    assert slugify(text, SlugStyle(is_unicode=is_unicode, separator=separator)) == theirs
