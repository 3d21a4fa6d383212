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


# What the plugins make of these, MkDocs 1.6.1: literate-nav 0.6.3, awesome-pages 2.10.1,
# awesome-nav 3.3.0, nav-weight 0.3.0. Random sites agree, too.
_DEEP = [("deep/index.md", ("Deep",)), ("deep/one.md", ("Deep",))]
IN_THE_CONFIGURATION = [
    (
        "[literate-nav]\nnav:\n- index.md\n- Sea: deep/\n- Rest: '*'\n",
        [
            *[("index.md", ()), ("deep/index.md", ("Sea",)), ("deep/one.md", ("Sea",))],
            *[(name, ("Rest",)) for name in ("Zed.md", "b-two.md", "d10.md", "d9.md")],
        ],
    ),
    (
        "[awesome-pages]\nnav:\n- Zed.md\n- Ds:\n  - ... | d*.md\n- ...\n",
        [
            *[("Zed.md", ()), ("d10.md", ("Ds",)), ("d9.md", ("Ds",))],
            *[("index.md", ()), ("b-two.md", ()), *_DEEP],
        ],
    ),
    (
        "[awesome-pages]\nnav:\n- ... | flat | deep/**\n- ... | regex=^d\\d\n"
        "- B: b-two.md\n- ...\n",
        [
            *[("deep/index.md", ()), ("deep/one.md", ()), ("d10.md", ()), ("d9.md", ())],
            *[("b-two.md", ()), ("index.md", ()), ("Zed.md", ())],
        ],
    ),
    ("[search]\nnav:\n- deep/\n- '*'\n- ...\n- Zed.md\n", [("Zed.md", ())]),
]


