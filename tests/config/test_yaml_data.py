"""YAML of a stranger is data or one of two kinds of errors."""

from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from generator.config.yaml_data import read_data, read_settings

_UNFIT = (
    *("a: !!bool x", "a: !!int ''", "a: !!timestamp x", "a: !!float x", "a: !!int {=: x}"),
    *("a: !!bool {=: x}", "a: 2026-13-45", "a: !!binary é", "a: !!map [b]", "a: !!set [b]"),
    *("a: !!omap {b: c}", "a: !!pairs x", "? [b]\n: c", "!!python/name:os.system", "a: !b c"),
    *("a: &a [*a]", "[" * 3000, "a: " + "9" * 5000, "<<: x", "a: 0b_", "a: 190:20:30e1"),
)


@pytest.mark.parametrize("text", _UNFIT)
def test_no_value_raises_anything_else(text: str) -> None:
    with suppress(yaml.YAMLError, ValueError):
        read_data(text)


@pytest.mark.parametrize(
    ("first", "more"), [("{x: 1}", "{{<<: [{0}, {0}]}}"), ("[x]", "[{0}, {0}]")]
)
def test_aliases_make_no_gigabytes(first: str, more: str) -> None:
    levels = (f"a{n}: &a{n} {more.format(f'*a{n - 1}')}\n" for n in range(1, 40))
    text = f"a0: &a0 {first}\n{''.join(levels)}"
    with pytest.raises(ValueError, match="more than 200,000 values"):
        read_data(text)


def test_what_is_data() -> None:
    assert read_data("a: &b [1, x]\nc: *b\n").value == {"a": [1, "x"], "c": [1, "x"]}
    assert read_data("").value is None
    assert read_data("a: " + "9" * 50).value == {"a": "9" * 50}
    with pytest.raises(ValueError, match="longer than 32,000 characters"):
        read_settings("a: " + "b" * 32_000)


def test_only_one_module_makes_data_of_yaml() -> None:
    root = Path(__file__).resolve().parents[2] / "generator"
    users = [
        file.name
        for file in root.rglob("*.py")
        if any(word in file.read_text("utf-8") for word in ("Loader", "yaml.safe_load"))
    ]
    assert users == ["yaml_data.py"]
