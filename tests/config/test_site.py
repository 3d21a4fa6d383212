"""What a site's own configuration says, read as data."""

from pathlib import Path

import pytest

from generator.config import Blog, Config, NavPage, SlugStyle, load
from generator.config.extensions import Emoji, On, Toc, TrulySaneLists
from generator.errors import Diagnostic


def site(folder: Path, text: str, *, name: str = "mkdocs.yml") -> None:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path, **environ: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    return load(cwd=folder, environ=environ)


def codes(folder: Path) -> list[str]:
    return [f"{item.location} {item.code}" for item in read(folder)[1]]


FULL = """\
site_name: Field notes
site_url: https://notes.example/
use_directory_urls: false
docs_dir: docs
nav:
  - Home: index.md
  - plain.md
  - Maths:
      - maths/index.md
      - Limits: maths/limits.md
  - Code: https://code.example/
draft_docs: later.md
exclude_docs: |
  drafts/
  *.tmp.md
markdown_extensions:
  - mdx_truly_sane_lists:
      nested_indent: 2
  - toc:
      permalink: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - blog:
      blog_dir: journal
  - i18n:
      languages:
        - {locale: en, default: true, name: English}
        - {locale: fr, name: Français}
"""


def test_a_site_needs_no_set_up(tmp_path: Path) -> None:
    site(tmp_path, FULL)
    config, problems = read(tmp_path)
    assert problems == ()
    assert config.sources == (tmp_path / "docs",)
    assert config.docs_dir == tmp_path / "docs"
    assert config.deck_root == "Field notes"
    assert config.site_url == "https://notes.example/"
    assert config.use_directory_urls is False
    assert config.origins["site_url"].text == "mkdocs.yml:2:1"


def test_the_navigation_is_flattened_in_order(tmp_path: Path) -> None:
    site(tmp_path, FULL)
    assert read(tmp_path)[0].site.nav == (
        NavPage("index.md", "Home"),
        NavPage("plain.md"),
        NavPage("maths/index.md", None, ("Maths",)),
        NavPage("maths/limits.md", "Limits", ("Maths",)),
    )


def test_extensions_and_plugins_are_read_and_never_run(tmp_path: Path) -> None:
    site(tmp_path, FULL)
    found = read(tmp_path)[0].site
    assert found.extensions.mdx_truly_sane_lists == TrulySaneLists(nested_indent=2)
    assert found.extensions.toc == Toc(slugify=SlugStyle(is_pymdownx=True))
    assert found.extensions.emoji == Emoji()
    assert found.blogs == (Blog("journal", "journal/posts"),)
    assert found.languages is not None
    assert found.languages.locales == ("en", "fr")
    assert found.exclude_docs == ("drafts/", "*.tmp.md")
    assert found.draft_docs == ("later.md",)


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['touch {}']",
        "!!python/object/new:os.system ['touch {}']",
        "!!python/name:os.system ''",
        "!!python/module:this ''",
    ],
)
def test_no_tag_runs_python(tmp_path: Path, tag: str) -> None:
    canary = tmp_path / "canary"
    site(tmp_path, f"site_name: x\nextra: {tag.format(canary)}\n")
    assert read(tmp_path)[1] == ()
    assert not canary.exists()


def test_zensical_says_the_same_in_toml(tmp_path: Path) -> None:
    text = """\
[project]
site_name = "Field notes"
nav = [{"Home" = "index.md"}, {"Maths" = ["maths/index.md", {"Limits" = "maths/limits.md"}]}]
[project.markdown_extensions.toc]
slugify = {object = "pymdownx.slugs.slugify", kwds = {case = "lower"}}
[project.markdown_extensions.pymdownx.superfences]
[project.plugins.blog]
"""
    site(tmp_path, text, name="zensical.toml")
    config, problems = read(tmp_path)
    assert {item.code for item in problems} == {"W812"}  # there are no pages
    assert config.deck_root == "Field notes"
    assert [page.page for page in config.site.nav] == [
        "index.md",
        "maths/index.md",
        "maths/limits.md",
    ]
    assert config.site.extensions.toc is not None
    assert config.site.extensions.toc.slugify.is_pymdownx
    assert config.site.extensions.superfences is not None
    assert config.site.blogs == (Blog(),)


def test_own_settings_stand_over_those_of_the_site(tmp_path: Path) -> None:
    site(tmp_path, FULL)
    (tmp_path / "admonki.toml").write_text('deck_root = "Mine"\n')
    config, _ = read(tmp_path)
    assert config.deck_root == "Mine"
    assert config.site_url == "https://notes.example/"


