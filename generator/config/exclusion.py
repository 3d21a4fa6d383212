"""Which files of the docs folder a site leaves out."""

import fnmatch
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from generator.config.languages import is_built
from generator.config.settings import Site

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_OF_OTHERS = (".qmd", ".mdx")  # pages of Quarto and Docusaurus, not of MkDocs
_ALWAYS = (".*", "/templates/")  # mkdocs/structure/files.py


def excluder(site: Site) -> Callable[[str], bool]:
    """Return a predicate for the files that the site leaves out.

    Args:
        site: Its `exclude_docs`, `draft_docs`, languages, and the patterns of mkdocs-exclude.

    Returns:
        A predicate that takes a path relative to the docs folder, with `/`.
    """
    ignored = _spec((*_ALWAYS, *site.exclude_docs))
    drafts = _spec(site.draft_docs)
    patterns = [re.compile(pattern) for pattern in site.excluded]
    languages = site.languages

    def is_excluded(path: str) -> bool:
        is_of_another = site.path is not None and path.lower().endswith(_OF_OTHERS)
        is_of_another |= languages is not None and not is_built(path, languages)
        is_ignored = is_of_another or ignored.match_file(path) or drafts.match_file(path)
        return is_ignored or any(pattern.match(path) for pattern in patterns)

    return is_excluded


@cache
def _spec(lines: tuple[str, ...]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # imported only for sites: loading it is slow

    return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Whether a line can be compiled: `[z-a]` matches nothing in git, and raises here."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (re.error, ValueError):
        return False
    return True


def read_exclude(options: Mapping[str, object] | None) -> tuple[str, ...]:
    """Return the patterns of the plugin mkdocs-exclude as regular expressions.

    Args:
        options: Of the plugin, None without it.
    """
    if options is None:
        return ()
    globs = (fnmatch.translate(glob) for glob in _texts(options.get("glob")))
    regexes = (regex for regex in _texts(options.get("regex")) if _is_regex(regex))
    return (*globs, *regexes)


def _texts(value: object) -> Sequence[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value]) if item]


def _is_regex(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
