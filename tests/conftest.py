"""What all tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents and corpora; the test is skipped where it is absent."""
    folder = Path(os.environ.get("ADMONKI_SHARED", ROOT / ".." / "shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real documents at {folder} (set ADMONKI_SHARED)")
    return folder
