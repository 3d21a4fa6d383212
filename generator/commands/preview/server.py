"""A server for one folder and one reader: this machine's user, who has the address."""

import secrets
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore, Condition
from typing import Final

_HEARTBEAT_S = 10.0
_PATIENCE_S = 30.0
_MOST_CONNECTIONS: Final = 64
_MOST_STREAMS: Final = 16
_NAMES: Final = ("127.0.0.1", "localhost")
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Version:
    """A number that grows with each new preview; pages wait for it."""

    def __init__(self) -> None:
        self._number = 0
        self._grown = Condition()

    def grow(self) -> None:
        """Wake all waiting threads."""
        with self._grown:
            self._number += 1
            self._grown.notify_all()

    def wait_beyond(self, seen: int) -> int:
        """Return the number as soon as it is above `seen`, or after a while."""
        with self._grown:
            self._grown.wait_for(lambda: self._number > seen, timeout=_HEARTBEAT_S)
            return self._number


class PreviewServer(ThreadingHTTPServer):
    """Serves a folder on loopback, below a secret part of the address."""

    daemon_threads = True

    def __init__(self, folder: Path, *, version: Version, port: int = 0) -> None:
        """Listen.

        Args:
            folder: Of the preview.
            version: Grows when pages are to reload.
            port: Port to listen at; 0 = any free one.

        Raises:
            OSError: When the port is taken.
        """
        self.token = secrets.token_urlsafe(16)
        self.version = version
        self.streams = BoundedSemaphore(_MOST_STREAMS)
        self._connections = BoundedSemaphore(_MOST_CONNECTIONS)
        super().__init__(("127.0.0.1", port), partial(_Handler, directory=str(folder.resolve())))

    @property
    def url(self) -> str:
        """The preview's address."""
        return f"http://127.0.0.1:{self.server_address[1]}/{self.token}/"

    def process_request(self, request: object, client_address: object) -> None:
        """Take a connection, or close it when there are too many."""
        if self._connections.acquire(blocking=False):
            super().process_request(request, client_address)  # type: ignore[arg-type]
        else:
            self.shutdown_request(request)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Serve a connection to its end."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._connections.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: a browser leaves when it likes, and asks for what it likes."""


class _Handler(SimpleHTTPRequestHandler):
    """Files of the preview, and the stream of versions."""

    timeout = _PATIENCE_S
    server: PreviewServer

    def parse_request(self) -> bool:
        """Read a request of any method, and refuse it unless it is the reader's."""
        if not super().parse_request():
            return False
        refusal = self._refusal()
        if refusal is not None:
            self.send_error(refusal)
            return False
        self.path = self.path.removeprefix(f"/{self.server.token}")
        return True

    def _refusal(self) -> HTTPStatus | None:
        # A page of another site may not read the notes through a name of its own (DNS rebinding);
        # another user of this machine does not know the token.
        hosts = {f"{name}:{self.server.server_address[1]}" for name in _NAMES}
        if self.headers.get("Host", "") not in hosts:
            return HTTPStatus.FORBIDDEN
        token = self.path.split("/", 2)[1] if self.path.count("/") > 1 else ""
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            return HTTPStatus.FORBIDDEN
        return None if self.command in ("GET", "HEAD") else HTTPStatus.METHOD_NOT_ALLOWED

    def do_GET(self) -> None:
        """Send a file, or the stream of versions."""
        if self.path.split("?")[0] != "/events":
            super().do_GET()
        elif self.server.streams.acquire(blocking=False):
            try:
                self._stream()
            finally:
                self.server.streams.release()
        else:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)

    def translate_path(self, path: str) -> str:
        """Return the file of a path; one that leaves the folder by a link does not exist."""
        file = Path(super().translate_path(path))
        try:
            is_inside = file.resolve(strict=True).is_relative_to(self.directory)
        except (OSError, RuntimeError, ValueError):
            is_inside = False
        return str(file) if is_inside else str(Path(self.directory, self.server.token))

    def list_directory(self, path: object) -> None:
        """List no folder."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Add what keeps other pages away."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing: the terminal is for diagnostics."""

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = -1
        try:
            while True:
                seen = self.server.version.wait_beyond(seen)
                self.wfile.write(f"data: {seen}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return  # the page was closed
