"""Images, audio and video in the docs folder: found, checked and named for Anki.

Anki keeps media in one flat folder, imports a file only under a name that it does not have yet,
and refuses a package with a name that holds a path. So every name carries a hash of the content.
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from generator.config.accent_marks import is_vault
from generator.config.discover import site_folder
from generator.files import (
    DRAWING,
    INCLUDED,
    MEDIA,
    OutsideError,
    digest_of,
    read_file,
    resolve_inside,
)
from generator.model import Media
from generator.reader.snippets import Absence, FindText
from generator.render.context import FindMedia, MediaProblem
from generator.render.svg import ActiveSvgError, check_svg

IMAGES: Final = frozenset(
    {".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".tif"}
    | {".tiff", ".webp"}
)
SOUNDS: Final = frozenset(
    {".aac", ".aif", ".aiff", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"}
)
FILMS: Final = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".webm"})
SNIPPET: Final = "snippet:"
"""Begins a target that is a text to put into the page, of any kind of file."""

_SYNCED: Final = 100 << 20
"""The most bytes of a file that AnkiWeb syncs (Anki's rslib, `MAX_INDIVIDUAL_MEDIA_FILE_SIZE`)."""
_EVERY: Final = IMAGES | SOUNDS | FILMS
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 60  # characters; a name of 255 bytes at four bytes each would still fit


class MediaFolder:
    """Finds files below the docs folder; a `FindMedia` with a memory."""

    def __init__(self, docs_dirs: Sequence[Path]) -> None:
        """Look in `docs_dirs`; the first that has the file wins."""
        self._roots = tuple(path.resolve() for path in docs_dirs)
        self._known: dict[str, Media | MediaProblem] = {}
        self._vaults: dict[Path, dict[str, Path]] = {}

    def __call__(self, page: str, target: str) -> Media | MediaProblem:
        """Look up `target` as written on `page`; see `FindMedia`."""
        path = _join(page, target)
        if path is None:
            return MediaProblem.OUTSIDE
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._look_up(path)
        return found

    def _look_up(self, path: str) -> Media | MediaProblem:
        if path.startswith(SNIPPET):
            return self._look_up_snippet(path.removeprefix(SNIPPET))
        for root in self._roots:
            found = _read(root / path, root, _EVERY)
            if found is not MediaProblem.MISSING:
                return found
        return self._look_up_in_vault(path)

    @cached_property
    def _sites(self) -> dict[Path, Path]:
        """Map each root to the folder of its site's configuration, else to itself."""
        return {root: site_folder(root) or root for root in self._roots}

    def _look_up_in_vault(self, path: str) -> Media | MediaProblem:
        """Find a file by its name: Obsidian's links leave out the folders."""
        name = posixpath.basename(path)
        for root in self._roots:
            if root not in self._vaults:
                self._vaults[root] = _files_by_name(root) if is_vault(root) else {}
            if name in self._vaults[root]:
                return _read(self._vaults[root][name], root, _EVERY)
        return MediaProblem.MISSING

    def _look_up_snippet(self, name: str) -> Media | MediaProblem:
        """MkDocs runs in the folder of its configuration; snippets are named from there."""
        for root in self._roots:
            inside = self._sites[root]
            for base in (root, root.parent, inside):
                found = _read(base / name, inside, None)
                if isinstance(found, Media) and _is_hidden(Path(found.path), root, inside):
                    return MediaProblem.OUTSIDE
                if found is not MediaProblem.MISSING:
                    return found
        return MediaProblem.MISSING


def _files_by_name(root: Path) -> dict[str, Path]:
    """Map the name of each media file to its shortest path."""
    found: dict[str, Path] = {}
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            known = found.get(name)
            if path.suffix.lower() in _EVERY and (not known or len(path.parts) < len(known.parts)):
                found[name] = path
    return found


def _is_hidden(file: Path, docs: Path, site: Path) -> bool:
    """Whether a file beside the docs folder, or a folder on the way to it, begins with a dot."""
    if file.is_relative_to(docs):
        return False
    return any(part.startswith(".") for part in file.relative_to(site.resolve()).parts)


def text_finder(find_media: FindMedia) -> FindText:
    """Return how snippets find their text: like media, so that builds remember it."""

    def find_text(path: str) -> str | Absence:
        found = find_media("", SNIPPET + path)
        if isinstance(found, MediaProblem):
            return Absence(found.value)
        try:
            return read_file(Path(found.path), most=INCLUDED).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return Absence("it cannot be read as UTF-8")

    return find_text


def _join(page: str, target: str) -> str | None:
    """Return the path below the docs folder, None for one that leaves it."""
    if target.startswith(SNIPPET):
        path = _join("", target.removeprefix(SNIPPET))
        return None if path is None else SNIPPET + path
    if "\0" in target or "\\" in target or re.match(r"[A-Za-z]:", target):
        return None
    base = "" if target.startswith("/") else posixpath.dirname(page)
    path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
    if path == ".." or path.startswith(("../", "/")):
        return None
    return path


def _read(path: Path, root: Path, kinds: frozenset[str] | None) -> Media | MediaProblem:
    try:
        file = resolve_inside(path, root)
        extensions = {file.suffix.lower(), path.suffix.lower()}  # of a link's end and of its name
        if kinds is not None and not extensions <= kinds:
            return MediaProblem.KIND if file.is_file() else MediaProblem.MISSING
        if ".svg" in extensions and kinds is not None:
            check_svg(read_file(file, most=DRAWING))
        digest = digest_of(file, most=INCLUDED if kinds is None else MEDIA)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return MediaProblem.MISSING
    except OutsideError:
        return MediaProblem.OUTSIDE
    except ActiveSvgError:
        return MediaProblem.ACTIVE
    except (OSError, ValueError):  # no permission, a loop of links, a bad name, too large
        return MediaProblem.UNREADABLE
    return Media(_flat_name(path.name, digest), str(file))


def is_too_large(found: Media) -> bool:
    """Whether AnkiWeb leaves a file out: it reaches no other device then."""
    with suppress(OSError):
        return Path(found.path).stat().st_size > _SYNCED
    return False


def media_name(name: str, content: bytes) -> str:
    """Return the flat name, safe on every system: `stem-ab12cd34.ext`."""
    return _flat_name(name, hashlib.sha256(content).hexdigest())


def _flat_name(name: str, digest: str) -> str:
    stem, extension = posixpath.splitext(name)
    stem = _UNSAFE.sub("_", stem).strip("._-")[:_LONGEST_STEM] or "file"
    return f"{stem}-{digest[:8]}{extension.lower()}"
