"""Settings that somebody else wrote: each is read in a moment, and names no impossible file."""

import time
from pathlib import Path

import pytest

from generator.config import load
from generator.config.document import ConfigDocument
from generator.config.toml_file import read_toml
from generator.files import is_path
from generator.pipeline.site_style import read_site_style

_MOST_S = 4.0  # of a processor; what takes the square of its length takes minutes
_SITE = "site_name: x\n"
_CSS = 'css = ["docs/a.css"]\n'


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ({"pyproject.toml": ""}, "\n" * 300_000),
        ({"pyproject.toml": ""}, "[ " * 300_000),
        ({"mkdocs.yml": f"{_SITE}extra_javascript: [m.js]", "docs/m.js": ""}, "macros:{" * 40_000),
        (
            {"mkdocs.yml": f"{_SITE}extra_javascript: [m.js]", "docs/m.js": ""},
            "macros:{" + "/* " * 300_000,
        ),
        (
            {"mkdocs.yml": f"{_SITE}plugins: [literate-nav]", "docs/SUMMARY.md": ""},
            "* [a](" + "x" * 300_000,
        ),
        (
            {
                "mkdocs.yml": f"{_SITE}plugins: [awesome-pages: {{order_by: title}}]",
                "docs/b.md": "",
            },
            "# x" + "#" * 300_000 + "x",
        ),
        *(
            ({"admonki.toml": _CSS, "docs/a.css": ""}, text)
            for text in (
                *("/* " * 500_000, ".a" * 500_000, "'\n" * 500_000),
                *("@import url(x);" * 100_000, "url(" * 400_000, f"url({' ' * 900_000}"),
            )
        ),
    ],
)
def test_settings_are_read_in_time_that_grows_with_them(
    tmp_path: Path, files: dict[str, str], text: str
) -> None:
    (tmp_path / "docs").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_text(content or text, encoding="utf-8")
    began = time.process_time()
    config, _ = load(cwd=tmp_path)
    read_site_style(config)
    assert time.process_time() - began < _MOST_S


def test_the_places_of_many_keys_are_found_in_a_moment(tmp_path: Path) -> None:
    file = tmp_path / "admonki.toml"
    file.write_text("\n".join(f"k{number} = 1" for number in range(60_000)), encoding="utf-8")
    began = time.process_time()
    found = read_toml(file, file.name)
    assert time.process_time() - began < _MOST_S
    assert isinstance(found, ConfigDocument)
    assert (found.at_key("k59999").line, found.at_value("k59999").column) == (60_000, 10)


_LONG = "x" * 5_000
_IMPOSSIBLE = (_LONG, "x" * 256, "a\\0b", "a\\ud800")


@pytest.mark.parametrize("text", _IMPOSSIBLE)
@pytest.mark.parametrize("key", ["docs_dir", "INHERIT"])
def test_a_site_that_names_an_impossible_file_is_wrong_at_that_place(
    tmp_path: Path, key: str, text: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f'{_SITE}{key}: "{text}"\n', encoding="utf-8")
    problems = [item for item in load(cwd=tmp_path)[1] if item.code in ("E805", "E806")]
    assert [(item.location.line, item.location.column) for item in problems] == [(2, len(key) + 3)]


@pytest.mark.parametrize("text", _IMPOSSIBLE)
def test_a_navigation_that_names_an_impossible_page_names_a_missing_one(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f'{_SITE}nav:\n  - "{text}.md"\n', encoding="utf-8")
    assert "W812" in [item.code for item in load(cwd=tmp_path)[1]]


@pytest.mark.parametrize("key", ["docs_dir", "output", "lock", "sources", "css"])
def test_a_setting_that_names_an_impossible_file_is_wrong(tmp_path: Path, key: str) -> None:
    value = f'["{_LONG}"]' if key in ("sources", "css") else f'"{_LONG}"'
    (tmp_path / "admonki.toml").write_text(f"{key} = {value}\n", encoding="utf-8")
    assert [item.code[:3] for item in load(cwd=tmp_path)[1]] == ["E80"]


@pytest.mark.parametrize("text", ["", "a\0b", "a\ud800", "x" * 256, f"a/{'é' * 128}", "a/" * 2048])
def test_what_no_system_takes_is_no_path(text: str) -> None:
    assert not is_path(text)


@pytest.mark.parametrize("text", [".", "/", "x" * 255, f"a/{'é' * 127}", "a\\b", "\udcff.md"])
def test_other_texts_are_paths(text: str) -> None:
    assert is_path(text)
