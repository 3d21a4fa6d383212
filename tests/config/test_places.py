"""The scanner finds in a TOML file what tomllib finds, at the right place."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config.document import ConfigDocument
from generator.config.toml_file import read_toml

TEXT = '''\
# a comment with "quotes"
title = "a # no comment" # one
"quoted.key" = 1
a.b = { c = [1, { d = 'x' }], e = 2026-01-02 03:04:05 }
long = """
[not.a.table]
key = 1 """""
[table."x y"]
k = \'\'\'
z = 1\'\'\'
[[list]]
n = 1
[[list]]
  n = [
    2, # two
    3,
  ]
'''


def read(text: str, folder: Path) -> ConfigDocument:
    file = folder / "x.toml"
    file.write_text(text, encoding="utf-8", newline="")
    document = read_toml(file, "x.toml")
    assert isinstance(document, ConfigDocument)
    return document


@pytest.mark.parametrize(
    ("way", "key", "value"),
    [
        (("title",), (2, 1), (2, 9)),
        (("quoted.key",), (3, 1), (3, 16)),
        (("a", "b"), (4, 3), (4, 7)),
        (("a", "b", "c", "1", "d"), (4, 19), (4, 23)),
        (("a", "b", "e"), (4, 31), (4, 35)),
        (("long",), (5, 1), (5, 8)),
        (("table", "x y", "k"), (9, 1), (9, 5)),
        (("list", "1", "n"), (14, 3), (14, 7)),
        (("list", "1", "n", "1"), (16, 5), (16, 5)),
    ],
)
def test_every_key_and_value_has_its_place(
    tmp_path: Path, way: tuple[str, ...], key: tuple[int, int], value: tuple[int, int]
) -> None:
    document = read(TEXT, tmp_path)
    assert (document.at_key(*way).line, document.at_key(*way).column) == key
    assert (document.at_value(*way).line, document.at_value(*way).column) == value


KEYS = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
SCALARS = st.one_of(
    st.integers(0, 999).map(str),
    st.sampled_from(["true", "'#]'", '"\\"]"', '"""\n[x]\n"""', "1.5", "2026-01-02 03:04:05Z"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[\n{', '.join(items)} ]"),
        st.dictionaries(KEYS, inner.filter(lambda v: "\n" not in v), max_size=3).map(
            lambda table: "{" + ", ".join(f"{k} = {v}" for k, v in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)


def ways(data: object, way: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if isinstance(data, dict):
        inner = [ways(value, (*way, key)) for key, value in data.items()]
    elif isinstance(data, list):
        inner = [ways(value, (*way, str(index))) for index, value in enumerate(data)]
    else:
        inner = []
    return {way}.union(*inner)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_scanner_sees_exactly_the_keys_that_tomllib_sees(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, str]
) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in table.items())
    document = read(text, tmp_path_factory.mktemp("toml"))
    assert set(document.places) == ways(tomllib.loads(text)) - {()}
