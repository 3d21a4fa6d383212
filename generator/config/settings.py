"""The frozen values that the rest of the program reads."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from generator.config.box_types import ANSWERING, ASKING
from generator.config.extension_sets import RECOMMENDED
from generator.config.extensions import Extensions

INTERNAL = frozenset({"root", "classes", "cache_dir", "site", "origins", "path", "home"})
"""Fields of `Config` that neither a configuration file nor an option can set."""


class MathMode(StrEnum):
    """How formulas are written on the card."""

    MATHML = "mathml"
    MATHJAX = "mathjax"


class DeckDepth(StrEnum):
    """What gets a deck of its own."""

    SECTION = "section"
    PAGE = "page"
    FOLDER = "folder"


class NavPage(Struct, frozen=True):
    """One page of the site's `nav`, in reading order.

    Attributes:
        page: Path below the docs folder with `/`.
        title: What the navigation calls it, or None when it gives only the path.
        section: Titles of the navigation sections above it, outermost first.
    """

    page: str
    title: str | None = None
    section: tuple[str, ...] = ()


class Blog(Struct, frozen=True):
    """One use of Material's blog plugin.

    Attributes:
        blog_dir: Folder of the blog below the docs folder, "." for the docs folder itself.
        post_dir: Folder of the posts below the docs folder.
        url_format: `post_url_format`, with `{date}`, `{slug}`, `{categories}`, `{file}`.
        date_format: `post_url_date_format`, in Babel's letters.
        most_categories: How many categories are in a post's address.
        shows_drafts: Whether a build of the site includes drafts.
    """

    blog_dir: str = "blog"
    post_dir: str = "blog/posts"
    url_format: str = "{date}/{slug}"
    date_format: str = "yyyy/MM/dd"
    most_categories: int = 1
    shows_drafts: bool = False


class Languages(Struct, frozen=True):
    """The languages of mkdocs-static-i18n.

    Attributes:
        structure: `suffix` (`page.fr.md`) or `folder` (`fr/page.md`).
        default: Locale of the site's root.
        locales: Every locale that is built.
        translations: Locale → titles of the navigation → how they read in it.
    """

    structure: str = "suffix"
    default: str = "en"
    locales: tuple[str, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Origin(Struct, frozen=True):
    """Where a value came from.

    Attributes:
        text: `option`, `default`, or the place in a file (`admonki.toml:3:1`).
        is_secret: It came from the environment: never print the value.
    """

    text: str = "default"
    is_secret: bool = False


OPTION = Origin("option")
"""Of a value of the command line."""


class Site(Struct, frozen=True):
    """The site's own configuration; empty when there is none, or none that applies.

    Attributes:
        path: The file, absolute, or None.
        inherited: The files that it inherits from, absolute.
        name: `site_name`.
        nav: The pages of `nav` in order; empty without a `nav`.
        exclude_docs: Lines of `exclude_docs` (gitignore patterns).
        draft_docs: Lines of `draft_docs`, which a build leaves out, too.
        excluded: Regular expressions of paths that the plugin mkdocs-exclude leaves out.
        extensions: Its Markdown extensions with their options.
        extension_origins: `arithmatex` or `arithmatex.smart_dollar` → where it was set.
        blogs: Uses of the blog plugin.
        posts: Their pages, pinned ones first, then the newest.
        languages: Set by the i18n plugin, or None.
        plugins: Names of the site's plugins.
        variables: What pages may ask for by the plugin macros: `extra`, and the files of its
            `include_yaml`.
        scripts: Texts of the `extra_javascript` files inside the docs folder, path → text: data
            to look for macros in, never run.
        draws_math: Whether something other than arithmatex shows formulas: another extension, or
            a script such as MathJax.
    """

    path: Path | None = None
    inherited: tuple[Path, ...] = ()
    name: str = ""
    nav: tuple[NavPage, ...] = ()
    exclude_docs: tuple[str, ...] = ()
    draft_docs: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    extensions: Extensions = RECOMMENDED
    extension_origins: Mapping[str, Origin] = field(default_factory=dict)
    blogs: tuple[Blog, ...] = ()
    posts: tuple[str, ...] = ()
    languages: Languages | None = None
    plugins: frozenset[str] = frozenset()
    variables: Mapping[str, object] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    draws_math: bool = False


class Config(Struct, frozen=True):
    """The settings of a build. `load` makes every path absolute.

    Attributes:
        root: Folder of the configuration file, else of the sources.
        sources: Files or folders with pages.
        docs_dir: Folder that contains all pages, images and snippets; by default each source.
        output: Folder for the packages.
        lock: The lock file; by default `admonki.lock` next to the configuration file.
        deck_root: First part of every deck name; "" for none.
        deck_depth: One deck per "section", "page" or "folder"; with a navigation, its headings
            count as folders.
        card_types: Admonition types that are cards; "" means a box without a type.
        answer_types: Types of a nested box that holds the answer.
        answer_titles: Titles of a box that holds the answer; case and punctuation do not matter.
        question_titles: Words that label a task, such as "Exercise": the question is in the body.
        inner_cards: Types of titled boxes that become separate cards inside an answer.
        inner_deck: Subdeck of the cards inside answers; "" for the deck of the outer card.
        include_unanswered: Whether `all.apkg` also contains unanswered cards.
        math: How formulas are written on the card.
        math_display: The same for display formulas; by default the value of `math`.
        macros: TeX macros, name with backslash → body (`#1` … for arguments).
        css: Your own style sheets for cards.
        classes: What these style: pages may use them beside the theme's.
        site_url: Absolute URL of the built site; "" if unknown.
        use_directory_urls: Whether the site serves `page/` rather than `page.html`.
        ignore: Codes of messages that are not shown.
        jobs: How many processes render pages; 0 = one per core.
        cache_dir: Where rendered pages are kept between builds; None = nowhere.
        site: The site's own configuration.
        origins: Field name → where its value came from.
        path: The configuration file of admonki's own settings, absolute, or None.
        home: Folder that holds the project's pages, whichever of them are built now: the names
            of pages, by which the lock knows them, start there.
    """

    root: Path = Path()
    sources: tuple[Path, ...] = ()
    docs_dir: Path | None = None
    output: Path = Path("build")
    lock: Path | None = None
    deck_root: str = ""
    deck_depth: DeckDepth = DeckDepth.SECTION
    card_types: frozenset[str] = ASKING | {""}
    answer_types: frozenset[str] = ANSWERING
    answer_titles: frozenset[str] = frozenset()
    question_titles: frozenset[str] = frozenset()
    inner_cards: frozenset[str] = frozenset()
    inner_deck: str = "Follow-ups"
    include_unanswered: bool = False
    math: MathMode = MathMode.MATHML
    math_display: MathMode | None = None
    macros: Mapping[str, str] = field(default_factory=dict)
    css: tuple[Path, ...] = ()
    classes: frozenset[str] = frozenset()
    site_url: str = ""
    use_directory_urls: bool = True
    ignore: frozenset[str] = frozenset()
    jobs: int = 0
    cache_dir: Path | None = None
    site: Site = Site()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    path: Path | None = None
    home: Path | None = None
