"""Navigation plugins: what the site's own plugins make of these folders, page by page.

Expected values are what MkDocs 1.6 with each plugin makes of the same files.
"""

from pathlib import Path

import pytest

from generator.config import load

_FILES = ("index.md", "b-two.md", "Zed.md", "d9.md", "d10.md", "deep/index.md", "deep/one.md")


def nav(
    folder: Path, plugins: str, files: dict[str, str], *, wrong: str = ""
) -> list[tuple[str, tuple[str, ...]]]:
    """Write a site; return its pages with the sections above them.

    Args:
        folder: Where to.
        plugins: Of the site.
        files: Of the docs folder.
        wrong: Place and code of what is reported.
    """
    for name in _FILES:
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")
    for name, text in files.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    text = f"site_name: S\nplugins: {plugins}\n"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    config, problems = load({}, cwd=folder, environ={})
    assert [f"{item.location} {item.code}" for item in problems] == ([wrong] if wrong else [])
    return [(page.page, page.section) for page in config.site.nav]


@pytest.mark.parametrize(
    ("plugins", "files", "expected"),
    [
        (
            "[literate-nav]",
            {"SUMMARY.md": "Words.\n\n* [Two](b-two.md)\n* Group\n    * [Deep](deep/)\n* *.md\n"},
            [
                ("b-two.md", ()),
                ("deep/index.md", ("Group", "Deep")),
                ("deep/one.md", ("Group", "Deep")),
                ("index.md", ()),
                ("Zed.md", ()),
                ("d10.md", ()),
                ("d9.md", ()),
            ],
        ),
        (
            "[awesome-nav]",
            {
                ".nav.yml": "nav:\n- Second: b-two.md\n- deep\n- glob: 'd*'\n",
                "deep/.nav.yml": "title: Sea\n",
            },
            [
                ("b-two.md", ()),
                ("deep/index.md", ("Sea",)),
                ("deep/one.md", ("Sea",)),
                ("d9.md", ()),
                ("d10.md", ()),
            ],
        ),
        (
            "[awesome-pages]",
            {
                ".pages": "nav:\n- d9.md\n- Sec:\n  - Zed.md\n- ...\n",
                "deep/.pages": "order: desc\n",
            },
            [
                ("d9.md", ()),
                ("Zed.md", ("Sec",)),
                ("index.md", ()),
                ("b-two.md", ()),
                ("d10.md", ()),
                ("deep/one.md", ("Deep",)),
                ("deep/index.md", ("Deep",)),
            ],
        ),
        (
            "[mkdocs-nav-weight]",
            {
                "d10.md": "---\nweight: -2\n---\n",
                "d9.md": "---\nheadless: true\n---\n",
                "deep/index.md": "---\nweight: -1\n---\n",
            },
            [
                ("index.md", ()),
                ("d10.md", ()),
                ("deep/index.md", ("Deep",)),
                ("deep/one.md", ("Deep",)),
                ("Zed.md", ()),
                ("b-two.md", ()),
            ],
        ),
        (
            "[section-index]",
            {},
            [
                ("index.md", ()),
                ("Zed.md", ()),
                ("b-two.md", ()),
                ("d10.md", ()),
                ("d9.md", ()),
                ("deep/index.md", ()),
                ("deep/one.md", ("Deep",)),
            ],
        ),
    ],
    ids=["literate-nav", "awesome-nav", "awesome-pages", "nav-weight", "section-index"],
)
def test_pages_come_in_the_order_of_the_site(
    tmp_path: Path, plugins: str, files: dict[str, str], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert nav(tmp_path, plugins, files) == expected


def test_the_index_takes_the_title_of_its_section(tmp_path: Path) -> None:
    nav(tmp_path, "[section-index]", {})
    config, _ = load({}, cwd=tmp_path, environ={})
    assert {page.page: page.title for page in config.site.nav}["deep/index.md"] == "Deep"


def test_a_navigation_file_is_not_read_outside_the_docs_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("* [Two](b-two.md)\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "SUMMARY.md").symlink_to(secret)
    assert nav(tmp_path, "[literate-nav]", {})[0] == ("index.md", ())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("nav: [", "1:7 E802"),
        ("nav:\n- a\n- {b: [\n", "4:1 E802"),
        ("nav: {a: b}", "1:6 E804"),
        ("title: x\nnav: index.md\n", "2:6 E804"),
        ("- x", "1:1 E804"),
        ("nav:\n- [a]\n- 3\n- {a: {b: c}}\n", ""),
    ],
)
@pytest.mark.parametrize("name", [".nav.yml", ".pages"])
def test_a_broken_file_leaves_a_navigation(
    tmp_path: Path, name: str, text: str, wrong: str
) -> None:
    plugin = "[awesome-nav]" if name == ".nav.yml" else "[awesome-pages]"
    nav(tmp_path, plugin, {name: text}, wrong=wrong and f"docs/{name}:{wrong}")


def test_a_section_that_includes_itself_ends(tmp_path: Path) -> None:
    loop = "* [Deep](../deep/)\n* *\n"
    found = nav(
        tmp_path, "[literate-nav]", {"SUMMARY.md": "* [Deep](deep/)\n", "deep/SUMMARY.md": loop}
    )
    assert found == [("deep/index.md", ("Deep",)), ("deep/one.md", ("Deep",))]


def test_the_plugin_exclude_leaves_pages_out(tmp_path: Path) -> None:
    plugins = "[{exclude: {glob: ['d*.md'], regex: ['^Z']}}, awesome-nav]"
    assert [page for page, _ in nav(tmp_path, plugins, {})] == ["index.md", "b-two.md"]
