"""Markup that the card does not show stays as its author wrote it."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.fields import ANSWER, FIELD_NAMES, fields_of
from generator.pull.field import apply
from generator.pull.leaves import leaves_of
from generator.pull.mapping import Mapped, map_card
from generator.pull.page import Page
from generator.render.media import MediaFolder


def _map(body: str, old: str, new: str, folder: Path) -> tuple[str, Mapped]:
    """Edit the answer's HTML, and return the body of the box after the edits."""
    head = '??? question "What?"\n\n'
    page = Page(
        f"{head}{body}".encode(),
        page="p.md",
        display="p.md",
        config=Config(),
        find_media=MediaFolder([folder]),
    )
    (card,) = page.cards()
    html = fields_of(card.note)[FIELD_NAMES.index(ANSWER)]
    assert old in html, html
    mapped = map_card(
        page.text,
        shipped=card.sides,
        wanted=(card.sides[0], leaves_of(html.replace(old, new))),
        regions=card.regions,
        read=lambda text: page.read(text, 0, 1),
        is_apart=lambda _: True,
    )
    return apply(page.text, mapped.edits).removeprefix(head), mapped


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
def test_links_attributes_and_comments_stay(
    body: str, old: str, new: str, expected: str, tmp_path: Path
) -> None:
    text, mapped = _map(body, old, new, tmp_path)
    assert not mapped.unmapped
    assert text == expected


def test_what_would_lose_markup_is_left_to_the_author(tmp_path: Path) -> None:
    body = "    See [the page](other.md) or [that one](more.md) at once\n"
    text, mapped = _map(body, "page or that", "page <b>or that</b>", tmp_path)
    assert text == body
    assert mapped.unmapped
