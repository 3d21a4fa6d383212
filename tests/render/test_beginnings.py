"""What a pattern matches begins by one of the characters that we expect."""

import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.beginnings import OTHER, beginnings

_DIGITS: Final = "0123456789"
_ALL: Final = "".join(map(chr, range(0x80))) + OTHER


@pytest.mark.parametrize(
    ("pattern", "chars"),
    [
        ("ab|c", "ac"),
        ("(?:a|b?)c", "abc"),
        ("a*b+c", "ab"),
        ("a{0,2}?b", "ab"),
        (r"\bab", "a"),
        ("(?=a)b", "b"),
        ("(?!a)b|(?<=x)c|(?<!x)d", "bcd"),
        ("^a$", "a"),
        ("[a-c_]", "abc_"),
        ("[x-ÿ]", "xyz{|}~\x7f" + OTHER),
        ("é", OTHER),
        (r"\d", _DIGITS + OTHER),
        (r"(?a:\s)", "\t\n\v\f\r " + OTHER),
        (r"(?a)(?u:\s)", "\t\n\v\f\r\x1c\x1d\x1e\x1f " + OTHER),
        (r"(?x) a # b", "a"),
        ("[^a]", _ALL.replace("a", "")),
        (r"[^\W\d_]", "".join(filter(str.isalpha, _ALL)) + OTHER),
        ("[^a-zé]", re.sub("[a-z]", "", _ALL)),
        (".", _ALL.replace("\n", "")),
        ("(?s:.)", _ALL),
        ("(?i)a?(?-i:b)", "aAb" + OTHER),
        ("(?i:k)", "kK" + OTHER),
        ("(?i)ſ", _ALL),
        ("(?i)[^k]", _ALL),
    ],
)
def test_characters(pattern: str, chars: str) -> None:
    assert beginnings(re.compile(pattern)) == set(chars)


@pytest.mark.parametrize("pattern", ["", "a?", "a|", "(?=a)", r"()\1", "$", "(a)?(?(1)b|c)"])
def test_what_can_match_nothing_begins_anywhere(pattern: str) -> None:
    assert beginnings(re.compile(pattern)) == {*_ALL, ""}


_CHARS: Final = "akKsiI1_ -^\n\x1c\x85\xa0éµμſıİ\u212a字\ud800"
_ATOMS: Final = st.one_of(
    st.sampled_from(_CHARS).map(re.escape),
    st.sampled_from([".", r"\d", r"\D", r"\s", r"\S", r"\w", r"\W", r"\b", "^", "$", r"(a)\1", ""]),
    st.builds(
        "[{}{}]".format,
        st.sampled_from(["", "^"]),
        st.lists(
            st.sampled_from(
                ["a-z", "A-Z", "!-~", "i-ſ", r"\s", r"\W", r"\d", *map(re.escape, _CHARS)]
            ),
            min_size=1,
            max_size=3,
        ).map("".join),
    ),
)


def _larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    shapes = "{} {}|{} {}? {}* {}+? {}{{2}} (?i:{}) (?-i:{}) (?a:{}) (?u:{}) (?s:{}) (?={}) (?!{})"
    return st.builds(
        lambda shape, one, other: f"(?:{shape.format(one, other)})",
        st.sampled_from([*shapes.split(" "), "{}{}"]),
        smaller,
        smaller,
    )


_PATTERNS: Final = st.builds(
    "(?{}){}".format, st.sampled_from(["m", "i", "a", "ai", "s"]), st.recursive(_ATOMS, _larger)
)


@settings(max_examples=400, deadline=None)
@given(_PATTERNS)
def test_no_match_begins_otherwise(pattern: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error:  # nothing to repeat
        return
    texts = [first + second for first in [*_CHARS, ""] for second in [*_CHARS, "", "aa"]]
    begun = {text[:1] for text in texts if compiled.match(text)}
    assert {char if char <= OTHER else OTHER for char in begun} <= beginnings(compiled)
