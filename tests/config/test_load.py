"""Options > own file > site > defaults, each with its origin."""

from pathlib import Path

import pytest

from generator.config import Config, MathMode, load
from generator.config.discover import discover
from generator.errors import Diagnostic


def said(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [str(item) for item in diagnostics]


def test_without_any_file_the_defaults_are_in_force(tmp_path: Path) -> None:
    config, problems = load(cwd=tmp_path)
    assert problems == ()
    assert config.deck_root == ""
    assert config.output == tmp_path / "build"
    assert config.origins["deck_root"].text == "default"


@pytest.mark.parametrize(
    ("name", "head"), [("admonki.toml", ""), ("pyproject.toml", "[tool.admonki]\n")]
)
def test_either_file_sets_values_and_their_origin(tmp_path: Path, name: str, head: str) -> None:
    text = f'{head}deck_root = "Notes"\nsources = ["pages"]\nmath = "mathjax"\nlock = "my.lock"\n'
    (tmp_path / name).write_text(text)
    inner = tmp_path / "pages" / "deep"
    inner.mkdir(parents=True)
    config, problems = load(cwd=inner)
    assert problems == ()
    assert config.deck_root == "Notes"
    assert config.sources == (tmp_path / "pages",)
    assert config.math is MathMode.MATHJAX
    assert config.lock == tmp_path / "my.lock"
    assert config.root == tmp_path
    line = 2 if head else 1
    assert config.origins["deck_root"].text == f"../../{name}:{line}:1"


def test_an_option_beats_the_file_and_its_paths_start_at_the_working_directory(
    tmp_path: Path,
) -> None:
    (tmp_path / "admonki.toml").write_text('deck_root = "A"\noutput = "out"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    config, _ = load({"output": Path("here"), "deck_root": None}, cwd=inner)
    assert config.output == inner / "here"
    assert config.deck_root == "A"
    assert config.origins["output"].text == "option"


def test_the_search_stops_at_the_repository(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_text('deck_root = "outside"\n')
    repository = tmp_path / "repo" / "inner"
    repository.mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    assert load(cwd=repository)[0].deck_root == ""


def test_a_pyproject_of_someone_else_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_text('deck_root = "A"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\ndependencies = ["admonki"]\n[tool.ruff]\n')
    assert load(cwd=inner)[0].deck_root == "A"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('deck_rot = "x"', 'admonki.toml:1:1: error[E803]: unknown key "deck_rot"'),
        (
            "\n  deck_root = 3",
            'admonki.toml:2:15: error[E804]: "deck_root" must be a string, not a number',
        ),
        (
            'math = "latex"',
            'admonki.toml:1:8: error[E805]: "math" must be "mathml" or "mathjax"',
        ),
        (
            'card_types = ["question",\n  7]',
            'admonki.toml:2:3: error[E804]: "card_types" must be a list of strings, not a number',
        ),
        (
            "[macros]\n'\\R' = '\\mathbb{R}'\n\"\\\\Q\" = 1",
            'admonki.toml:3:9: error[E804]: "macros" must be a table of strings, not a number',
        ),
        (
            'ignore = ["103"]',
            'admonki.toml:1:10: error[E805]: "ignore" must be a list of codes such as "W301"',
        ),
        (
            'site_url = "example.com"',
            'admonki.toml:1:12: error[E805]: "site_url" must be a URL that starts with '
            "http:// or https://",
        ),
        ("root = 'x'", 'admonki.toml:1:1: error[E803]: unknown key "root"'),
        ("a = 1\nb = ", "admonki.toml:2:5: error[E802]: not valid TOML: invalid value"),
    ],
)
def test_a_wrong_setting_is_named_at_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "admonki.toml").write_text(text)
    assert said(load(cwd=tmp_path)[1]) == [message]


def test_a_wrong_key_comes_with_the_nearest_right_one(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_text('deck-root = "x"')
    assert load(cwd=tmp_path)[1][0].hint == 'did you mean "deck_root"?'


def test_all_wrong_settings_are_told_in_one_run_and_the_right_ones_count(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_text('x = 1\nmath = 2\ndeck_root = "A"\n')
    config, problems = load(cwd=tmp_path)
    assert [item.code for item in problems] == ["E803", "E804"]
    assert config.deck_root == "A"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"deck_root = '\xe9'"])
def test_a_file_that_is_not_utf8_is_said_to_be_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "admonki.toml").write_bytes(content)
    assert [item.code for item in load(cwd=tmp_path)[1]] == ["E801"]


def test_a_bom_is_read_over(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_bytes(b'\xef\xbb\xbfdeck_root = "A"')
    assert load(cwd=tmp_path)[0].deck_root == "A"


def test_macros_get_their_backslash(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_text("[macros]\nR = '\\mathbb{R}'\n'\\E' = '#1'\n")
    assert load(cwd=tmp_path)[0].macros == {"\\R": "\\mathbb{R}", "\\E": "#1"}


def test_without_a_file_the_root_is_the_folder_of_the_sources(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").touch()
    config, _ = load({"sources": (Path("notes/a.md"),)}, cwd=tmp_path)
    assert config.root == folder
    assert config.output == tmp_path / "build"


def test_a_named_file_is_used_instead_of_the_search(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").write_text('deck_root = "A"')
    (tmp_path / "other.toml").write_text('deck_root = "B"')
    assert load(cwd=tmp_path, file=Path("other.toml"))[0].deck_root == "B"


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    problems = load(cwd=tmp_path, file=Path("gone.toml"))[1]
    assert said(problems) == [
        "gone.toml:1:1: error[E801]: cannot read the configuration: No such file or directory"
    ]


def test_the_public_values_of_a_fresh_config_are_those_of_the_class(tmp_path: Path) -> None:
    config, _ = load(cwd=tmp_path)
    assert config.card_types == Config().card_types


def test_discovery_finds_both_files_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "admonki.toml").touch()
    (tmp_path / "mkdocs.yml").touch()
    found = discover(tmp_path)
    assert (found.own, found.site) == (tmp_path / "admonki.toml", tmp_path / "mkdocs.yml")


def test_pages_of_another_project_do_not_touch_this_one(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    (here / "admonki.toml").write_text('deck_root = "Here"\nlock = "my.lock"\n', encoding="utf-8")
    (there / "a.md").write_text("text\n", encoding="utf-8")
    config, problems = load({"sources": (Path("../there/a.md"),)}, cwd=here)
    assert not problems
    assert (config.deck_root, config.lock) == ("", None)
    assert config.root == there
    assert config.output == here / "build"
