"""Metadata without `---`: lines `Key: value` at the top of a page (MultiMarkdown, MkDocs)."""

import re
from typing import Final

from msgspec import Struct

from generator.errors import Diagnostic, Location
from generator.model import FrontMatter
from generator.reader.front_matter import to_front_matter

_LINE: Final = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE: Final = re.compile(r"(?:[ ]{4}|\t)\s*(?P<value>.*)")
_USUAL: Final = frozenset(
    {"author", "authors", "base_url", "categories", "created", "css", "date", "description"}
    | {"draft", "hide", "icon", "keywords", "lang", "layout", "order", "robots", "search", "slug"}
    | {"status", "subtitle", "summary", "tags", "template", "title", "updated", "weight"}
)


class Meta(Struct, frozen=True):
    """The metadata of a page.

    Attributes:
        lines: How many lines it takes, with the blank one after it.
        settings: What cards need of it.
        found: What an author may not have meant as metadata.
    """

    lines: int
    settings: FrontMatter
    found: tuple[Diagnostic, ...]


def read_meta(text: str, *, display: str) -> Meta | None:
    """Read the metadata that a page begins with, None without any.

    Args:
        text: The whole page.
        display: See `SourceFile.path`.
    """
    values: dict[str, str] = {}
    key, first_odd, count = "", 0, 0
    for line in text.split("\n"):
        match, more = _LINE.match(line), _MORE.match(line)
        if match:
            key = match["key"].lower()
            values[key] = f"{values.get(key, '')} {match['value'].strip()}".strip()
        elif more and key:
            values[key] += f" {more['value'].strip()}"
        else:
            count += not line.strip()
            break
        count += 1
        if match and key not in _USUAL:
            first_odd = first_odd or count
    if not values:
        return None
    found = (_odd(display, first_odd),) if first_odd else ()
    return Meta(count, to_front_matter(dict(values)), found)


def _odd(display: str, line: int) -> Diagnostic:
    return Diagnostic(
        Location(display, line, 1),
        "L232",
        "the site reads this line as metadata: it is not shown",
        "put a blank line at the top of the page, or metadata between ---",
    )
