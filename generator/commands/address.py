r"""An address that a password or a package is sent to, parsed strictly and unambiguously.

Programs disagree on `http://evil\@127.0.0.1/`, on `127.1` and on what comes before an `@`. So we
accept only addresses that all of them read alike, and pass on one built from its parts.
"""

import re
from typing import Final
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, build_opener

from msgspec import Struct

_LABEL: Final = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_ADDRESS: Final = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*|\[::1\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>(?:/[a-z0-9._~-]*)*)",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*", re.IGNORECASE)
_IPV4: Final = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Address(Struct, frozen=True):
    """Where something is sent.

    Attributes:
        scheme: `http` or `https`.
        host: Lower case; a name, an IPv4 address in four decimal numbers, or `[::1]`.
        port: As given, or None.
        path: Begins with `/`, or empty.
    """

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine."""
        return self.host in _LOOPBACK

    @property
    def server(self) -> str:
        """Host and port, as shown in messages."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address, rebuilt from its parts."""
        return f"{self.scheme}://{self.server}{self.path}"


def parse_address(text: str) -> Address:
    """Read an address.

    Args:
        text: As the user gave it.

    Raises:
        ValueError: With the reason; for plain http to another machine, too.
    """
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise ValueError("not an address such as https://sync.example.org/")
    host, port = match["host"].lower(), match["port"]
    if _NUMBERS.fullmatch(host) and not _IPV4.fullmatch(host):
        raise ValueError("write an IPv4 address as four decimal numbers")
    if port and int(port) > 65535:
        raise ValueError("ports end at 65535")
    address = Address(match["scheme"].lower(), host, int(port) if port else None, match["path"])
    if address.scheme == "http" and not address.is_local:
        raise ValueError("http is not encrypted: use https, or a tunnel to localhost")
    return address


class _NoRedirects(HTTPRedirectHandler):
    """Makes every redirect an error, so that no other server receives the data."""

    def redirect_request(self, *_arguments: object, **_options: object) -> None:
        """Follow nothing."""


def direct_opener() -> OpenerDirector:
    """Return an opener that uses no proxy and follows no redirect."""
    return build_opener(ProxyHandler({}), _NoRedirects)
