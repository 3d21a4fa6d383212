"""Serve the preview on loopback, and tell open pages to reload at every save."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread

import click

from generator.commands.output import show
from generator.commands.preview.make import make
from generator.commands.session import Session
from generator.commands.watching import watch
from generator.errors import AdmonkiError

_HEARTBEAT_S = 10.0


class Version:
    """A number that grows with each new preview; pages wait for it."""

    def __init__(self) -> None:
        self._number = 0
        self._grown = Condition()

    def grow(self) -> None:
        """Wake everyone who waits."""
        with self._grown:
            self._number += 1
            self._grown.notify_all()

    def wait_beyond(self, seen: int) -> int:
        """Return the number as soon as it is above `seen`, or after a while."""
        with self._grown:
            self._grown.wait_for(lambda: self._number > seen, timeout=_HEARTBEAT_S)
            return self._number


class _Handler(SimpleHTTPRequestHandler):
    """Files of the preview, and the stream of versions."""

    def __init__(
        self,
        request: object,
        client_address: object,
        server: object,
        *,
        directory: str,
        version: Version,
    ) -> None:
        self._version = version
        super().__init__(request, client_address, server, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        # a page of another site may not read the notes through a name of its own (DNS rebinding)
        if not _is_local(self.headers.get("Host", "")):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path.split("?")[0] == "/events":
            self._stream()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal is for diagnostics."""

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = -1
        try:
            while True:
                seen = self._version.wait_beyond(seen)
                self.wfile.write(f"data: {seen}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return  # the page was closed


def _is_local(host: str) -> bool:
    return host.rpartition(":")[0] in ("127.0.0.1", "localhost", "[::1]")


def serve_preview(start: Callable[[], Session], *, folder: Path, editor: str, port: int) -> None:
    """Serve until Ctrl-C.

    Args:
        start: Reads the configuration.
        folder: Of the preview.
        editor: URL template of an editor, or "".
        port: Port to listen at; 0 = any free one.

    Raises:
        click.ClickException: When the port is taken.
    """
    version = Version()
    handler = partial(_Handler, directory=str(folder), version=version)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise click.ClickException(f"port {port}: {error.strerror or error}") from error
    server.daemon_threads = True
    serving = Thread(target=server.serve_forever, daemon=True)

    def work(session: Session) -> None:
        _remake(session, folder, editor)
        version.grow()
        if not serving.is_alive():  # the first time, pages are rendered before there is a thread
            serving.start()
            show(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C ends)")

    try:
        watch(start, work, ours=folder)
    finally:
        if serving.is_alive():  # else it would be waited for for ever
            server.shutdown()
        server.server_close()


def _remake(session: Session, folder: Path, editor: str) -> None:
    """Make the preview anew; when that fails, say so and keep the one that is there."""
    try:
        _, found = make(session, folder=folder, editor=editor, is_served=True)
    except (AdmonkiError, SystemExit) as error:
        if isinstance(error, AdmonkiError):
            session.say(error.diagnostics)
        return
    session.say(found)
