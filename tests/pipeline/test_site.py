"""Pages of a site: order and decks from the navigation, URLs as the site serves them."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.config import Blog, Config, Languages, Site, load
from generator.config.exclusion import excluder
from generator.model import FrontMatter
from generator.parser.anchors import slugify
from generator.pipeline.collect import collect
from generator.render.site_path import page_path, post_path

CARD = '??? question "{}?"\n\n    Yes.\n'


def site(folder: Path, text: str, *pages: str) -> Config:
    (folder / ".git").mkdir()
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    for page in pages:
        path = folder / "docs" / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {path.stem.title()}\n\n{CARD.format(page)}", encoding="utf-8")
    config, problems = load(cwd=folder)
    assert {problem.code for problem in problems} <= {"W812"}  # the navigation names more pages
    return config


NAV = """\
site_name: Notes
site_url: https://n.example
nav:
  - Later: z.md
  - Maths:
      - maths/limits.md
      - All of it: maths/index.md
exclude_docs: |
  drafts/
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


def test_order_and_names_of_decks_come_from_the_navigation(tmp_path: Path) -> None:
    pages = ("a.md", "z.md", "maths/index.md", "maths/limits.md", "drafts/x.md", ".hidden/y.md")
    config = site(tmp_path, NAV, *pages)
    notes = collect(config, cwd=tmp_path).notes
    assert [note.deck for note in notes] == [
        "Notes::Later",
        "Notes::Maths::Limits",
        "Notes::Maths::All of it",
        "Notes::A",
    ]


def test_a_card_links_to_its_place_on_the_site(tmp_path: Path) -> None:
    config = site(tmp_path, NAV, "maths/limits.md")
    (note,) = collect(config, cwd=tmp_path).notes
    assert 'href="https://n.example/maths/limits/#limits"' in note.source


def test_a_card_of_a_post_links_to_the_post(tmp_path: Path) -> None:
    text = "site_name: Notes\nsite_url: https://n.example/\nplugins:\n  - blog\n"
    config = site(tmp_path, text, "blog/posts/dated.md", "blog/posts/undated.md")
    dated = tmp_path / "docs/blog/posts/dated.md"
    dated.write_text(f"---\ndate: 2024-02-03\n---\n{dated.read_text()}", encoding="utf-8")
    sources = [note.source for note in collect(config, cwd=tmp_path).notes]
    assert sources == [
        '<a href="https://n.example/blog/2024/02/03/dated/#dated">blog/posts/dated.md</a>',
        "blog/posts/undated.md",
    ]


def test_a_post_that_is_a_draft_has_no_cards(tmp_path: Path) -> None:
    pages = ("blog/posts/a.md", "blog/posts/b.md", "c.md")
    config = site(tmp_path, "plugins: [blog]\n", *pages)
    for page in ("blog/posts/a.md", "c.md"):  # a draft is one only in the blog
        path = tmp_path / "docs" / page
        path.write_text(f"---\ndraft: true\n---\n{path.read_text()}", encoding="utf-8")
    notes = collect(config, cwd=tmp_path).notes
    assert sorted(note.page for note in notes) == ["blog/posts/b.md", "c.md"]


def test_posts_are_in_the_order_of_the_blog(tmp_path: Path) -> None:
    heads = {
        "a": "date: 2024-01-05",
        "b": "date: {created: 2025-01-05}",
        "c": "date: 2023-01-05\npin: true",
        "d": "date: 2024-01-05 10:00:00",
        "e": "title: E",
    }
    config = site(tmp_path, "plugins: [blog]\n", "a.md", "z.md", *_posts(heads))
    for name, head in heads.items():
        path = tmp_path / "docs/blog/posts" / f"{name}.md"
        path.write_text(f"---\n{head}\n---\n{path.read_text()}", encoding="utf-8")
    config, _ = load(cwd=tmp_path)
    pages = [note.page for note in collect(config, cwd=tmp_path).notes]
    assert pages == ["a.md", *_posts("cbdae"), "z.md"]


def _posts(names: Iterable[str]) -> list[str]:
    return [f"blog/posts/{name}.md" for name in names]


