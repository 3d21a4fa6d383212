"""An address is read in one way only, or not at all."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError

import pytest

from generator.commands.address import direct_opener, parse_address
from generator.commands.ankiconnect import AnkiConnect
from generator.commands.sync.account import find_account
from generator.errors import AdmonkiError

_GOOD = {
    "https://sync.example.org": "https://sync.example.org",
    "https://sync.example.org/": "https://sync.example.org/",
    "HTTPS://Sync.Example.ORG:8443/a/b_c.d~e/": "https://sync.example.org:8443/a/b_c.d~e/",
    "http://localhost:27701": "http://localhost:27701",
    "http://127.0.0.1:8765": "http://127.0.0.1:8765",
    "http://[::1]:8765/": "http://[::1]:8765/",
    "https://192.0.2.1/": "https://192.0.2.1/",
    "https://xn--bcher-kva.example/": "https://xn--bcher-kva.example/",
}
_BAD = (
    "http://evil\\@127.0.0.1/",
    "http://evil@127.0.0.1/",
    "http://127.0.0.1@evil.example/",
    "http://user:word@127.0.0.1/",
    "http://127.0.0.1\\.evil.example/",
    "http://127.0.0.1#@evil.example/",
    "http://127.0.0.1?@evil.example/",
    "http://127.0.0.1:80@evil.example/",
    "http://127.0.0.1/%2f..",
    "http://127.0.0.1 .evil.example/",
    "http://127.0.0.1\t/",
    "http://127.0.0.1\n/",
    "http:127.0.0.1",
    "http:///127.0.0.1",
    "//127.0.0.1/",
    "127.0.0.1",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "https://127.1/",
    "http://127.0.0.2/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://localhost.evil.example/",
    "http://localhost./",
    "http://\uff4cocalhost/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:/",
    "http://sync.example.org/",
    "https://-a.example/",
    "https://a..example/",
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
    "https://bücher.example/",
    "",
)


@pytest.mark.parametrize(("text", "url"), _GOOD.items())
def test_an_address_is_put_together_from_its_parts(text: str, url: str) -> None:
    assert parse_address(text).url == url


@pytest.mark.parametrize("text", _BAD)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_address(text)


@pytest.mark.parametrize("text", [text for text in _BAD if text])
def test_no_password_and_no_package_goes_there(text: str) -> None:
    environ = {"ADMONKI_SYNC_USER": "u", "ADMONKI_SYNC_PASSWORD": "p", "ADMONKI_SYNC_URL": text}
    with pytest.raises(AdmonkiError, match="E751"):
        find_account(environ)
    with pytest.raises(AdmonkiError, match="E756"):
        AnkiConnect(text, key="k")


class _Redirecting(BaseHTTPRequestHandler):
    paths: list[str] = []  # noqa: RUF012 - of this test alone

    def do_POST(self) -> None:
        self.paths.append(self.path)
        self.send_response(int(self.path.strip("/") or 200))
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the name that the base class calls

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    found = HTTPServer(("127.0.0.1", 0), _Redirecting)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_address[1]}"
    found.shutdown()
    found.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(server: str, status: int) -> None:
    _Redirecting.paths.clear()
    for body in (None, b"secret"):
        with pytest.raises(HTTPError):
            direct_opener().open(f"{server}/{status}", body, timeout=5)
    assert _Redirecting.paths == [f"/{status}"] * 2
