"""What plugins of the site put into pages: as they do, and nothing is run."""

from pathlib import Path

import pytest

from generator.config import Config, Site, load
from generator.model import Origin, SourceFile
from generator.reader.files_in import put_files_in
from generator.reader.snippets import Absence

_FILES = {
    "a.md": "# A\n\ntext ![x](pic.png)\n",
    "sub/b.md": "<!--start-->\n## B\n[l](c.md#x) ![y](../y.png) [w](https://e.org)\n<!--end-->\nrest\n",
    "loop.md": '{% include-markdown "loop.md" %}\n',
    "two.md": 'one\n\n{% include "./three.md" %}\n',
    "three.md": "    indented\n",
    "t.csv": "a,b\n1,x|y\n\n2\n",
    "t.tsv": "a\tb\n1\t2\n",
}


def _find(path: str) -> str | Absence:
    return _FILES.get(path, Absence("the file does not exist"))


def _put(
    text: str, *plugins: str, page: str = "p.md", **variables: object
) -> tuple[str, list[str]]:
    config = Config(site=Site(plugins=frozenset(plugins), variables=variables))
    source = SourceFile(page, page, text, body_line=3)
    found, problems = put_files_in(source, config=config, find_text=_find)
    return found.text, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ('{% include "a.md" %}\n', "p.md", "# A\n\ntext ![x](pic.png)\n"),
        ('    {% include "a.md" %}\n', "p.md", "    # A\n\n    text ![x](pic.png)\n"),
        ('- {% include "three.md" dedent=true %}.\n', "p.md", "- indented.\n"),
        (
            '{%\n  include-markdown "./b.md"\n  start="<!--start-->\\n"\n  end="<!--end-->"\n'
            "  heading-offset=1\n%}\n",
            "sub/p.md",
            "### B\n[l](c.md#x) ![y](../y.png) [w](https://e.org)\n\n",
        ),
        (
            '{% include-markdown "sub/b.md" start="## B\\n" end="\\n<!--end" %}\n',
            "p.md",
            "[l](sub/c.md#x) ![y](y.png) [w](https://e.org)\n",
        ),
        ('{% include "two.md" %}\n', "p.md", "one\n\n    indented\n"),
        ('{% include-markdown "a.md" heading-offset="x" %}\n', "p.md", _FILES["a.md"]),
        ('{% include "a.md" heading-offset=1 %}\n', "p.md", _FILES["a.md"]),
        ("{% if x %}\n", "p.md", "{% if x %}\n"),
    ],
)
def test_files_are_included(text: str, page: str, expected: str) -> None:
    assert _put(text, "include-markdown", page=page) == (expected, [])


def test_several_includes_share_a_line() -> None:
    text = 'x {% include "three.md" %}, {% include "no" %} {%\n include "a.md" %}.\nend'
    found, (problem,) = _put(text, "include-markdown")
    assert found == 'x     indented, {% include "no" %} # A\n\ntext ![x](pic.png).\nend'
    assert problem.startswith("p.md:4:29: warning[W508]: no is left out")


def test_an_include_that_includes_itself_ends() -> None:
    text, problems = _put('{% include-markdown "loop.md" %}\n', "include-markdown")
    assert "loop.md" in text
    assert [problem.split(": ")[1] for problem in problems] == ["warning[W508]"]


def test_a_missing_file_is_reported_at_its_place() -> None:
    _, problems = _put('x\n  {% include "no.md" %}\n', "include-markdown")
    assert problems == ["p.md:5:3: warning[W508]: no.md is left out: the file does not exist"]


def test_included_lines_know_where_they_come_from() -> None:
    config = Config(site=Site(plugins=frozenset({"include-markdown"})))
    source = SourceFile("p.md", "p.md", 'x\n{% include "two.md" %}\ny')
    found, _ = put_files_in(source, config=config, find_text=_find)
    assert found.lines == (0, 1, 1, 1, 2)
    assert found.origins == (
        None,
        Origin("two.md", 0),
        Origin("two.md", 1),
        Origin("three.md", 0),
        None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ unit }}", "joule"),
        ("{{unit}} and {{- n -}}", "joule and 3"),
        ("{{ deep.list[1] }} {{ deep['key'] }}", "b v"),
        ("{{ no }} {{ deep.no }} {{ deep }}", "{{ no }} {{ deep.no }} {{ deep }}"),
        ("{{ unit | upper }} {{ f(1) }}", "{{ unit | upper }} {{ f(1) }}"),
        ("{{ lines }}\nx", "one\ntwo\nx"),
    ],
)
def test_variables_are_put_in_and_nothing_is_run(text: str, expected: str) -> None:
    deep = {"list": ["a", "b"], "key": "v"}
    assert _put(text, "macros", unit="joule", n=3, deep=deep, lines="one\ntwo")[0] == expected


def test_a_site_without_the_plugin_has_no_variables() -> None:
    assert _put("{{ unit }}", unit="joule")[0] == "{{ unit }}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{ read_csv("t.csv") }}', "\n| a | b |\n|---|---|\n| 1 | x\\|y |\n| 2 |  |\n"),
        ("{{ read_csv('t.tsv', sep='\\t') }}", "\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("{{ read_table('t.tsv') }}", "\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("  {{ read_raw('three.md') }}", "      indented"),
    ],
)
def test_tables_are_read_from_files(text: str, expected: str) -> None:
    assert _put(text, "table-reader") == (expected, [])


def test_variables_come_from_the_configuration_but_not_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "more.yml").write_text("mass: 7\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: S\nplugins:\n  - macros:\n      include_yaml: [more.yml, ../out.yml]\n"
        "extra:\n  unit: joule\n  token: !ENV TOKEN\n",
        encoding="utf-8",
    )
    (tmp_path.parent / "out.yml").write_text("stolen: 1\n", encoding="utf-8")
    config, _ = load({}, cwd=tmp_path, environ={"TOKEN": "secret"})
    assert config.site.variables == {"mass": 7, "unit": "joule", "config": {"site_name": "S"}}


def test_a_plugin_that_changes_pages_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = "site_name: S\nplugins: [search, mkdocstrings]\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    _, problems = load({}, cwd=tmp_path, environ={})
    assert [str(problem) for problem in problems] == [
        "mkdocs.yml:2:1: warning[W809]: the plugin mkdocstrings changes pages; "
        "cards are made without it"
    ]
