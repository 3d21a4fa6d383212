"""Text in the arguments of macro calls."""

from textwrap import dedent

import pytest

from generator.parser.macro_calls import open_macro_calls


def opened(text: str) -> str:
    found = open_macro_calls(text)
    assert found.count("\n") == text.count("\n"), "every line stays where it is"
    return found


def test_the_text_takes_the_place_of_the_call() -> None:
    text = dedent('''
        Q1

        {{
        correction(True,
        """
        ??? success \\"Correction\\"
            `x`
        """
        )
        }}
        after
    ''')
    found = opened(text)
    assert '??? success "Correction"\n    `x`\n' in found
    assert "{{" not in found
    assert found.endswith("after\n")


def test_text_that_the_author_holds_back_is_not_there() -> None:
    assert opened('{{ correction(False, "\n!!! tip\n    No.\n") }}\nafter\n').strip() == "after"


def test_text_beside_the_opening_quote_keeps_the_indent_of_the_call() -> None:
    assert opened('    {{ box("!!! tip\n        two") }}\n') == "    !!! tip\n        two\n"


@pytest.mark.parametrize(
    "text",
    [
        '{{ table("a.csv") }}\n',
        'see {{ box("one\n!!! tip") }}\n',
        '```\n{{ box("one\n!!! tip") }}\n```\n',
        '{{ box("one\n!!! tip", "three\nfour") }}\n',
        '{{ correction(False, "\nNo box.\n") }}\n',
        '{{ box("never closed\n\n',
        "{{ box(one + two,\n3) }}\n",
    ],
)
def test_other_calls_stay(text: str) -> None:
    assert open_macro_calls(text) == text
