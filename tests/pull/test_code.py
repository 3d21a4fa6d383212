"""Lines of code that the reader added, removed and changed."""

from pathlib import Path

import pytest

from generator.config import Config
from generator.fields import ANSWER, FIELD_NAMES, fields_of
from generator.pull.field import apply
from generator.pull.leaves import leaves_of
from generator.pull.mapping import map_card
from generator.pull.page import Page
from generator.render.media import MediaFolder

_PAGE = """\
??? question "What?"

    ```py hl_lines="1"
    def f(p):
        a = 1

        for x in p:
            g(x)
        return p
    ```
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return p", "    # done\n    return p"),
        ("    a = 1\n\n", "    a = 1\n"),
        ("        g(x)\n", "        g(x)\n\n        h(x)\n"),
        ("def f(p):", "import b\n\ndef f(p):"),
        ("    return p", "    return p\n\nf([])"),
        ("    for x in p:\n        g(x)\n", ""),
    ],
)
def test_lines_of_code_keep_the_indent_of_their_fence(old: str, new: str, tmp_path: Path) -> None:
    page = Page(
        _PAGE.encode(),
        page="p.md",
        display="p.md",
        config=Config(),
        find_media=MediaFolder([tmp_path]),
    )
    (card,) = page.cards()
    code = "def f(p):\n    a = 1\n\n    for x in p:\n        g(x)\n    return p"
    html = fields_of(card.note)[FIELD_NAMES.index(ANSWER)]
    start, end = html.index(">", html.index("<code")) + 1, html.index("</code>")
    edited = html[:start] + code.replace(old, new) + html[end:]
    mapped = map_card(
        page.text,
        shipped=card.sides,
        wanted=(card.sides[0], leaves_of(edited)),
        regions=card.regions,
        read=lambda text: page.read(text, 0, 1),
        is_apart=lambda _: True,
    )
    assert not mapped.unmapped
    expected = "".join(
        f"    {line}\n" if line else "\n" for line in code.replace(old, new).split("\n")
    )
    assert apply(page.text, mapped.edits) == _PAGE.split("    def")[0] + expected + "    ```\n"
