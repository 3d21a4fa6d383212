"""Markup that the card does not show stays as its author wrote it."""

import pytest

from generator.pull.mapping import Mapped
from tests.pull.mapped import answer_of, map_answer, page_of

_HEAD = '??? question "What?"\n\n'


def _map(body: str, old: str, new: str) -> tuple[str, Mapped]:
    """Edit the answer's HTML, and return the body of the box after the edits."""
    page = page_of(f"{_HEAD}{body}")
    html = answer_of(page.cards()[0])
    assert old in html, html
    text, mapped = map_answer(page, html.replace(old, new))
    return text.removeprefix(_HEAD), mapped


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        (
            "    See [the page](other.md) on it\n",
            "See the page on it",
            "<b>See the page on it</b>",
            "    **See [the page](other.md) on it**\n",
        ),
        (
            "    See [the page](other.md)\n",
            "See the page",
            "<b>See the page</b>",
            "    **See [the page](other.md)**\n",
        ),
        (
            "    See [the page](other.md)\n",
            "the page",
            "the long page now",
            "    See [the long page now](other.md)\n",
        ),
        (
            "    A *word*{ .x } spot <!-- note --> and there\n",
            "spot",
            "<b>spot</b>",
            "    A *word*{ .x } **spot** <!-- note --> and there\n",
        ),
        (
            "    One [link](https://a.example/x)\n",
            'href="https://a.example/x"',
            'href="https://b.example/y"',
            "    One [link](https://b.example/y)\n",
        ),
    ],
)
def test_links_attributes_and_comments_stay(body: str, old: str, new: str, expected: str) -> None:
    text, mapped = _map(body, old, new)
    assert not mapped.unmapped
    assert text == expected


def test_the_first_word_of_a_wrapped_line_goes_without_its_blank() -> None:
    _, mapped = _map("    One two\n    three four.\n", "three ", "")
    (edit,) = mapped.edits
    assert (edit.end - edit.start, edit.text) == (len("three "), "")


def test_what_would_lose_markup_is_left_to_the_author() -> None:
    body = "    See [the page](other.md) or [that one](more.md) at once\n"
    text, mapped = _map(body, "page or that", "page <b>or that</b>")
    assert text == body
    assert mapped.unmapped
