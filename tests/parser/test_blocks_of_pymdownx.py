"""Blocks between slashes with the options of their first lines and of the site."""

import pytest

from generator.config import Config
from generator.config.settings import Site
from generator.model import SourceFile
from generator.parser import parse
from tests.parser.reference import Options, card, card_html, extensions_of, site

_TYPES = [{"name": "quiz", "class": "question"}, {"name": "aside", "title": "By the way"}, "puzzle"]
SAME: list[tuple[Options, str]] = [
    ({"pymdownx.blocks.admonition": {"types": _TYPES}}, "/// aside\na\n///"),
    ({"pymdownx.blocks.admonition": {"types": _TYPES}}, "/// aside | Own\na\n///"),
    ({"pymdownx.blocks.admonition": {"types": _TYPES}}, "/// puzzle\na\n///"),
    ({"pymdownx.blocks.details": {"types": _TYPES}}, "/// quiz | A?\nb\n///"),
    ({"pymdownx.blocks.details": {}}, "/// details |\n    type: note\n\na\n///"),
    ({"pymdownx.blocks.details": {}}, "/// details\n    # open: true\n\na\n///"),
    (
        {"pymdownx.blocks.details": {}},
        "/// details | A\n    attrs: {class: b, id: c}\n    open: true\n\nd\n///",
    ),
    ({"pymdownx.blocks.caption": {"auto": False}}, "a\n/// caption | <\nb\n///"),
    ({"pymdownx.blocks.caption": {"auto": False, "prepend": True}}, "a\n/// caption\nb\n///"),
    ({"pymdownx.blocks.caption": {"auto": False, "prepend": True}}, "a\n/// caption | >\nb\n///"),
    ({"pymdownx.blocks.caption": {"types": ["drawing"]}}, "a\n/// drawing\nb\n///"),
    ({"pymdownx.blocks.html": {}}, '/// html | div.a.b#c[d e=f g="h i"]\nSome *text*\n///'),
    (
        {"pymdownx.blocks.html": {"custom": [{"tag": "custom", "mode": "block"}]}},
        "/// html | custom\n- a\n///",
    ),
    ({"pymdownx.blocks.html": {}}, "/// html | div\n    markdown: raw\n\n*a* b\n///"),
    ({"pymdownx.blocks.html": {}}, "/// html | pre\n*a*\n///"),
]


@pytest.mark.parametrize(("options", "text"), SAME, ids=[text for _, text in SAME])
def test_the_card_says_what_the_site_says(options: Options, text: str) -> None:
    assert card(text, options) == site(text, options)


def test_the_class_of_a_type_is_the_box_s_type() -> None:
    extensions = extensions_of({"pymdownx.blocks.details": {"types": _TYPES}})
    text = "/// quiz | A?\n    attrs: {id: a-1}\n\nb\n///\n"
    page = SourceFile("p.md", "p.md", text)
    document, _ = parse(page, config=Config(site=Site(extensions=extensions)))
    box = document.tokens[0].meta["admonition"]
    assert (box.type, box.marker, box.explicit_id) == ("question", "???", "a-1")


def test_attributes_of_an_element() -> None:
    extensions = extensions_of({"pymdownx.blocks.html": {}})
    text = '/// html | p[title="a b"]\n    attrs: {lang: de}\n\nc\n///\n'
    assert '<p title="a b" lang="de">' in card_html(text, extensions)
