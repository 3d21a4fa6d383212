"""Which plugin makes the navigation: the one place that knows their names."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from generator.config.exclusion import excluder
from generator.config.nav import is_page
from generator.config.navigation import (
    awesome_nav,
    awesome_pages,
    literate_nav,
    nav_weight,
    section_index,
)
from generator.config.navigation.files import check_files
from generator.config.navigation.tree import (
    Docs,
    Section,
    default_tree,
    find_docs,
    flatten,
    of_nav,
)
from generator.config.plugins import Plugins
from generator.config.settings import NavPage, Site
from generator.errors import Diagnostic

_MAKERS = ("literate-nav", "awesome-nav", "awesome-pages")
_WEIGHERS = ("mkdocs-nav-weight", "nav-weight")
_CHANGERS = (*_WEIGHERS, "section-index")


class Navigation(Struct, frozen=True):
    """The pages in order, and what is wrong with the files of plugins that order them."""

    pages: tuple[NavPage, ...]
    problems: tuple[Diagnostic, ...] = ()


def read_navigation(docs_dir: Path, plugins: Plugins, site: Site, *, shown: str) -> Navigation:
    """Build the navigation as the site's plugins do.

    Args:
        docs_dir: The docs folder.
        plugins: Of the site, name → options.
        site: As the configuration has it.
        shown: How diagnostics name the docs folder.

    Returns:
        The pages in order; those of `nav` where no plugin changes it.
    """
    used = [name for name in (*_MAKERS, *_CHANGERS) if name in plugins]
    pages = tuple(page for page in site.nav if is_page(page.page))
    if not used or not docs_dir.is_dir():
        return Navigation(pages)
    docs = find_docs(docs_dir, excluder(site))
    tree = _made(docs, plugins, site.nav)
    listed = list(plugins)
    weigher = next((name for name in _WEIGHERS if name in plugins), None)
    if weigher:
        is_first = "section-index" in listed[: listed.index(weigher)]
        tree = nav_weight.apply(tree, docs, plugins[weigher], has_section_pages=is_first)
    elif "section-index" in plugins:  # nav-weight gives each page a title: it leaves none to take
        tree = section_index.apply(tree)
    return Navigation(tuple(flatten(tree)), tuple(check_files(docs, plugins, shown)))


def _made(docs: Docs, plugins: Plugins, nav: Sequence[NavPage]) -> Section:
    """Return the navigation as the one plugin that makes it does."""
    given = of_nav(nav) if nav else None
    if "awesome-nav" in plugins:  # replaces `nav`, as the plugin does
        return awesome_nav.read(docs, plugins["awesome-nav"])
    if "literate-nav" in plugins:
        return literate_nav.read(docs, plugins["literate-nav"], given)
    if "awesome-pages" in plugins:
        return awesome_pages.read(docs, plugins["awesome-pages"], given)
    return given or default_tree(docs)
