"""Lines of code that the reader added, removed and changed."""

import pytest

from tests.pull.mapped import answer_of, map_answer, page_of

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
def test_lines_of_code_keep_the_indent_of_their_fence(old: str, new: str) -> None:
    page = page_of(_PAGE)
    code = "def f(p):\n    a = 1\n\n    for x in p:\n        g(x)\n    return p"
    html = answer_of(page.cards()[0])
    start, end = html.index(">", html.index("<code")) + 1, html.index("</code>")
    text, mapped = map_answer(page, html[:start] + code.replace(old, new) + html[end:])
    assert not mapped.unmapped
    expected = "".join(
        f"    {line}\n" if line else "\n" for line in code.replace(old, new).split("\n")
    )
    assert text == _PAGE.split("    def")[0] + expected + "    ```\n"
