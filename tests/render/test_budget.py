"""A page that would cost more than its size allows is shown without what costs too much."""

import time

import pytest

from generator.render.budget import Budget, reading_cost
from tests.render.rendering import render

_LONG = "t" * 30_000


@pytest.mark.parametrize(
    "text",
    [
        f"{'a ' * 10_000}\n\n*[a]: {_LONG}\n",
        f"{'[a] ' * 10_000}\n\n[a]: https://e.org/ '{_LONG}'\n",
        f"{'![a] ' * 10_000}\n\n[a]: a.png '{_LONG}'\n",
    ],
)
def test_a_long_title_is_not_repeated_for_ever(text: str) -> None:
    fragment, found = render(text, media={"a.png": "a-12.png"})
    assert {item.code for item in found} == {"W512"}
    assert 1_000_000 < len(fragment.html) < 6_000_000


def test_a_short_title_is_repeated_as_often_as_it_is_cited() -> None:
    fragment, found = render(f"{'a ' * 20_000}\n\n*[a]: {'t' * 200}\n")
    assert not found
    assert fragment.html.count("<abbr") == 20_000


def test_an_address_has_a_limit() -> None:
    address = "https://e.org/" + "a" * 4000
    fragment, found = render(f"[a]({address}) ![b]({address})\n")
    assert {item.code for item in found} == {"W505"}
    assert "href" not in fragment.html


def test_a_long_footnote_of_many_cards_is_left_out_at_last() -> None:
    from generator.config import Config
    from generator.model import SourceFile
    from generator.parser import parse
    from generator.render.context import MediaProblem, RenderContext
    from generator.render.html import render_fragment

    text = f"a[^1]\n\n[^1]: {_LONG}\n"
    document, _ = parse(SourceFile("p.md", "p.md", text), config=Config())
    context = RenderContext(document, Config(), lambda *_: MediaProblem.MISSING)
    results = [render_fragment(document.tokens, context=context) for _ in range(200)]
    assert _LONG in results[0][0].html
    assert _LONG not in results[-1][0].html
    assert {item.code for item in results[-1][1]} == {"W512"}


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("perl", "s{"),
        ("php", "<<<A"),
        ("rust", 'r#"'),
        ("lua", "[="),
        ("console", "a:"),
        ("c", " "),
        ("csharp", "a\n"),
        ("aspectj", "$ a\n"),
        ("easytrieve", "\t"),
    ],
)
def test_code_that_takes_too_long_is_plain(language: str, piece: str, end: str) -> None:
    code = (piece * 40 + end) * (18_000 // (40 * len(piece)))
    began = time.process_time()
    fragment, found = render(f"```{language}\n{code}\n```\n\n" * 3)
    assert time.process_time() - began < 6
    assert {item.code for item in found} <= {"W513"}
    assert fragment.text.count(piece.strip()) >= fragment.text.count("x")


@pytest.mark.parametrize(
    "code", ["x = 1;\n" * 4_000, ";" * 1_000, "a" + "\n" * 100 + "b", "x\n" * 1_000]
)
def test_a_listing_is_plain(code: str) -> None:
    fragment, found = render(f"```python\n{code}\n```\n")
    assert [item.code for item in found] == ["W513"]
    assert "<span" not in fragment.html


def test_code_is_read_up_to_a_budget_of_the_page() -> None:
    block = "x = 1\n" * 1_500  # another of its length is too much, a short one is not
    blocks = (block, block, block.replace("1", "2"), "x = 1\n")  # the same one again is not read
    text = "".join(f"```python\n{code}```\n\n" for code in blocks)
    fragment, found = render(text)
    assert [item.code for item in found] == ["W513"]
    assert fragment.html.count('<span class="o">') == 3_001
    assert render(text)[0].html == fragment.html


def test_a_page_spends_the_squares_of_what_is_read() -> None:
    budget = Budget(reading=100)
    assert [budget.read(";" * length) for length in (8, 7, 6, 1)] == [True, False, True, False]


def test_rows_of_words_cost_more_than_punctuation() -> None:
    assert reading_cost(";" * 300) < reading_cost("ab;" * 100) < reading_cost("abc" * 100)


def test_a_long_list_of_imports_is_highlighted() -> None:
    imports = "".join(f"from package_{n}.module import Name{n}\n" for n in range(30))
    fragment, found = render(f"```python\n{imports}```\n")
    assert not found
    assert fragment.html.count('<span class="kn">') == 60


@pytest.mark.parametrize("language", ["xpp", "X++", "antlr-c#"])
def test_a_lexer_without_a_bound_is_not_used(language: str) -> None:
    fragment, found = render(f"```{language}\n{'a ' * 400}\n```\n")
    assert not found
    assert "<span" not in fragment.html


def test_tags_that_end_nothing_cost_no_more_than_their_text() -> None:
    began = time.process_time()
    fragment, _ = render("<b>x</i>" * 12_500)
    assert time.process_time() - began < 2
    assert fragment.html.count("<b>") == fragment.html.count("</b>") == 200
    assert fragment.text.replace(" ", "") == "x" * 12_500