def test_a_site_says_nothing_about_pages_that_are_not_its_own(tmp_path: Path) -> None:
    site(tmp_path, FULL)
    (tmp_path / "cards").mkdir()
    config, problems = load({"sources": (Path("cards"),)}, cwd=tmp_path)
    assert problems == ()
    assert (config.deck_root, config.site_url, config.docs_dir) == ("", "", None)


def test_one_page_of_the_site_still_belongs_to_it(tmp_path: Path) -> None:
    site(tmp_path, FULL)
    (tmp_path / "docs" / "a.md").touch()
    config, _ = load({"sources": (Path("docs/a.md"),)}, cwd=tmp_path)
    assert config.site_url == "https://notes.example/"


NAV_IS_WRONG = ["mkdocs.yml:2:3 E804", "mkdocs.yml:4:5 W812", "mkdocs.yml:5:6 E804"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_name: x\nnav: 3\n", ["mkdocs.yml:2:6 E804"]),
        ("site_name: [x]\n", ["mkdocs.yml:1:12 E804"]),
        ("use_directory_urls: maybe\n", ["mkdocs.yml:1:21 E804"]),
        ("plugins: 3\n", ["mkdocs.yml:1:10 E804"]),
        ("a: [\n", ["mkdocs.yml:2:1 E802"]),
        ("- a\n", ["mkdocs.yml:1:1 E802"]),
        ("a: 2026-13-45\n", ["mkdocs.yml:1:4 E802"]),
        ("a: !!bool x\n", ["mkdocs.yml:1:1 E802"]),
        ("a: &a [*a]\n", ["mkdocs.yml:1:1 E802"]),
        (f"a: {'[' * 3000}{']' * 3000}\n", ["mkdocs.yml:1:1 E802"]),
        ("docs_dir: nowhere\n", ["mkdocs.yml:1:1 E807"]),
        ("markdown_extensions: [1]\n", ["mkdocs.yml:1:23 E804"]),
        ("markdown_extensions:\n- toc: [x]\n", ["mkdocs.yml:2:8 E804"]),
        ("markdown_extensions: {toc: x}\n", ["mkdocs.yml:1:28 E804"]),
        ("markdown_extensions:\n- toc:\n  permalink: true\n", ["mkdocs.yml:3:3 E804"]),
        ("markdown_extensions:\n- toc:\n    permalinks: true\n", ["mkdocs.yml:3:5 W811"]),
        ("markdown_extensions:\n- extra:\n    footnotes: {PLACE: x}\n", ["mkdocs.yml:3:17 W811"]),
        (
            "markdown_extensions:\n- pymdownx.critic:\n    mode: hide\n",
            ["mkdocs.yml:3:11 E805"],
        ),
        ("plugins: [search, 3]\n", ["mkdocs.yml:1:19 E804"]),
        ("plugins:\n- blog:\n    blog_dir: [x]\n", ["mkdocs.yml:3:15 E804"]),
        ("plugins:\n- i18n:\n    languages: en\n", ["mkdocs.yml:3:16 E804"]),
        (
            "plugins:\n- i18n:\n    languages:\n    - {locale: en, nav: [a.md], site_name: N}\n",
            ["mkdocs.yml:4:20 W809", "mkdocs.yml:4:33 W809"],
        ),
        ("plugins:\n- blog:\n    draft_if_future_date: true\n", ["mkdocs.yml:3:5 W809"]),
        ("plugins:\n- exclude:\n    regex: ['a', '((']\n", ["mkdocs.yml:3:18 E805"]),
        ("nav:\n- 3\n- A:\n  - b.md\n- B: {c: d.md}\n", NAV_IS_WRONG),
        ("nav:\n- b.md\nhooks: [h.py]\n", ["mkdocs.yml:3:1 W809"]),
        ("", []),
    ],
)
def test_what_is_wrong_has_a_place(tmp_path: Path, text: str, expected: list[str]) -> None:
    site(tmp_path, text)
    assert codes(tmp_path) == expected


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    levels = ["a0: &a0 [x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    site(tmp_path, "\n".join(levels))
    (problem,) = read(tmp_path)[1]
    assert (
        problem.message
        == "not valid YAML: with its aliases expanded it has more than 200,000 values"
    )


def test_env_is_read_as_mkdocs_documents_it(tmp_path: Path) -> None:
    site(
        tmp_path,
        "site_name: !ENV [FIRST, SECOND, 'Fallback']\n"
        "site_url: !ENV SITE\nuse_directory_urls: !ENV [NOT_SET, false]\n",
    )
    config, problems = read(tmp_path, SECOND="two", SITE="https://x.example")
    assert problems == ()
    assert (config.deck_root, config.site_url) == ("two", "https://x.example")
    assert config.use_directory_urls is False
    assert config.origins["site_url"].is_secret
    assert not config.origins["use_directory_urls"].is_secret


def test_a_value_of_the_environment_never_stands_in_a_message(tmp_path: Path) -> None:
    site(tmp_path, "use_directory_urls: !ENV TOKEN\n")
    problems = read(tmp_path, TOKEN="hunter2")[1]
    assert [item.code for item in problems] == ["E804"]
    assert "hunter2" not in str(problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('site_name = "x"\n', ["zensical.toml:1:1 E804"]),
        ("project = [1]\n", ["zensical.toml:1:11 E804"]),
        ('[project]\nsite_name = "x"\nmarkdown_extensions = true\n', ["zensical.toml:3:23 E804"]),
        ("[project.markdown_extensions.toc]\nmarkers = 1\n", ["zensical.toml:2:1 W811"]),
        ("[project.plugins.i18n]\nlanguages = 3\n", ["zensical.toml:2:13 E804"]),
        ("[project]\nnav = [3]\n", ["zensical.toml:2:8 E804"]),
        ("[project\n", ["zensical.toml:1:9 E802"]),
    ],
)
def test_what_is_wrong_has_a_place_in_toml(tmp_path: Path, text: str, expected: list[str]) -> None:
    site(tmp_path, text, name="zensical.toml")
    assert codes(tmp_path) == expected


