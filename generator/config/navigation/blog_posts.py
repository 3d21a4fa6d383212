"""Material's blog: its posts are not in the navigation; pinned ones come first, then the newest."""

from datetime import date
from pathlib import Path

from generator.config.exclusion import excluder
from generator.config.navigation.meta import front_matter
from generator.config.navigation.tree import Docs, find_docs
from generator.config.settings import Blog, Site


def read_posts(docs_dir: Path, site: Site) -> tuple[str, ...]:
    """Return the posts of a site as its blogs list them."""
    if not site.blogs or not docs_dir.is_dir():
        return ()
    docs = find_docs(docs_dir, excluder(site))
    return tuple(page for blog in site.blogs for page in _posts(blog, docs))


def _posts(blog: Blog, docs: Docs) -> list[str]:
    posts = [page for page in docs.pages if page.startswith(f"{blog.post_dir}/")]
    return sorted(posts, key=lambda page: _rank(docs, page), reverse=True)


def _rank(docs: Docs, page: str) -> tuple[bool, str]:
    front = front_matter(docs, page)
    written = front.get("date")
    created = written.get("created") if isinstance(written, dict) else written
    day = created.isoformat() if isinstance(created, date) else str(created or "")
    return front.get("pin") is True, day
