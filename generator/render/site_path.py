"""Where a site serves a page: directory URLs, languages, posts of a blog."""

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING

from generator.config import Blog, Config

if TYPE_CHECKING:
    from generator.model import FrontMatter

_INDEX_NAMES = frozenset({"index", "README"})
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LETTERS = re.compile(r"y+|M+|d+")
_NOT_SLUG = re.compile(r"[^\w\- ]")


def page_path(page: str, *, config: Config) -> str | None:
    """Return where the site serves a page, below its URL.

    Args:
        page: Path below the docs folder, with its extension.
        config: For the site's settings.

    Returns:
        The path; None for a post of a blog, whose path hangs on its date and title.
    """
    if blog_of(page, config) is not None:
        return None
    locale, base = locale_of(page, config)
    stem = posixpath.join(locale, posixpath.splitext(base)[0])
    return _served(stem, use_directory_urls=config.use_directory_urls)


def post_path(page: str, *, front: "FrontMatter", title: str, config: Config) -> str | None:
    """Return where the site serves a post of a blog (Material's blog plugin, `structure`).

    Args:
        page: Path below the docs folder.
        front: For date, slug and categories.
        title: Of the page.
        config: For the site's settings.

    Returns:
        The path; None for a page that is not a post, and for a post without a date.
    """
    blog = blog_of(page, config)
    date = _DATE.match(front.date)
    if blog is None or date is None:
        return None
    url = blog.url_format.format_map(
        _Parts(
            date=_formatted(blog.date_format, *map(int, date.groups())),
            slug=front.slug or slug(title),
            categories="/".join(slug(name) for name in front.categories[: blog.most_categories]),
            file=posixpath.splitext(posixpath.basename(page))[0],
        )
    )
    stem = posixpath.normpath(posixpath.join(blog.blog_dir, url.strip("/")))
    return _served(stem, use_directory_urls=config.use_directory_urls)


class _Parts(dict[str, str]):
    """Values of a URL format; a name that it does not know stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def blog_of(page: str, config: Config) -> Blog | None:
    """Return the blog that a page is a post of."""
    return next((b for b in config.site.blogs if page.startswith(f"{b.post_dir}/")), None)


def locale_of(page: str, config: Config) -> tuple[str, str]:
    """Split a page into its language ("" for the default) and its path in that language."""
    languages = config.site.languages
    if languages is None:
        return "", page
    stem, extension = posixpath.splitext(page)
    if languages.structure == "folder":
        locale, _, rest = page.partition("/")
        known = locale in languages.locales
        return ("" if not known or locale == languages.default else locale), rest if known else page
    base, _, locale = stem.rpartition(".")
    if not base or locale not in languages.locales:
        return "", page
    return ("" if locale == languages.default else locale), f"{base}{extension}"


def slug(text: str) -> str:
    """Return a title as it appears in a post's URL (pymdownx.slugs, in lower case)."""
    words = _NOT_SLUG.sub("", unicodedata.normalize("NFC", text)).strip().lower()
    return words.replace(" ", "-")


def _served(stem: str, *, use_directory_urls: bool) -> str:
    folder, name = posixpath.split(stem)
    if name in _INDEX_NAMES:
        base = f"{folder}/" if folder else ""
        return base if use_directory_urls else f"{base}index.html"
    return f"{stem}/" if use_directory_urls else f"{stem}.html"


def _formatted(pattern: str, year: int, month: int, day: int) -> str:
    """Write a date in Babel's letters, as far as URLs use them."""
    values = {"y": year, "M": month, "d": day}

    def write(match: re.Match[str]) -> str:
        letters = match[0]
        number = values[letters[0]]
        return f"{number % 100:02}" if letters == "yy" else f"{number:0{len(letters)}}"

    return _LETTERS.sub(write, pattern)
