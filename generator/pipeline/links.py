"""Check that the pages and anchors of links inside the site exist."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.errors import Diagnostic, Location
from generator.files import PAGE_SUFFIXES
from generator.model import Document
from generator.pipeline.results import PageLink
from generator.render.links import scheme_of

if TYPE_CHECKING:  # the parser loads slowly, and `check` of cached pages does not need it
    from markdown_it.token import Token


def links_of(document: Document) -> tuple[PageLink, ...]:
    """Collect the links of a page to pages, in reading order.

    Args:
        document: The parsed page.
    """
    from generator.parser.accents.obsidian import BY_NAME

    lines: list[str] = []
    found = []
    for block, token in _openings(document):
        address = str(token.attrs.get("href", "")) if token.info != BY_NAME else ""
        if address and not scheme_of(address) and not address.startswith(("//", "/")):
            lines = lines or document.source.text.split("\n")
            found.append(_link(document, block, unquote(address), lines))
    return tuple(link for link in found if link.page is None or _is_page(link.page))


def _openings(document: Document) -> "Iterator[tuple[Token, Token]]":
    """Yield the tokens that open a link, each after the block that holds it."""
    text = document.source.text
    if "](" not in text and "]:" not in text:
        return
    for block in document.tokens:
        children = block.children
        if children and len(children) > 1:  # a link has an opening and a closing token
            for token in children:
                if token.type == "link_open":
                    yield block, token


def _is_page(path: str) -> bool:
    return path.lower().endswith(PAGE_SUFFIXES)


def _link(document: Document, block: "Token", address: str, lines: list[str]) -> PageLink:
    path, _, anchor = address.partition("#")
    folder = posixpath.dirname(document.source.page)
    page: str | None = document.source.page
    if path:
        page = posixpath.normpath(posixpath.join(folder, path.partition("?")[0]))
        page = None if page.startswith("../") and _is_page(page) else page
    return PageLink(_place(document, block, address, lines), address, page, anchor, folder)


def _place(document: Document, block: "Token", address: str, lines: list[str]) -> Location:
    first, after = block.map or [document.source.body_line, document.source.body_line + 1]
    offset = document.source.body_line
    for number in range(first, min(after, offset + len(lines))):
        line = lines[number - offset]
        at = next((line.find(text) for text in _spellings(address) if text in line), -1)
        if at >= 0:
            return Location(document.source.path, number + 1, at + 1)
    return Location(document.source.path, first + 1)


def _spellings(address: str) -> Iterator[str]:
    yield address
    yield address.replace(" ", "%20")


def broken_links(
    links: Iterable[PageLink], anchors: Mapping[str, frozenset[str]]
) -> tuple[Diagnostic, ...]:
    """Report links whose page (W510) or anchor (W511) does not exist.

    Args:
        links: Of all pages.
        anchors: Page → its anchors, for every page of the site.
    """
    return tuple(problem for link in links if (problem := _problem(link, anchors)))


def _problem(link: PageLink, anchors: Mapping[str, frozenset[str]]) -> Diagnostic | None:
    if link.page is None or link.page not in anchors:
        message = f"the link's page does not exist: {link.address}"
        near = _near(link.page or "", anchors)
        written = posixpath.relpath(near, link.folder or ".") if near else ""
        return Diagnostic(link.location, "W510", message, _hint(written, "page", "W510"))
    known = anchors[link.page]
    if not link.anchor or not known or link.anchor in known:
        return None
    message = f"the link's anchor does not exist: {link.address}"
    hint = _hint(_near(link.anchor, known), "anchor", "W511")
    return Diagnostic(link.location, "W511", message, hint)


def _near(name: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.6)), "")


def _hint(near: str, noun: str, code: str) -> str:
    if near:
        return f'did you mean "{near}"?'
    return f"correct it; if the site's build makes this {noun}, ignore {code}"
