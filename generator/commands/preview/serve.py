"""Serve the preview on loopback, and tell open pages to reload at every save."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import click

from generator.commands.output import show
from generator.commands.preview.make import make
from generator.commands.preview.server import PreviewServer, Version
from generator.commands.session import Session
from generator.commands.watch import changes
from generator.errors import AdmonkiError


def serve_preview(
    start: Callable[[], Session], session: Session, *, folder: Path, editor: str, port: int
) -> None:
    """Serve until Ctrl-C.

    Args:
        start: Reads the configuration again.
        session: As it is now.
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
    _remake(session, folder, editor)
    Thread(target=server.serve_forever, daemon=True).start()
    show(f"{server.url}  (Ctrl-C ends)")
    try:
        for _ in changes(session, written=folder):
            _remake_fresh(start, folder, editor)
            version.grow()
    finally:
        server.shutdown()
        server.server_close()


def _remake_fresh(start: Callable[[], Session], folder: Path, editor: str) -> None:
    try:
        session = start()
    except (SystemExit, click.UsageError):
        return  # a configuration that was saved half-way: the old preview stays
    _remake(session, folder, editor)


def _remake(session: Session, folder: Path, editor: str) -> None:
    """Make the preview anew; when that fails, say so and keep the one that is there."""
    try:
        _, found = make(session, folder=folder, editor=editor, is_served=True)
    except (AdmonkiError, SystemExit) as error:
        if isinstance(error, AdmonkiError):
            session.say(error.diagnostics)
        return
    session.say(found)
