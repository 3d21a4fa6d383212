"""YAML of a stranger is data or one of two kinds of errors."""

from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from generator.yaml_data import load_yaml

_UNFIT = (
    *("a: !!bool x", "a: !!int ''", "a: !!timestamp x", "a: !!float x", "a: !!int {=: x}"),
    *("a: !!bool {=: x}", "a: 2026-13-45", "a: !!binary é", "a: !!map [b]", "a: !!set [b]"),
    *("a: !!omap {b: c}", "a: !!pairs x", "? [b]\n: c", "!!python/name:os.system", "a: !b c"),
    *("a: &a [*a]", "[" * 3000, "a: " + "9" * 5000, "<<: x", "a: 0b_", "a: 190:20:30e1"),
)


@pytest.mark.parametrize("text", _UNFIT)
def test_no_value_raises_anything_else(text: str) -> None:
    with suppress(yaml.YAMLError, ValueError):
        load_yaml(text)


@pytest.mark.parametrize(
    ("first", "more"), [("{x: 1}", "{{<<: [{0}, {0}]}}"), ("[x]", "[{0}, {0}]")]
)
def test_aliases_make_no_gigabytes(first: str, more: str) -> None:
    levels = (f"a{n}: &a{n} {more.format(f'*a{n - 1}')}\n" for n in range(1, 40))
    text = f"a0: &a0 {first}\n{''.join(levels)}"
    with pytest.raises(ValueError, match="more than 200,000 values"):
        load_yaml(text)


def test_what_is_data() -> None:
    assert load_yaml("a: &b [1, x]\nc: *b\n") == {"a": [1, "x"], "c": [1, "x"]}
    assert load_yaml("") is None
    assert load_yaml("a: " + "9" * 50) == {"a": "9" * 50}
    with pytest.raises(ValueError, match="longer than 4 characters"):
        load_yaml("a: bc", longest=4)


def test_only_two_modules_make_data_of_yaml() -> None:
    """The other reads the site's configuration, with the place of every value."""
    root = Path(__file__).resolve().parents[1] / "generator"
    users = [file.name for file in root.rglob("*.py") if "Loader" in file.read_text("utf-8")]
    loads = [
        file.name for file in root.rglob("*.py") if "yaml.safe_load" in file.read_text("utf-8")
    ]
    assert (sorted(users), loads) == (["yaml_data.py", "yaml_file.py"], [])
