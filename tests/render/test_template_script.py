"""What the card templates' script may not hold."""

import re

import pytest

from generator.render.theme import template

_SIDES = ("basic_front", "basic_back", "reversed_front", "reversed_back", "cloze_front")


@pytest.mark.parametrize("side", _SIDES)
def test_no_template_holds_a_delimiter_of_mathjax(side: str) -> None:
    r"""AnkiDroid loads MathJax where it sees `\(`, and hides the card until that has run."""
    assert not re.search(r"\\[()\[\]]", template(side))
