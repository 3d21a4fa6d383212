"""The extensions of a site with their options: read once, each default as its source has it."""

import importlib
from pathlib import Path
from types import UnionType
from typing import get_args, get_type_hints

import pytest
from msgspec.structs import fields, replace

from generator.commands.config import to_records
from generator.config import Config, load
from generator.config.extension_sets import MKDOCS, RECOMMENDED, ZENSICAL
from generator.config.extensions import (
    ACCENTS,
    Abbr,
    Arithmatex,
    Betterem,
    BlockType,
    Extensions,
    Highlight,
    Keys,
    On,
    Quotes,
    Snippets,
    Tilde,
    Types,
    name_of,
)
from generator.config.other_options import OTHER_OPTIONS, UNFOLLOWED
from generator.errors import Diagnostic

_OF_ANOTHER_PACKAGE = {"mdx_truly_sane_lists"}


def _read(folder: Path, text: str, name: str = "mkdocs.yml") -> tuple[Config, list[Diagnostic]]:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    config, problems = load(cwd=folder)
    return config, list(problems)


def _module(field_name: str) -> str:
    name = name_of(field_name)
    return name if name.startswith("pymdownx.") else f"markdown.extensions.{name}"


def _ours(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, frozenset):
        return tuple(value)
    if isinstance(value, tuple):
        return tuple(item.name if isinstance(item, BlockType) else item for item in value)
    return value


