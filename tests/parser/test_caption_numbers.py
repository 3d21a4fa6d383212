"""Captions have the numbers that the site puts before them."""

from collections.abc import Mapping

import markdown
import pytest
from bs4 import BeautifulSoup

from tests.parser.reference import card_html, extensions_of

_NAME = "pymdownx.blocks.caption"


def _caption(argument: str, text: str = "Text", name: str = "figure-caption") -> str:
    bar = f" | {argument}" if argument else ""
    return f"a\n/// {name}{bar}\n{text}\n///\n\n"


PAGES = {
    "two": _caption("") + _caption("") + _caption("", name="table-caption"),
    "no prefix": _caption("", name="caption") + _caption(""),
    "level": _caption("") + _caption("^1") + _caption("^2") + _caption("^1") + _caption(""),
    "given": _caption("3") + _caption("") + _caption("5.2") + _caption("^1") + _caption("2"),
    "above": _caption("<") + _caption("< 4 #an-id") + _caption("> .a"),
    "in each other": (
        "a\n/// figure-caption\nInner\n///\n/// figure-caption | ^1\nMiddle\n///\n"
        "/// figure-caption\nOuter\n///\n" + _caption("")
    ),
    "numbers in each other": (
        "a\n/// figure-caption\nInner\n///\n/// figure-caption | 4.2\nOuter\n///\n" + _caption("")
    ),
    "no text": "a\n/// figure-caption\n///\n\n" + _caption("", "> quote"),
    "own type": _caption("", name="plate") + _caption("", name="plate") + _caption(""),
}
TYPES = ["figure-caption", {"name": "plate", "prefix": "<b>Plate</b> {}:"}, "table-caption"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"auto": False},
        {"auto_level": 1},
        {"auto_level": 2},
        {"prepend": True},
        {"types": TYPES},
    ],
    ids=str,
)
def test_captions_are_numbered_as_on_the_site(page: str, options: Mapping[str, object]) -> None:
    given = {_NAME: dict(options)}
    theirs = markdown.markdown(PAGES[page], extensions=[_NAME], extension_configs=given)
    assert _captions(card_html(PAGES[page], extensions_of(given))) == _captions(theirs)


def _captions(html: str) -> list[str]:
    found = BeautifulSoup(html, "lxml").find_all("figcaption")
    return [" ".join(caption.get_text(" ").split()).replace(" :", ":") for caption in found]


def test_a_prefix_is_text_and_not_a_format() -> None:
    types = [{"name": "plate", "prefix": "{0.__class__} <script>{}</script>"}]
    html = card_html(_caption("", name="plate"), extensions_of({_NAME: {"types": types}}))
    assert "<figcaption>{0.__class__} 1 Text</figcaption>" in html