class TestInherit:
    """`INHERIT`: only inside the project."""

    def test_the_child_stands_over_its_parents(self, tmp_path: Path) -> None:
        (tmp_path / "base.yml").write_text(
            "INHERIT: root.yml\nsite_name: Base\nmarkdown_extensions: [admonition]\n"
        )
        (tmp_path / "root.yml").write_text("site_url: https://root.example/\n")
        site(tmp_path, "INHERIT: base.yml\nsite_name: Child\n")
        config, problems = read(tmp_path)
        assert problems == ()
        assert (config.deck_root, config.site_url) == ("Child", "https://root.example/")
        assert config.site.extensions.admonition == On()

    @pytest.mark.parametrize("name", ["../outside.yml", "/etc/passwd", "gone.yml", "mkdocs.yml"])
    def test_no_parent_is_read_outside_the_project(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "outside.yml").write_text("site_name: secret\n")
        project = tmp_path / "project"
        project.mkdir()
        site(project, f"INHERIT: {name}\nsite_url: https://x.example\n")
        config, problems = read(project)
        assert [f"{item.location} {item.code}" for item in problems] == ["mkdocs.yml:1:10 E806"]
        assert config.deck_root == ""

    def test_a_link_does_not_lead_outside(self, tmp_path: Path) -> None:
        (tmp_path / "outside.yml").write_text("site_name: secret\n")
        project = tmp_path / "project"
        project.mkdir()
        (project / "link.yml").symlink_to(tmp_path / "outside.yml")
        site(project, "INHERIT: link.yml\n")
        assert codes(project) == ["mkdocs.yml:1:10 E806"]

    def test_a_parent_may_stand_elsewhere_in_the_repository(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / "base.yml").write_text("site_name: Base\n")
        project = tmp_path / "handbook"
        project.mkdir()
        site(project, "INHERIT: ../base.yml\n")
        assert read(project)[0].deck_root == "Base"


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("js/mathjax.js", True),
        ("../secret.js", False),
        ("https://cdn.example/x.js", False),
        ("/etc/hostname", False),
    ],
)
def test_scripts_are_read_as_text_inside_the_docs_folder_only(
    tmp_path: Path, path: str, is_read: bool
) -> None:
    (tmp_path / "docs" / "js").mkdir(parents=True)
    (tmp_path / "docs" / "js" / "mathjax.js").write_text("window.MathJax = {}")
    (tmp_path / "secret.js").write_text("secret")
    site(tmp_path, f"extra_javascript:\n  - {path}\n")
    assert (path in read(tmp_path)[0].site.scripts) is is_read


def test_hooks_are_named_once(tmp_path: Path) -> None:
    site(tmp_path, "hooks: [a.py, b.py]\n")
    (problem,) = read(tmp_path)[1]
    assert str(problem.location) == "mkdocs.yml:1:1"
    assert problem.code == "W809"
    assert problem.message.startswith("the hooks a.py, b.py may change pages")
