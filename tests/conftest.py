"""What all tests share."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does. The same code has the same
# result on every run; ADMONKI_RANDOM=1 searches for examples that nobody has tried.
settings.register_profile(
    "admonki", deadline=None, derandomize="ADMONKI_RANDOM" not in os.environ, print_blob=True
)
settings.load_profile("admonki")

ROOT = Path(__file__).resolve().parent.parent

# A shell in the background ignores Ctrl-C, and so would every program that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or fills the cache of the person who runs it."""
    os.environ["ADMONKI_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents and corpora; the test is skipped where it is absent."""
    folder = Path(os.environ.get("ADMONKI_SHARED", ROOT / ".." / "shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real documents at {folder} (set ADMONKI_SHARED)")
    return folder
