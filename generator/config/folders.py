"""Where things are by convention: the cache, and the lock of a project."""

import sys
from collections.abc import Mapping
from pathlib import Path

LOCK_NAME = "admonki.lock"


def cache_folder(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path | None:
    """Return the cache folder of this system; None without a home folder.

    Args:
        environ: The environment; `ADMONKI_CACHE_DIR` counts first.
        platform: As `sys.platform`.
    """
    if environ.get("ADMONKI_CACHE_DIR"):
        return Path(environ["ADMONKI_CACHE_DIR"])
    places = {
        "win32": (("LOCALAPPDATA", "admonki/Cache"),),
        "darwin": (("HOME", "Library/Caches/admonki"),),
    }.get(platform, (("XDG_CACHE_HOME", "admonki"), ("HOME", ".cache/admonki")))
    for variable, tail in places:
        base = environ.get(variable, "")
        if base and Path(base).is_absolute():
            return Path(base, tail)
    return None


def lock_path(folder: Path) -> Path:
    """Where the lock of the project in a folder is, whether it exists or not."""
    return folder / LOCK_NAME