def test_a_blog_that_shows_drafts_has_their_cards(tmp_path: Path) -> None:
    config = site(tmp_path, "plugins:\n- blog:\n    draft: true\n", "blog/posts/a.md")
    path = tmp_path / "docs/blog/posts/a.md"
    path.write_text(f"---\ndraft: true\n---\n{path.read_text()}", encoding="utf-8")
    assert len(collect(config, cwd=tmp_path).notes) == 1


def test_a_page_that_is_named_is_never_left_out(tmp_path: Path) -> None:
    site(tmp_path, NAV, "drafts/x.md", "z.md")
    config, _ = load({"sources": (Path("docs/drafts/x.md"),)}, cwd=tmp_path)
    assert [note.page for note in collect(config, cwd=tmp_path).notes] == ["drafts/x.md"]


@pytest.mark.parametrize(
    ("pattern", "page", "expected"),
    [
        ("drafts/", "drafts/x.md", True),
        ("drafts/", "a/drafts/x.md", True),
        ("/drafts/", "a/drafts/x.md", False),
        ("*.tmp.md", "a/b.tmp.md", True),
        ("a/*.md", "a/b/c.md", False),
        ("a/**/c.md", "a/b/b/c.md", True),
        ("**/c.md", "c.md", True),
        ("b?.md", "b1.md", True),
        ("b[12].md", "b3.md", False),
        ("b[!12].md", "b3.md", True),
        ("[z-a].md", "b.md", False),
        ("# c.md", "c.md", False),
        ("c", "c/d.md", True),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, page: str, expected: bool) -> None:
    assert excluder(Site(exclude_docs=(pattern,)))(page) is expected


def test_the_last_pattern_that_matches_decides() -> None:
    assert not excluder(Site(exclude_docs=("drafts/*", "!drafts/keep.md")))("drafts/keep.md")


def test_pages_of_other_programs_are_not_pages_of_a_site() -> None:
    assert excluder(Site(path=Path("mkdocs.yml")))("a.qmd")
    assert not excluder(Site())("a.qmd")


def test_drafts_are_left_out_as_in_a_build_of_the_site() -> None:
    is_excluded = excluder(Site(exclude_docs=("a.md",), draft_docs=("*.draft.md", "!a.md")))
    assert [is_excluded(page) for page in ("a.md", "b.draft.md", "b.md")] == [True, True, False]


@pytest.mark.parametrize(
    ("page", "is_directory", "expected"),
    [
        ("index.md", True, ""),
        ("index.md", False, "index.html"),
        ("a/README.md", True, "a/"),
        ("a/b.md", True, "a/b/"),
        ("a/b.md", False, "a/b.html"),
    ],
)
def test_pages_are_served_where_mkdocs_serves_them(
    page: str, is_directory: bool, expected: str
) -> None:
    assert page_path(page, config=Config(use_directory_urls=is_directory)) == expected


@pytest.mark.parametrize(
    ("structure", "page", "expected"),
    [
        ("suffix", "a/b.fr.md", "fr/a/b/"),
        ("suffix", "a/b.en.md", "a/b/"),
        ("suffix", "a/b.md", "a/b/"),
        ("suffix", "index.fr.md", "fr/"),
        ("suffix", "v1.2.md", "v1.2/"),
        ("folder", "fr/a/b.md", "fr/a/b/"),
        ("folder", "en/a/b.md", "a/b/"),
    ],
)
def test_pages_of_a_language_are_served_below_it(structure: str, page: str, expected: str) -> None:
    languages = Languages(structure, "en", ("en", "fr"))
    assert page_path(page, config=Config(site=Site(languages=languages))) == expected


@pytest.mark.parametrize(
    ("blog", "front", "expected"),
    [
        (Blog(), FrontMatter(date="2025-03-09"), "blog/2025/03/09/why-züge/"),
        (Blog(), FrontMatter(date="2025-03-09", slug="s"), "blog/2025/03/09/s/"),
        (
            Blog(url_format="{categories}/{file}", date_format="yy"),
            FrontMatter(date="2025-03-09", categories=("Trains & Co",)),
            "blog/trains--co/first/",
        ),
        (
            Blog(url_format="{categories}/{slug}", most_categories=2),
            FrontMatter(date="2025-03-09", categories=("A b", "C", "D")),
            "blog/a-b/c/why-züge/",
        ),
        (
            Blog(".", "blog/posts", url_format="{categories}/{file}"),
            FrontMatter(date="2025-03-09"),
            "first/",
        ),
        (Blog(), FrontMatter(), None),
    ],
)
def test_posts_are_served_by_date_and_title(
    blog: Blog, front: FrontMatter, expected: str | None
) -> None:
    config = Config(site=Site(blogs=(blog,)))
    page = "blog/posts/2025/first.md"
    assert post_path(page, front=front, title="Why Züge?", config=config) == expected
    assert page_path(page, config=config) is None


def test_anchors_are_made_as_the_site_makes_them(tmp_path: Path) -> None:
    config = site(tmp_path, NAV, "a.md")
    assert slugify("Größe & Maß") == "groe-ma"
    assert config.site.extensions.toc is not None
    assert slugify("Größe & Maß", config.site.extensions.toc.slugify) == "größe--maß"


def test_extensions_that_the_site_lists_are_in_force_and_others_are_not(tmp_path: Path) -> None:
    line = "(c) 1/2 --> a/b 3/45 `(c)` $1/2$ H~2~O ++ctrl+num5++ {--old--} ==m=="
    settings = "site_name: N\nmarkdown_extensions:\n  - {}\n"
    shown = {}
    for number, listed in enumerate(("pymdownx.smartsymbols", "pymdownx.keys")):
        folder = tmp_path / str(number)
        folder.mkdir()
        config = site(folder, settings.format(listed), "a.md")
        page = f'??? question "Q?"\n    {line}\n'
        (folder / "docs" / "a.md").write_text(page, encoding="utf-8")
        (note,) = collect(config, cwd=folder).notes
        shown[listed] = note.answer.text
    assert shown["pymdownx.smartsymbols"].startswith("© ½ → a/b 3/45 (c) 1/2 H~2~O ++ctrl+num5++")
    assert shown["pymdownx.keys"].startswith("(c) 1/2 --> a/b 3/45 (c) 1/2 H~2~O Ctrl+Num 5")
    assert [text[-15:] for text in shown.values()] == ["{--old--} ==m=="] * 2


I18N = """\
site_name: N
nav:
  - Home: index.md
  - Guide:
      - a.md
plugins:
  - i18n:
      docs_structure: {}
      languages:
        - {{locale: en, default: true}}
        - {{locale: fr, nav_translations: {{Home: Accueil, Guide: Conseils}}}}
        - {{locale: de, build: false}}
"""


@pytest.mark.parametrize(
    ("structure", "pages"),
    [
        ("suffix", "index.md index.fr.md index.de.md index.es.md a.en.md a.fr.md v1.2.md"),
        ("folder", "en/index.md fr/index.md de/index.md es/index.md en/a.md fr/a.md v1.2.md"),
    ],
)
def test_decks_of_languages_are_those_that_the_site_builds(
    tmp_path: Path, structure: str, pages: str
) -> None:
    config = site(tmp_path, I18N.format(structure), *pages.split())
    found = {note.page: note.deck for note in collect(config, cwd=tmp_path).notes}
    default, french, unbuilt, unknown, guide, french_guide, version = pages.split()
    assert not {unbuilt, unknown} & found.keys()
    assert found[default] == "N::Home"
    assert found[french] == "N::fr::Accueil"
    assert found[guide].startswith("N::Guide::A")
    assert found[french_guide].startswith("N::fr::Conseils::A")
    assert found[version] == "N::V1.2"


def test_one_language_may_be_built_alone(tmp_path: Path) -> None:
    text = I18N.format("suffix").replace("docs_", "build_only_locale: fr\n      docs_")
    config = site(tmp_path, text, "index.md", "index.fr.md", "a.en.md")
    found = {note.page: note.deck for note in collect(config, cwd=tmp_path).notes}
    assert found["index.fr.md"] == "N::Accueil"
    assert "a.en.md" not in found