@pytest.mark.parametrize(("plugins", "expected"), IN_THE_CONFIGURATION)
def test_a_nav_in_the_configuration_names_folders_and_what_is_left(
    tmp_path: Path, plugins: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert nav(tmp_path, plugins, {}) == expected


OTHERS: list[tuple[str, dict[str, str], list[str]]] = [
    # no navigation file at the root: folders have theirs all the same
    ("[literate-nav]", {"deep/SUMMARY.md": "* [One](one.md)\n"}, ["deep/one.md"]),
    # a star is one level: `**` does not cross folders there
    ("[literate-nav]", {"SUMMARY.md": "* **/one.md\n"}, ["deep/one.md"]),
    ("[literate-nav]", {"SUMMARY.md": "* **/**/one.md\n"}, []),
    ("[awesome-nav]", {".nav.yml": "nav: ['!(d*|deep)', d9.md]\n"}, ["b-two.md", "d9.md"]),
    (
        "[awesome-pages]",
        {".pages": "nav:\n- ...\n- ... | regex=^d\n"},
        ["index.md", "d9.md"],
    ),
]


@pytest.mark.parametrize(("plugins", "files", "expected"), OTHERS)
def test_patterns_are_those_of_the_plugin(
    tmp_path: Path, plugins: str, files: dict[str, str], expected: list[str]
) -> None:
    pages = [page for page, _ in nav(tmp_path, plugins, files)]
    assert [page for page in pages if page in expected] == expected
    assert expected or pages == []


def test_a_section_that_gives_way_keeps_its_folders_place(tmp_path: Path) -> None:
    files = {
        ".nav.yml": "sort: {sections: mixed}\n",
        "deep/.nav.yml": "nav: [Group: [one.md, index.md]]\nflatten_single_child_sections: true\n",
    }
    found = nav(tmp_path, "[awesome-nav]", files)
    assert found[4:6] == [("deep/one.md", ("Group",)), ("deep/index.md", ("Group",))]


def test_a_section_takes_the_title_of_its_index(tmp_path: Path) -> None:
    plugins = "[{mkdocs-nav-weight: {section_renamed: true}}]"
    found = nav(tmp_path, plugins, {"deep/index.md": "# Sea\n"})
    assert ("deep/one.md", ("Sea",)) in found


def test_a_section_whose_index_has_no_title_takes_the_file_s_name(tmp_path: Path) -> None:
    plugins = "[{mkdocs-nav-weight: {section_renamed: true}}]"
    found = nav(tmp_path, plugins, {"deep/index.md": "No heading.\n"})
    assert ("deep/one.md", ("index",)) in found


def test_a_headless_section_is_not_shown(tmp_path: Path) -> None:
    files = {"deep/index.md": "---\nheadless: true\n---\n"}
    pages = [page for page, _ in nav(tmp_path, "[mkdocs-nav-weight]", files)]
    assert "Zed.md" in pages
    assert not any(page.startswith("deep/") for page in pages)


def test_single_pages_give_way_in_a_folder_and_below(tmp_path: Path) -> None:
    files = {"deep/.pages": "collapse_single_pages: true\nnav: [one.md]\n"}
    assert ("deep/one.md", ()) in nav(tmp_path, "[awesome-pages]", files)


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


@pytest.mark.parametrize(
    "expression",
    [
        "((",
        "(a+)+$",
        "a*a*a*a*b",
        "(?:a|a){2,}b",
        r"[\]](a+)+[x]",
        "(?#[)(a+)+(?#])",
        "[a+]*+*a*b*",
    ],
)
def test_an_expression_that_may_take_for_ever_is_an_error(tmp_path: Path, expression: str) -> None:
    files = {".pages": f"nav:\n- ...\n- '... | regex={expression}'\n", f"{'a' * 80}.md": ""}
    found = nav(tmp_path, "[awesome-pages]", files, wrong="docs/.pages:3:3 E805")
    assert "index.md" in [page for page, _ in found]


@pytest.mark.parametrize(
    ("plugins", "files", "expected"),
    [
        (
            "[awesome-nav]",
            {
                ".nav.yml": "ignore: Zed.md\n",
                "deep/.nav.yml": "ignore: [$inherit, /index.md, one.md]\n",
            },
            "index.md b-two.md d9.md d10.md",
        ),
        (
            "[awesome-nav]",
            {
                ".nav.yml": "sort: {by: title, direction: desc, sections: first}\n",
                "d9.md": "---\ntitle: AA\n---\n",
            },
            "index.md deep/index.md deep/one.md Zed.md d10.md b-two.md d9.md",
        ),
        (
            "[awesome-nav]",
            {".nav.yml": "sort: {by: filename, type: alphabetical, ignore_case: true}\n"},
            "index.md b-two.md d10.md d9.md Zed.md deep/index.md deep/one.md",
        ),
        (
            "[awesome-pages]",
            {"deep/.pages": "hide: true\n"},
            "index.md Zed.md b-two.md d10.md d9.md",
        ),
        (
            "[{awesome-pages: {order: desc, sort_type: natural}}]",
            {},
            "index.md deep/one.md deep/index.md d10.md d9.md b-two.md Zed.md",
        ),
        (
            "[{awesome-pages: {order_by: title}}]",
            {"d9.md": "# AA\n"},
            "d9.md deep/index.md deep/one.md Zed.md b-two.md d10.md index.md",
        ),
    ],
)
def test_pages_are_sorted_and_hidden_as_the_plugin_does(
    tmp_path: Path, plugins: str, files: dict[str, str], expected: str
) -> None:
    assert [page for page, _ in nav(tmp_path, plugins, files)] == expected.split()


def test_a_section_that_includes_itself_ends(tmp_path: Path) -> None:
    loop = "* [Deep](../deep/)\n* *\n"
    found = nav(
        tmp_path, "[literate-nav]", {"SUMMARY.md": "* [Deep](deep/)\n", "deep/SUMMARY.md": loop}
    )
    assert found == [("deep/index.md", ("Deep",)), ("deep/one.md", ("Deep",))]


def test_the_plugin_exclude_leaves_pages_out(tmp_path: Path) -> None:
    plugins = "[{exclude: {glob: ['d*.md'], regex: ['^Z']}}, awesome-nav]"
    assert [page for page, _ in nav(tmp_path, plugins, {})] == ["index.md", "b-two.md"]


_WEIGHTS = {
    "deep/index.md": "---\nweight: 5\n---\n# Deep\n",
    "d9.md": "---\nweight: -20\n---\n# d9\n",
}


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [
        ("section-index, mkdocs-nav-weight", "d9 index deep/index deep/one Zed b-two d10"),
        ("mkdocs-nav-weight, section-index", "d9 index Zed b-two d10 deep/index deep/one"),
        ("mkdocs-nav-weight, awesome-pages", "d9 index Zed b-two d10 deep/index deep/one"),
    ],
)
def test_plugins_act_in_the_order_of_the_list(tmp_path: Path, plugins: str, expected: str) -> None:
    found = nav(tmp_path, f"[{plugins}]", _WEIGHTS)
    assert " ".join(page.removesuffix(".md") for page, _ in found) == expected
