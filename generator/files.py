"""The only entry point for reading files: regular files of limited size, inside their folder.

A page may be a link to `/proc/self/environ`, a picture may be an endless device, a lock a pipe that
nobody writes to. So a file is opened without waiting, must be a regular one, is read up to a limit,
and must be in its folder after all links have been followed. Problems are raised as `OSError` with
a `strerror`, like the system's own errors.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Final

PAGE_SUFFIXES: Final = (".md", ".markdown", ".qmd", ".mdx")
"""Ends of the names of pages, in lower case: Markdown, Quarto's, Docusaurus's."""

KILO, MEGA = 1 << 10, 1 << 20
PAGE: Final = 4 * MEGA
INCLUDED: Final = 1 * MEGA
DRAWING: Final = 8 * MEGA
SETTINGS: Final = 1 * MEGA
STYLE: Final = 4 * MEGA
LOCK: Final = 256 * MEGA
CACHED: Final = 256 * MEGA
MEDIA: Final = 512 * MEGA
PACKAGE: Final = 2048 * MEGA
"""Size limits in bytes for each kind of file."""

_LONGEST_PATH, _LONGEST_NAME = 4096, 256  # bytes, with the zero after it

# Opening a pipe or a device must neither wait nor take over the terminal; Windows knows neither.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


@contextmanager
def open_file(
    path: Path, *, most: int, inside: Path | None = None, is_own: bool = False
) -> Iterator[BufferedReader]:
    """Open a file for reading.

    Args:
        path: The file.
        most: Bytes that it may have.
        inside: Folder that it must be in, links followed; None = anywhere.
        is_own: Whether it must belong to the user, where files have owners.

    Yields:
        The open file.

    Raises:
        OSError: For a file that is missing, elsewhere, too large or not a regular one.
    """
    real = path if inside is None else resolve_inside(path, inside)
    handle = os.open(real, _FLAGS)
    try:
        _check(os.fstat(handle), path, most=most, is_own=is_own)
    except OSError:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as file:
        yield file


def _check(found: os.stat_result, path: Path, *, most: int, is_own: bool) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    if is_own and hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        raise OSError(errno.EPERM, "it belongs to another user", str(path))
    if found.st_size > most:
        raise too_large(path, most)


def read_file(path: Path, *, most: int, inside: Path | None = None, is_own: bool = False) -> bytes:
    """Read a whole file; the arguments are those of `open_file`.

    Raises:
        OSError: As `open_file`; also for a file that grows beyond `most` while it is read.
    """
    with open_file(path, most=most, inside=inside, is_own=is_own) as file:
        data = file.read(most + 1)  # files in `/proc` report a size of 0
    if len(data) > most:
        raise too_large(path, most)
    return data


def resolve_inside(path: Path, folder: Path) -> Path:
    """Follow the links of a path.

    Returns:
        The path without links.

    Raises:
        OSError: For a path that does not exist or leads out of the folder.
    """
    try:
        real = path.resolve(strict=True)
    except RuntimeError as problem:  # Python before 3.13, for a loop of links
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from problem
    if not real.is_relative_to(folder.resolve()):
        raise OutsideError(errno.EPERM, f"it is a link out of {folder.name or folder}", str(path))
    return real


def is_path(text: str) -> bool:
    """Whether a text can be a path on the usual systems: no file need exist."""
    try:
        data = os.fsencode(text)
    except UnicodeEncodeError:  # half a character, from an escape in YAML
        return False
    is_short = (
        len(data) < _LONGEST_PATH and max(map(len, re.split(rb"[\\/]", data))) < _LONGEST_NAME
    )
    return bool(data) and b"\0" not in data and is_short


def is_there(page: str, folder: Path) -> bool:
    """Whether a page is in a folder, by the name that a lock or a package gives it."""
    # `Path.is_file` fails for long names, and a lock may name thousands
    return os.path.isfile(os.path.join(folder, page))  # noqa: PTH113, PTH118


class OutsideError(OSError):
    """A file is outside of the folder that it must be in."""


def too_large(path: Path, most: int) -> OSError:
    """Return the error for a file of more than `most` bytes."""
    size = f"{most // MEGA} MB" if most >= MEGA else f"{most // KILO} KB"
    return OSError(errno.EFBIG, f"it is larger than {size}", str(path))


def digest_of(path: Path, *, most: int, inside: Path | None = None) -> str:
    """Hash a file piece by piece; the arguments are those of `open_file`.

    Returns:
        SHA-256, hexadecimal.

    Raises:
        OSError: As `read_file`.
    """
    digest, size = hashlib.sha256(), 0
    with open_file(path, most=most, inside=inside) as file:
        while piece := file.read(MEGA):
            size += len(piece)
            if size > most:
                raise too_large(path, most)
            digest.update(piece)
    return digest.hexdigest()


STAGED: Final = ".admonki-"
"""How the name begins under which a file is written; it ends in `.new`."""


def replace_file(
    path: Path,
    data: bytes,
    *,
    follows_link: bool = True,
    staged: str = STAGED,
    is_synced: bool = False,
) -> None:
    """Write a file whole or not at all; a new one gets the user's usual permissions.

    Args:
        path: The file.
        data: Its content.
        follows_link: When the file is a link, whether what it leads to is replaced, not the link.
        staged: How its temporary name begins; `.new` ends it.
        is_synced: Whether it must be on the disk before it replaces the old one.

    Raises:
        OSError: When the folder cannot be written; no other file remains then.
    """
    import tempfile  # a build in which nothing changed writes nothing

    real = path.resolve() if follows_link else path
    handle, name = tempfile.mkstemp(prefix=staged, suffix=".new", dir=real.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if is_synced:
                os.fsync(file.fileno())
        Path(name).chmod(real.stat().st_mode & 0o777 if real.exists() else 0o666 & ~_umask())
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def read_lines(path: Path) -> list[str]:
    """Read the lines of a text file for quoting; empty when it cannot be read.

    A link that leads out of its own folder is not quoted.
    """
    try:
        text = read_file(path, most=PAGE, inside=path.parent).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
