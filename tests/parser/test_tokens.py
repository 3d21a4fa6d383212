"""Tokens share what is empty, and nothing else."""

import pytest

from generator.parser.tokens import quick_token


def test_attributes_of_one_token_are_no_other_s() -> None:
    one, other = quick_token("text", "", 0, 0), quick_token("text", "", 0, 0)
    one.attrSet("id", "x")
    one.attrJoin("class", "a")
    one.attrJoin("class", "b")
    assert one.attrs == {"id": "x", "class": "a b"}
    assert other.attrs == {}


def test_what_all_tokens_share_cannot_be_written() -> None:
    token = quick_token("text", "", 0, 0)
    with pytest.raises(TypeError):
        token.meta["x"] = 1
    with pytest.raises(TypeError):
        token.attrs["x"] = 1
