"""Code as the site's options show it: language, title, numbers of lines."""

import pytest

from tests.parser.reference import Options, card, card_html, extensions_of, site

CODEHILITE = [
    "    :::python\n    x = 1\n",
    "    ::python\n    x = 1\n",
    "    #!python\n    x = 1\n",
    "    #!/bin/sh\n    ls\n",
    "    #!/usr/bin/env python\n    x = 1\n",
    "    x = 1\n    :::python\n",
    '    :::python hl_lines="1"\n    x = 1\n',
]


@pytest.mark.parametrize("text", CODEHILITE)
def test_the_first_line_of_indented_code_may_name_its_language(text: str) -> None:
    options: Options = {"codehilite": {"linenums": False}}
    assert card(text, options) == site(text, options)


@pytest.mark.parametrize(
    ("text", "linenums", "is_numbered"),
    [
        ("    #!python\n    x = 1\n", None, True),
        ("    #!python\n    x = 1\n", False, False),
        ("    :::python\n    x = 1\n", None, False),
        ("    :::python\n    x = 1\n", True, True),
        ("    x = 1\n", "table", True),
    ],
)
def test_codehilite_numbers_lines(text: str, linenums: object, is_numbered: bool) -> None:
    extensions = extensions_of({"codehilite": {"linenums": linenums}})
    assert ("data-linenos" in card_html(text, extensions)) == is_numbered


def test_marked_lines_of_indented_code() -> None:
    text = '    :::python hl_lines="2"\n    x = 1\n    y = 2\n'
    assert card_html(text, extensions_of({"codehilite": {}})).count('class="hll"') == 1


@pytest.mark.parametrize(
    ("options", "text", "shown"),
    [
        ({"auto_title": True}, "```pycon\nx\n```", 'data-title="Python Console Session"'),
        ({"auto_title": True}, "```\nx\n```", 'data-title="Text Only"'),
        ({"auto_title": True}, '```py title="A"\nx\n```', 'data-title="A"'),
        (
            {"auto_title": True, "auto_title_map": {"Python": "Schlange"}},
            "```py\nx\n```",
            'data-title="Schlange"',
        ),
        (
            {"auto_title": True, "auto_title_map": {"Python": {"title": "B", "mode": "html"}}},
            "```py\nx\n```",
            'data-title="B"',
        ),
        ({"default_lang": "python"}, "```\nx = 1\n```", 'class="language-python"'),
        ({"linenums": True}, "```py\nx\n```", "data-linenos"),
        ({}, "```mermaid\nx\n```", 'data-title="Mermaid diagram"'),
        ({"auto_title": True}, "```mermaid\nx\n```", 'data-title="Mermaid diagram"'),
    ],
)
def test_options_of_highlight(options: dict[str, object], text: str, shown: str) -> None:
    extensions = extensions_of({"pymdownx.superfences": {}, "pymdownx.highlight": options})
    assert shown in card_html(text, extensions)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"auto_title": True}, '```py title=""\nx\n```'),
        ({"linenums": False}, '```py linenums="3"\nx\n```'),
        ({"linenums": True}, '```py linenums="0"\nx\n```'),
    ],
)
def test_what_a_fence_or_the_site_turns_off(options: dict[str, object], text: str) -> None:
    extensions = extensions_of({"pymdownx.superfences": {}, "pymdownx.highlight": options})
    shown = card_html(text, extensions)
    assert "data-linenos" not in shown
    assert 'data-title="P' not in shown
