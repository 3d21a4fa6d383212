"""Sketches stay in locks for years: no release may compute another one for the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identity import sketch
from generator.identity.sketch import sketch_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("... _ ", ""),
        (
            "The loss of a model, $x_i^2 + 1$",
            "0034e01000000000000400000001000000000000000000000000000006000020",
        ),
        (
            "Die Größe: 学习率 η ≤ 0.1, ∑ x",
            "0030e01000000000000000df000a0000070001000f0000000000000003000000",
        ),
    ],
)
def test_a_sketch_never_changes(text: str, expected: str) -> None:
    assert sketch_of(text) == expected


@given(st.lists(st.text(st.characters(max_codepoint=127)) | st.text()).map("".join))
def test_a_text_has_the_words_that_the_pattern_finds(text: str) -> None:
    found = " ".join(sketch.words_of(text)).encode("utf-8", "surrogatepass").split()
    assert sketch._words(text) == set(found)


def test_remembered_hashes_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "_MOST_HASHES", 3)
    monkeypatch.setattr(sketch, "_HASHES", sketch._Hashes())
    expected = sketch_of("one two three four five six seven")
    assert len(sketch._HASHES) <= 3
    assert sketch_of("one two three four five six seven") == expected
