"""TeX becomes tokens that know where they were."""

import pytest

from generator.math.tex.tokens import join, tokenize


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\frac12", [("\\frac", 0), ("1", 5), ("2", 6)]),
        ("a  \n b", [("a", 0), (" ", 1), ("b", 5)]),
        ("a% comment\n  b", [("a", 0), ("b", 13)]),
        ("\\\n x", [("\\ ", 0), (" ", 2), ("x", 3)]),
        ("x\\", [("x", 0), ("\\", 1)]),
        (r"\verb|a %b| c", [("\\verb", 0), ("|a %b|", 5), (" ", 11), ("c", 12)]),
        (r"\verb*!a b!", [("\\verb*", 0), ("!a b!", 6)]),
        (r"\verb%a%", [("\\verb", 0), ("%a%", 5)]),
        (r"\verb\a\ ", [("\\verb", 0), ("\\a\\", 5), (" ", 8)]),
    ],
)
def test_tokens(tex: str, expected: list[tuple[str, int]]) -> None:
    assert [(token.text, token.offset) for token in tokenize(tex)] == expected


@pytest.mark.parametrize("tex", [r"\alpha x", r"\alpha1", r"\frac{a}{b}", r"\% x", r"\ x"])
def test_tokens_become_the_same_tex_again(tex: str) -> None:
    assert join(token.text for token in tokenize(tex)) == tex
