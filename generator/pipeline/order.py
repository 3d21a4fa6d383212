"""Which pages a site has, and in which order its navigation has them."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from generator.config import Config
from generator.render.site_path import locale_of

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
    patterns = (*_ALWAYS_EXCLUDED, *config.site.exclude_docs)

    def page_of(path: Path) -> str:
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

    kept = [path for path in paths if path in named or not is_excluded(page_of(path), patterns)]
    last = len(rank)
    return tuple(sorted(kept, key=lambda path: rank.get(locale_of(page_of(path), config)[1], last)))


def is_excluded(page: str, patterns: Sequence[str]) -> bool:
    """Tell whether gitignore patterns leave a page out; the last that matches decides.

    Args:
        page: Path below the docs folder, with `/`.
        patterns: Lines of a `.gitignore`.
    """
    verdict = False
    for line in patterns:
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        is_kept = pattern.startswith("!")
        if _compiled(pattern.removeprefix("!")).match(page):
            verdict = not is_kept
    return verdict


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Translate one pattern (gitignore(5)); it matches a page, or a folder above one."""
    is_folder = pattern.endswith("/")
    body = pattern.strip("/").removeprefix("\\")
    is_anchored = "/" in pattern.rstrip("/")
    regex = "" if is_anchored else "(?:.*/)?"
    at = 0
    while at < len(body):
        piece, length = _piece(body, at)
        regex += piece
        at += length
    regex += ("/.*" if is_folder else "(?:/.*)?") + r"\Z"
    try:
        return re.compile(regex, re.DOTALL)
    except re.error:  # `[z-a]` matches nothing
        return re.compile(r"(?!)")


def _piece(body: str, at: int) -> tuple[str, int]:
    if body.startswith("**/", at):
        return "(?:.*/)?", 3
    if body.startswith("**", at):
        return ".*", 2
    if body[at] == "*":
        return "[^/]*", 1
    if body[at] == "?":
        return "[^/]", 1
    closing = body.find("]", at + 2) if body[at] == "[" else -1
    if closing > 0:
        inside = body[at + 1 : closing].replace("\\", "\\\\")
        negated = inside.startswith("!")
        return f"[{'^' + inside[1:] if negated else inside}]", closing + 1 - at
    return re.escape(body[at]), 1
