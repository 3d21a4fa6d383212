"""Which plugin makes the navigation: the one place that knows their names."""

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
    pages_of,
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
    tree = _ordered(docs, plugins, of_nav(site.nav) if site.nav else None)
    return Navigation(tuple(flatten(tree)), tuple(check_files(docs, plugins, shown)))


def _ordered(docs: Docs, plugins: Plugins, given: Section | None) -> Section:
    """Apply the plugins in the order in which the site lists them, where that matters."""
    listed = list(plugins)
    weigher = next((name for name in _WEIGHERS if name in plugins), None)
    if weigher is None:
        tree = _made(docs, plugins, given)
        return section_index.apply(tree) if "section-index" in plugins else tree
    before, options = listed[: listed.index(weigher)], plugins[weigher]
    has_section_pages = "section-index" in before  # after it every page has a title: none is taken
    if "awesome-pages" in plugins and "awesome-pages" not in before:
        base = nav_weight.apply(given or default_tree(docs), docs, options)
        weighed = Docs(docs.folder, tuple(page.path for page in pages_of(base)))
        return _made(weighed, plugins, base if given else None)
    tree = _made(docs, plugins, given)
    return nav_weight.apply(tree, docs, options, has_section_pages=has_section_pages)


def _made(docs: Docs, plugins: Plugins, given: Section | None) -> Section:
    """Return the navigation as the one plugin that makes it does."""
    if "awesome-nav" in plugins:  # replaces `nav`, as the plugin does
        return awesome_nav.read(docs, plugins["awesome-nav"])
    if "literate-nav" in plugins:
        return literate_nav.read(docs, plugins["literate-nav"], given)
    if "awesome-pages" in plugins:
        return awesome_pages.read(docs, plugins["awesome-pages"], given)
    return given or default_tree(docs)
