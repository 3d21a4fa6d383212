"""What Anki would interpret is only text on a card; deletions are those that the author marked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import CardKind
from tests.render.rendering import render


@pytest.mark.parametrize(
    "text",
    [
        "[sound:x.mp3]",
        "&#91;sound:x.mp3]",
        "\\[sound:x.mp3]",
        "[SOUND:x.mp3]",
        "[**sound**:x.mp3] [sound:x.mp3]",
        "`[sound:x.mp3]`",
        "![[sound:x.mp3]](no.png)",
        "[anki:tts lang=en_US]a[/anki:tts]",
        "[latex]x[/latex]",
        "[$]x[/$] [$$]x[/$$]",
        "<b>[</b>sound:x.mp3] <u title='[sound:x.mp3]'>u</u>",
    ],
)
def test_codes_of_anki_are_text(text: str) -> None:
    html = render(text + "\n")[0].html.lower()
    for code in ("[sound:", "[anki:", "[latex]", "[/latex]", "[$]", "[/$]", "[$$]", "[/$$]"):
        assert code not in html


@pytest.mark.parametrize("text", ["\\\\(x\\\\)", "&#92;(x&#92;)", "a <u>\\\\</u>\\\\[x\\\\]"])
def test_delimiters_of_mathjax_in_text_are_text(text: str) -> None:
    html = render(text + "\n")[0].html
    assert "\\(" not in html
    assert "\\[" not in html
    assert '<span class="tex2jax_ignore">\\</span>' in html


@pytest.mark.parametrize("text", ["`\\(x\\)`", "~~~\n\\[x\\]\n~~~", "    \\(x\\)"])
def test_delimiters_in_code_are_text_too(text: str) -> None:
    html = render(text + "\n")[0].html
    assert '<span class="tex2jax_ignore">\\</span>' in html
    assert "\\(" not in html
    assert "\\[" not in html


def test_marks_of_a_cloze_are_deletions() -> None:
    """The lock gives them their numbers."""
    fragment, _ = render("a ==b *c*== and ==d==\n", kind=CardKind.CLOZE)
    assert fragment.html == "<p>a {{c0::b <em>c</em>}} and {{c0::d}}</p>"
    assert fragment.text == "a b c and d"


@pytest.mark.parametrize("inside", ["x}}y", "a::b", "{{c9::z}}", "`}}::`", "$a_{{1}}$"])
def test_braces_and_colons_in_a_cloze_end_nothing(inside: str) -> None:
    html = render(f"==a {inside} b== c\n", kind=CardKind.CLOZE)[0].html
    assert html.count("{{") == html.count("}}") == html.count("::") == 1


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab=:{}c1$\\<>`*[] \n", max_size=60))
def test_cloze_markup_is_balanced_whatever_is_written(text: str) -> None:
    html = render(text + "\n", kind=CardKind.CLOZE)[0].html
    assert html.count("{{c") == html.count("}}") == html.count("::")
    assert html.count("{{") == html.count("}}")
