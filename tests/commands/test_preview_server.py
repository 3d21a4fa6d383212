"""The preview is served to the user of this machine who has its address, and to nobody else."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from generator.commands.preview.server import PreviewServer, Version


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    folder = tmp_path / "preview"
    (folder / "inner").mkdir(parents=True)
    (folder / "index.html").write_text("<p>cards</p>")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to("../secret.txt")
    (folder / "up").symlink_to("..")
    found = PreviewServer(folder, version=Version())
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def ask(
    server: PreviewServer, path: str, *, method: str = "GET", host: str | None = None
) -> HTTPResponse:
    port = server.server_address[1]
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{port}" if host is None else host)
    connection.endheaders()
    return connection.getresponse()


def test_the_reader_gets_the_cards(server: PreviewServer) -> None:
    for name in ("", "index.html", "index.html?x=1"):
        answer = ask(server, f"/{server.token}/{name}")
        assert (answer.status, answer.read()) == (200, b"<p>cards</p>")
    answer = ask(server, f"/{server.token}/", host=f"localhost:{server.server_address[1]}")
    assert answer.status == 200
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT", "TRACE", "X"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1", "[::1]:1"])
def test_every_method_asks_for_the_host(server: PreviewServer, method: str, host: str) -> None:
    assert ask(server, f"/{server.token}/", method=method, host=host).status == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/index.html", "/events", "//", "/x/index.html"])
def test_nothing_is_served_without_the_token(server: PreviewServer, method: str, path: str) -> None:
    answer = ask(server, path, method=method)
    assert answer.status == 403
    assert server.token.encode() not in answer.read()


def test_a_reader_that_leaves_or_asks_for_nonsense_prints_nothing(
    server: PreviewServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "preview" / "large.js").write_bytes(bytes(8_000_000))
    port = server.server_address[1]
    for path in ("large.js", "/[/.."):
        with socket.create_connection(("127.0.0.1", port)) as leaving:
            leaving.sendall(
                f"GET /{server.token}/{path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
            )
            leaving.recv(10)
            leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(server, f"/{server.token}/").status == 200
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and not (printed := capfd.readouterr().err):
        time.sleep(0.05)
    assert printed == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_preview_is_only_read(server: PreviewServer, method: str) -> None:
    assert ask(server, f"/{server.token}/", method=method).status == 405


@pytest.mark.parametrize(
    "path",
    ["out.txt", "up/secret.txt", "../secret.txt", "%2e%2e/secret.txt", "inner/", "inner",
     "..%5csecret.txt", "//secret.txt", "%00", "nothing.html"],
)  # fmt: skip
def test_nothing_outside_of_the_folder_is_served(server: PreviewServer, path: str) -> None:
    answer = ask(server, f"/{server.token}/{path}")
    assert answer.status in (301, 404)
    assert b"secret" not in answer.read()


def test_streams_and_connections_are_bounded(server: PreviewServer) -> None:
    streams = [ask(server, f"/{server.token}/events") for _ in range(20)]
    assert [answer.status for answer in streams].count(200) == 16
    assert [answer.status for answer in streams].count(503) == 4
    idle = [
        socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5)
        for _ in range(100)
    ]
    closed = 0
    for one in idle:
        one.settimeout(0.05)
        try:
            closed += one.recv(1) == b""
        except TimeoutError:
            pass
        except ConnectionError:
            closed += 1
    assert closed >= 100 - 64
    for one in idle:
        one.close()
