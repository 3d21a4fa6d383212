"""Cache of rendered pages: plain files named by the hash of their inputs.

A cache may be lost, truncated, filled by two processes at once, or be on a full disk. Pages that
cannot be read are rendered again, pages that cannot be written are not kept, and both are reported
once.
"""

import hashlib
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from generator.errors import Diagnostic, Location
from generator.files import CACHED, read_file
from generator.pipeline.encoding import decode, encode
from generator.version import __version__

LARGEST_BYTES = 2**30
"""Maximum size after a build; 100,000 cards full of formulas take half of it."""

CACHE_TROUBLE = "W725"
"""The diagnostic code for cache problems."""

_CONVERTERS = frozenset({"latex2mathml", "markdown_it_py", "math_core", "nh3", "pygments"})

T = TypeVar("T")


class Cache:
    """Values by key in one folder; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.diagnostics: tuple[Diagnostic, ...] = ()

    def __contains__(self, key: str) -> bool:
        """Whether the key is in the cache, valid or not."""
        return self.folder is not None and self._path(key).exists()

    def get(self, key: str, kind: type[T]) -> T | None:
        """The value of a key, or None."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            data = read_file(path, most=CACHED, is_own=True)
        except OSError:
            return None
        value = decode(data, kind)
        if value is None:
            self._say(path, "a cached page is damaged and is rendered again")
            return None
        with suppress(OSError):
            os.utime(path)  # least recently used entries are removed first
        return value

    def put(self, key: str, value: object) -> None:
        """Store a value; a failure only costs time at the next build."""
        data = encode(value)
        if self.folder is None or data is None:
            return
        import tempfile  # a build in which nothing changed stores nothing

        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(temporary).replace(path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as problem:
            self._say(self.folder, f"nothing can be cached: {problem.strerror or problem}")
            self.folder = None

    def prune(self, *, largest_bytes: int = LARGEST_BYTES) -> None:
        """Remove the least recently used entries until the rest fits."""
        kept = 0
        for stat, path in sorted(self.files(), key=lambda file: -file[0].st_mtime_ns):
            kept += stat.st_size
            if kept > largest_bytes:
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> int:
        """Remove everything; return the number of files."""
        files = self.files()
        for _, path in files:
            with suppress(OSError):
                path.unlink()
        return len(files)

    def files(self) -> list[tuple[os.stat_result, Path]]:
        """List the files that are there; another process may remove them meanwhile."""
        if self.folder is None:
            return []
        found = []
        for path in chain.from_iterable(map(self.folder.glob, ("??/*.bin", "??/*.tmp"))):
            with suppress(OSError):
                found.append((path.stat(), path))
        return found

    def _path(self, key: str) -> Path:
        assert self.folder is not None  # noqa: S101 - checked by the callers
        return self.folder / key[:2] / f"{key[2:]}.bin"

    def _say(self, path: Path, message: str) -> None:
        if not self.diagnostics:
            self.diagnostics = (Diagnostic(Location(path.as_posix()), CACHE_TROUBLE, message),)


def key_of(*parts: bytes) -> str:
    """The key of the result of these parts, 32 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def canonical(value: object) -> str:
    """A text that is equal for equal settings: `repr`, with sets and mappings in order."""
    if isinstance(value, frozenset | set):
        return "{" + ",".join(sorted(canonical(item) for item in value)) + "}"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{k!r}:{canonical(v)}" for k, v in value.items())) + "}"
    if isinstance(value, tuple | list):
        return "(" + ",".join(canonical(item) for item in value) + ")"
    if isinstance(value, Struct):
        return f"{type(value).__name__}{canonical(astuple(value))}"
    return repr(value)


@cache
def code_state() -> str:
    """Our version, our newest file (for development), and the converters' versions."""
    return f"{__version__} {_newest_ns()} {_versions()}"


def _newest_ns() -> int:
    """When a file of ours was last changed; `Path.rglob` takes twice as long."""
    return max(
        os.stat(f"{folder}/{name}").st_mtime_ns  # noqa: PTH116 - of hundreds of files
        for folder, _, names in os.walk(Path(__file__).parent.parent)
        for name in names
        if not name.endswith(".pyc")
    )


def _versions() -> list[str]:
    """Return the converters with their versions, which the names of their metadata folders hold.

    `importlib.metadata` takes as long as the rest of a build in which nothing changed.
    """
    folders = [path.name for folder in sys.path for path in Path(folder).glob("*.dist-info")]
    return sorted(name for name in folders if name.split("-")[0].lower() in _CONVERTERS)
