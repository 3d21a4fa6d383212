"""Anki's own sync server on loopback, and devices that sync with it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anki.collection import Collection
from anki.sync import SyncAuth

USER, PASSWORD = "reader@example.org", "pass word"


@contextmanager
def sync_server(folder: Path) -> Iterator[str]:
    """Run a server with one account, on a port that is free; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ,
        "SYNC_USER1": f"{USER}:{PASSWORD}",
        "SYNC_BASE": str(folder),
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "the sync server ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the sync server does not answer")


class Device:
    """Somebody's phone: the official library, synced with the server."""

    def __init__(self, folder: Path, url: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.col = Collection(str(folder / "collection.anki2"))
        self.auth: SyncAuth = self.col.sync_login(USER, PASSWORD, url)

    def sync(self) -> None:
        """Sync both ways; a device that never synced takes what the server has."""
        out = self.col.sync_collection(self.auth, True)
        kinds = out.ChangesRequired
        if out.required != kinds.NO_CHANGES:
            upload = out.required == kinds.FULL_UPLOAD
            assert out.required != kinds.FULL_SYNC, "the device would have to choose a side"
            self.col.close_for_full_sync()
            self.col.full_upload_or_download(
                auth=self.auth, server_usn=out.server_media_usn, upload=upload
            )
            self.col.reopen(after_full_sync=True)
        while self.col.media_sync_status().active:
            time.sleep(0.02)

    def upload(self) -> None:
        """Replace the server's collection, after a change of a note type's fields."""
        out = self.col.sync_collection(self.auth, True)
        self.col.close_for_full_sync()
        self.col.full_upload_or_download(
            auth=self.auth, server_usn=out.server_media_usn, upload=True
        )
        self.col.reopen(after_full_sync=True)

    def download(self) -> None:
        """Take the server's collection, after such a change on another device."""
        out = self.col.sync_collection(self.auth, True)
        self.col.close_for_full_sync()
        self.col.full_upload_or_download(
            auth=self.auth, server_usn=out.server_media_usn, upload=False
        )
        self.col.reopen(after_full_sync=True)

    def close(self) -> None:
        """Put it away."""
        self.col.close()
