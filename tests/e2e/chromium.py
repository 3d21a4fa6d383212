"""The system's Chromium, asked for one page: its DOM after scripts ran, or a picture."""

import shutil
import subprocess
from pathlib import Path

import pytest

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--force-color-profile=srgb",
)


class Chromium:
    """A fresh browser for each page, without network."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        if found is None:
            pytest.skip("no Chromium on this machine (apt-get install chromium)")
        self._program = found
        self._folder = folder

    def dom(self, page: Path, *, wait_ms: int = 3000, flags: tuple[str, ...] = ()) -> str:
        """Load a page and return its DOM as HTML."""
        return self._run(page, f"--virtual-time-budget={wait_ms}", "--dump-dom", *flags)

    def picture(self, page: Path, png: Path, *, width: int, height: int) -> None:
        """Load a page and save a picture of it."""
        size = f"--window-size={width},{height}"
        self._run(page, size, f"--screenshot={png}", "--virtual-time-budget=2000")

    def _run(self, page: Path, *arguments: str) -> str:
        profile = self._folder / "profile"
        command = [self._program, *FLAGS, f"--user-data-dir={profile}", *arguments]
        done = subprocess.run(
            [*command, page.as_uri()], capture_output=True, check=True, timeout=90
        )
        return done.stdout.decode()


@pytest.fixture
def chromium(tmp_path: Path) -> Chromium:
    """See `Chromium`."""
    return Chromium(tmp_path)
