"""Serve the preview on loopback and reload open pages after every save."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import click

from generator.commands.output import show
from generator.commands.preview.make import make
from generator.commands.preview.server import PreviewServer, Version
from generator.commands.session import Session
from generator.commands.watching import watch
from generator.errors import AdmonkiError


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
    try:
        server = PreviewServer(folder, version=version, port=port)
    except OSError as error:
        raise click.ClickException(f"port {port}: {error.strerror or error}") from error
    serving = Thread(target=server.serve_forever, daemon=True)

    def work(session: Session) -> None:
        _remake(session, folder, editor)
        version.grow()
        if not serving.is_alive():  # the first time, pages are rendered before there is a thread
            serving.start()
            show(f"{server.url}  (press Ctrl-C to stop)")

    try:
        watch(start, work, ours=folder)
    finally:
        if serving.is_alive():  # else Python would wait for it for ever
            server.shutdown()
        server.server_close()


def _remake(session: Session, folder: Path, editor: str) -> None:
    """Make the preview again; when that fails, report it and keep the old one."""
    try:
        _, found = make(session, folder=folder, editor=editor, is_served=True)
    except AdmonkiError as error:
        found = error.diagnostics
    session.say(found)
