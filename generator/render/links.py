"""Where links lead from a card: to the site, to the web, or nowhere."""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from generator.config import Config
from generator.files import PAGE_SUFFIXES
from generator.markup.allowed import SCHEMES
from generator.render.site_path import page_path

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
# What URL parsers skip, and what could hide a scheme from us: `java\nscript:`.
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
LONGEST = 4000  # characters; browsers and servers take no longer ones either
_LINE_ENDS = re.compile(r"[\t\r\n]+")  # what browsers drop from an address


class Target(NamedTuple):
    """What a link's address means.

    Attributes:
        url: The target of the card's link; "" if it has none.
        path: Decoded path without query and anchor, "" when the address has a scheme or host.
        is_refused: The scheme is one that a card must not have.
    """

    url: str
    path: str = ""
    is_refused: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it points into the site."""
        return bool(self.path)


def scheme_of(address: str) -> str:
    """Return the lower-case scheme of an address, or ""."""
    match = _SCHEME.match(_INVISIBLE.sub("", address))
    return match[1].lower() if match else ""


def resolve(address: str, *, page: str, config: Config) -> Target:
    """Return the target of a link on `page`.

    Args:
        address: As written, percent-encoded or not.
        page: See `SourceFile.page`.
        config: For the site's URL.

    Returns:
        The target; see there.
    """
    if len(address) > LONGEST:
        return Target("", is_refused=True)
    address = address.strip()
    scheme = scheme_of(address)
    if scheme in SCHEMES:
        rest = _LINE_ENDS.sub("", address).partition(":")[2]
        return Target(f"{scheme}:{_encode(rest)}")
    if scheme and not address[: len(scheme) + 1].lower().endswith(".md:"):
        return Target("", is_refused=True)
    if address.startswith("//"):
        return Target(_encode(f"https:{address}"))
    return _resolve_path(address, page=page, config=config)


def at_anchor(url: str, anchor: str) -> str:
    """Return the address of a place on the page at `url`; of the page, where it has no anchor."""
    anchor = anchor.rstrip()
    return f"{url}#{_encode(anchor)}" if anchor else url


def _resolve_path(address: str, *, page: str, config: Config) -> Target:
    rest, _, anchor = address.partition("#")
    rest, _, query = rest.partition("?")
    path = unquote(rest)
    served = _served(path, page, config)
    if not config.site_url or served is None:
        return Target("", path or page)
    url = config.site_url.rstrip("/") + "/" + quote(served)
    if query:
        url += "?" + _encode(query)
    return Target(at_anchor(url, anchor), path or page)


def _served(path: str, page: str, config: Config) -> str | None:
    """Return where the site serves what a path means, None for a place outside of it.

    MkDocs reads paths of files from the page's file; others, `../other/`, it leaves to the
    browser, which reads them from the page's address.
    """
    is_file = "." in posixpath.basename(path) or path.startswith("/") or not path
    origin = page if is_file else page_path(page, config=config)
    joined = _join(path, origin) if origin is not None else None
    return _site_path(joined, config=config) if joined is not None else None


def _join(path: str, page: str) -> str | None:
    if not path:
        return page
    base = "" if path.startswith("/") else posixpath.dirname(page)
    joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    if joined == ".." or joined.startswith("../"):
        return None
    return joined + "/" if path.endswith("/") and joined != "." else joined


def _site_path(joined: str, *, config: Config) -> str | None:
    if joined == ".":
        return ""
    if not joined.lower().endswith(PAGE_SUFFIXES):
        return joined
    return page_path(joined, config=config)


def _encode(url: str) -> str:
    """Percent-encode what a URL may not hold, leaving what is encoded already."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
