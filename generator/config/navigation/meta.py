"""The parts of a page's front matter that a navigation needs."""

import re
from collections.abc import Mapping

from generator.config.navigation.tree import Docs
from generator.config.yaml_data import read_mapping

_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def front_matter(docs: Docs, page: str) -> Mapping[str, object]:
    """Read the front matter of a page below the docs folder; empty if there is none to read."""
    match = _BLOCK.match((docs.read(page) or "").replace("\r\n", "\n"))
    return read_mapping(match["yaml"]) if match else {}


def page_title(docs: Docs, page: str) -> str:
    """Return a page's title as MkDocs finds it: front matter, first heading, or file name."""
    title = front_matter(docs, page).get("title")
    if title:
        return str(title)
    headings = re.findall(r"^#[ \t]+(.+)$", docs.read(page) or "", re.MULTILINE)
    heading = next(filter(None, (line.rstrip(" \t#\r") for line in headings)), "")
    return heading or page.rpartition("/")[2].rpartition(".")[0]
