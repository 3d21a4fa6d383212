"""What a page gave; made by `pages.py`, kept by the cache."""

from msgspec import Struct

from generator.errors import Diagnostic, Location
from generator.model import Box, Directive, Media, Note
from generator.pipeline.sources import PageFile
from generator.render.context import MediaProblem


class PageLink(Struct, frozen=True):
    """A link of a page to a page of the same site.

    Attributes:
        location: Place of its address.
        address: As written, decoded.
        page: The page that it names, below the source root; None when it leaves it.
        anchor: What follows `#`, or "".
        folder: The folder of the page that has the link, below the source root.
    """

    location: Location
    address: str
    page: str | None
    anchor: str
    folder: str


class PageResult(Struct, frozen=True):
    """What a page gave.

    Attributes:
        file: The page.
        title: Page title, "" when it could not be read.
        notes: Its rendered cards in reading order.
        boxes: What became of every admonition, in reading order.
        directives: Comments addressed to us.
        anchors: What links may point at.
        links: Its links to pages of the site.
        name: See `SourceFile.page`; "" when it could not be read.
        diagnostics: Of all stages.
        lookups: Every file that was looked for, and what was found: page, target, result.
        digest: `key_of` the page's bytes, from which all this was made.
    """

    file: PageFile
    title: str = ""
    notes: tuple[Note, ...] = ()
    boxes: tuple[Box, ...] = ()
    directives: tuple[Directive, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[PageLink, ...] = ()
    name: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    lookups: tuple[tuple[str, str, Media | MediaProblem], ...] = ()
    digest: str = ""
