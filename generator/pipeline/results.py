"""The result of a page; made by `pages.py`, stored in the cache."""

from dataclasses import dataclass
from pathlib import Path

from generator.errors import Diagnostic, Location
from generator.model import Box, Directive, Media, Note
from generator.render.context import MediaProblem


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page to read.

    Attributes:
        path: Absolute.
        root: The folder that its identity is relative to, absolute.
        display: See `Location.path`.
    """

    path: Path
    root: Path
    display: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a page to a page of the same site.

    Attributes:
        location: Place of its address.
        address: As written, decoded.
        page: The page that it names, below the source root; None when it leaves it.
        anchor: The part after `#`, or "".
    """

    location: Location
    address: str
    page: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class PageResult:
    """The result of a page.

    Attributes:
        file: The page.
        title: Page title, "" when it could not be read.
        notes: Its rendered cards in reading order.
        boxes: The verdict on every admonition.
        directives: Comments addressed to us.
        anchors: Possible targets of links.
        links: Its links to pages of the site.
        name: See `SourceFile.page`; "" when it could not be read.
        diagnostics: Of all stages.
        lookups: Every file lookup: page, target, result.
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