def _theirs(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return tuple(item["name"] if isinstance(item, dict) else item for item in value)
    if isinstance(value, dict):
        return tuple((key, _theirs(item)) for key, item in value.items())
    return value


@pytest.mark.parametrize("name", [f.name for f in fields(Extensions) if f.name not in ACCENTS])
def test_defaults_are_those_of_the_extension(name: str) -> None:
    if name in _OF_ANOTHER_PACKAGE:
        pytest.skip("mdx_truly_sane_lists is not installed")
    hint = get_type_hints(Extensions)[name]
    assert isinstance(hint, UnionType)
    kind = get_args(hint)[0]
    theirs = importlib.import_module(_module(name)).makeExtension().getConfigs()
    for option in fields(kind):
        if option.name == "slugify" or name == "blocks_admonition":
            continue  # a function there, and types that are boxes for us anyway
        default = getattr(kind(), option.name)
        assert _ours(default) == _theirs(theirs[option.encode_name]), option.name


@pytest.mark.parametrize("name", [f.name for f in fields(Extensions) if f.name not in ACCENTS])
def test_every_option_of_the_extension_is_known(name: str) -> None:
    if name in _OF_ANOTHER_PACKAGE:
        pytest.skip("mdx_truly_sane_lists is not installed")
    kind = get_args(get_type_hints(Extensions)[name])[0]
    theirs = importlib.import_module(_module(name)).makeExtension().getConfigs()
    ours = {option.encode_name for option in fields(kind)} - {"slugify"}
    assert theirs.keys() - {"slugify"} == ours | (OTHER_OPTIONS.get(name, set()) - {"slugify"})


FORMS = """\
markdown_extensions:
  - admonition
  - markdown.extensions.abbr
  - pymdownx.arithmatex:
      smart_dollar: false
      inline_syntax: [round]
  - pymdownx.keys:
      key_map: {knopf: Knopf}
  - pymdownx.blocks.details:
      types: [{name: quiz, class: question}, puzzle]
"""


def test_every_form_of_the_list_is_read(tmp_path: Path) -> None:
    config, problems = _read(tmp_path, FORMS)
    assert not problems
    assert config.site.extensions == replace(
        MKDOCS,
        admonition=On(),
        abbr=Abbr(),
        arithmatex=Arithmatex(smart_dollar=False, inline_syntax=("round",)),
        keys=Keys(key_map=(("knopf", "Knopf"),)),
        blocks_details=Types(types=(BlockType("quiz", "question"), BlockType("puzzle"))),
    )


SETTINGS = """\
markdown_extensions:
  - pymdownx.betterem: {punctuation: true}
  - pymdownx.caret: {punctuation: false}
  - pymdownx.inlinehilite:
      custom_inline: [{name: math, class: arithmatex}]
  - pymdownx.superfences: {preserve_tabs: true}
  - pymdownx.snippets: {encoding: latin-1}
  - pymdownx.blocks.html:
      custom: [{tag: video, mode: block}]
"""


def test_an_option_that_changes_pages_and_is_not_followed_is_named(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, SETTINGS)
    assert [f"{item.location} {item.code} {item.message}" for item in problems] == [
        f'mkdocs.yml:{line} W809 "{option}" of pymdownx.{name} is not followed: {instead}'
        for line, option, name, instead in [
            ("2:25", "punctuation", "betterem", UNFOLLOWED["betterem"]["punctuation"]),
            ("6:28", "preserve_tabs", "superfences", "tabs in code become spaces"),
            ("7:25", "encoding", "snippets", "files are read as UTF-8"),
            ("9:7", "custom", "blocks.html", "the tags are read as HTML reads them"),
        ]
    ]


def test_a_mapping_and_bundles_are_read(tmp_path: Path) -> None:
    text = "markdown_extensions:\n  pymdownx.extra:\n  pymdownx.quotes: {callouts: true}\n"
    found = _read(tmp_path, text)[0].site.extensions
    assert found.superfences
    assert found.betterem == Betterem()
    assert found.quotes == Quotes(callouts=True)
    assert found.details is None


def test_zensical_nests_at_the_dots(tmp_path: Path) -> None:
    text = (
        "[project.markdown_extensions.pymdownx.tilde]\nsubscript = false\n"
        "[project.markdown_extensions.pymdownx.blocks.tab]\n"
    )
    found = _read(tmp_path, text, "zensical.toml")[0].site.extensions
    assert found.tilde == Tilde(subscript=False)
    assert found.blocks_tab == On()
    assert found.mark is None


@pytest.mark.parametrize("name", ["zensical.toml", "zensical.yml"])
def test_zensical_has_a_set_of_its_own(tmp_path: Path, name: str) -> None:
    text = "[project]\n" if name.endswith("toml") else "site_name: x\n"
    assert _read(tmp_path, text, name)[0].site.extensions == ZENSICAL


def test_mkdocs_turns_on_what_is_listed_and_no_more(tmp_path: Path) -> None:
    assert _read(tmp_path, "site_name: x\n")[0].site.extensions == MKDOCS


def test_a_folder_without_a_site_gets_the_recommended_set(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert load(cwd=tmp_path)[0].site.extensions == RECOMMENDED


def test_the_environment_and_the_parent_are_read(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text(
        "markdown_extensions:\n  pymdownx.snippets: {base_path: !ENV [NOWHERE, includes]}\n"
    )
    found = _read(tmp_path, "INHERIT: base.yml\n")[0].site.extensions
    assert found.snippets == Snippets(base_path=("includes",))


def test_a_wrong_value_is_reported_at_its_place(tmp_path: Path) -> None:
    text = "markdown_extensions:\n  - pymdownx.tilde:\n      subscript: [no]\n"
    config, problems = _read(tmp_path, text)
    assert [str(problem) for problem in problems] == [
        'mkdocs.yml:3:18: error[E804]: "subscript" of pymdownx.tilde must be true or false, '
        "not a list"
    ]
    assert config.site.extensions.tilde == Tilde()


def test_the_origin_of_each_option_is_kept(tmp_path: Path) -> None:
    origins = _read(tmp_path, FORMS)[0].site.extension_origins
    assert origins["admonition"].text == "mkdocs.yml:2:5"
    assert origins["arithmatex.smart_dollar"].text == "mkdocs.yml:5:7"
    assert "arithmatex.block_syntax" not in origins


def test_config_shows_each_option_with_its_origin(tmp_path: Path) -> None:
    records = to_records(_read(tmp_path, FORMS)[0], cwd=tmp_path)
    assert records["extensions.arithmatex.smart_dollar"] == {
        "value": False,
        "origin": "mkdocs.yml:5:7",
    }
    assert records["extensions.arithmatex.block_syntax"]["origin"] == "default"
    assert records["extensions.admonition"] == {"value": True, "origin": "mkdocs.yml:2:5"}
    assert "extensions.details" not in records


def test_an_extension_that_is_not_read_is_named(tmp_path: Path) -> None:
    text = "markdown_extensions: [mdx_include, pymdownx.b64, legacy_attrs, github-callouts, toc]\n"
    config, problems = _read(tmp_path, text)
    assert [item.message.split()[3] for item in problems if item.code == "W809"] == ["mdx_include"]
    assert config.site.extensions.callouts == On()


@pytest.mark.parametrize(
    ("written", "read"),
    [("None", None), ("yes", True), ("'No'", False), ("1", True), ("table", True), ("", None)],
)
def test_switches_in_the_words_of_python_markdown(
    tmp_path: Path, written: str, read: bool | None
) -> None:
    text = f"markdown_extensions:\n  - pymdownx.highlight:\n      linenums: {written}\n"
    config, problems = _read(tmp_path, text)
    assert not problems
    assert config.site.extensions.highlight == Highlight(linenums=read)
