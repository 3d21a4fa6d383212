"""The pages of a site, in the order of its navigation."""

from collections.abc import Sequence
from pathlib import Path

from generator.config import Config
from generator.config.exclusion import excluder
from generator.render.site_path import locale_of


def site_order(paths: Sequence[Path], *, root: Path, config: Config) -> tuple[Path, ...]:
    """Return the pages of a build in the site's order.

    Args:
        paths: Files in the order of their paths.
        root: The folder that pages are relative to.
        config: For `nav` and `exclude_docs`; a page named by the user is kept.

    Returns:
        The pages of `nav` first, in its order; then the others, the posts of a blog in its order,
        without those that the site excludes. The input unchanged when there is no site.
    """
    if config.site.path is None:
        return tuple(paths)
    named = {source.resolve() for source in config.sources}
    rank = {item.page: number for number, item in reversed(list(enumerate(config.site.nav)))}
    is_excluded = excluder(config.site)

    def page_of(path: Path) -> str:
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

    kept = [path for path in paths if path in named or not is_excluded(page_of(path))]
    last = len(rank)
    kept.sort(key=lambda path: rank.get(locale_of(page_of(path), config)[1], last))
    post_rank = {page: number for number, page in enumerate(config.site.posts)}
    posts = [path for path in kept if page_of(path) in post_rank]
    ordered = iter(sorted(posts, key=lambda path: post_rank[page_of(path)]))
    return tuple(next(ordered) if page_of(path) in post_rank else path for path in kept)
