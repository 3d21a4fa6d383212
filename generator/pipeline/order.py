"""Which pages a site has, and in which order its navigation has them."""

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import Config
from generator.render.site_path import locale_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_ALWAYS_EXCLUDED = (".*", "/templates/")  # mkdocs/structure/files.py


def site_order(paths: Sequence[Path], *, root: Path, config: Config) -> tuple[Path, ...]:
    """Return the pages of a build as the site orders them.

    Args:
        paths: Files in the order of their paths.
        root: The folder that pages are relative to.
        config: For `nav` and `exclude_docs`; a page that the user has named stays.

    Returns:
        The pages of `nav` first, in its order; then the others, without those that the site
        leaves out. Everything as it was where there is no site.
    """
    if config.site.path is None:
        return tuple(paths)
    named = {source.resolve() for source in config.sources}
    rank = {item.page: number for number, item in reversed(list(enumerate(config.site.nav)))}
    patterns = tuple(config.site.exclude_docs)

    def page_of(path: Path) -> str:
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

    kept = [path for path in paths if path in named or not is_excluded(page_of(path), patterns)]
    last = len(rank)
    return tuple(sorted(kept, key=lambda path: rank.get(locale_of(page_of(path), config)[1], last)))


def is_excluded(page: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether the site leaves a page out.

    Args:
        page: Path below the docs folder, with `/`.
        patterns: `exclude_docs`, lines of a `.gitignore`; what MkDocs always leaves out comes
            before them.
    """
    if patterns:
        return _spec(patterns).match_file(page)
    return page.startswith("templates/") or any(part[0] == "." for part in page.split("/") if part)


@cache
def _spec(patterns: tuple[str, ...]) -> "GitIgnoreSpec":
    """Read patterns; one that makes no sense leaves nothing out, and stops MkDocs, not us."""
    from pathspec import GitIgnoreSpec  # takes a fifth of a build in which nothing changed

    spec = GitIgnoreSpec.from_lines(_ALWAYS_EXCLUDED)
    for pattern in patterns:
        with suppress(ValueError, re.error):
            spec += GitIgnoreSpec.from_lines((pattern,))
    return spec
