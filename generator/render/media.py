"""Pictures, sounds and films of the docs folder: found, checked and named for Anki.

Anki keeps media in one flat folder, imports a file only under a name that it does not have yet,
and refuses a package with a name that holds a path. So every name carries a hash of the content.
"""

import hashlib
import posixpath
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from generator.model import Media
from generator.reader.snippets import Absence, FindText
from generator.render.context import FindMedia, MediaProblem

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

_SHOWN: Final = IMAGES | SOUNDS | FILMS
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 60  # characters; a name of 255 bytes at four bytes each would still fit
# An SVG in <img> never runs its scripts; opened on its own (an export, a share) it would.
_ACTIVE_SVG = re.compile(
    rb"<\s*(?:\w+:)?(?:script|handler|listener|iframe|embed|object)\b"
    rb"|\son[a-z]+\s*=|(?:javascript|vbscript|data\s*:\s*text/html)\s*:?|<!ENTITY",
    re.IGNORECASE,
)


class MediaFolder:
    """Finds files below the docs folder; a `FindMedia` with a memory."""

    def __init__(self, docs_dirs: Sequence[Path]) -> None:
        """Look in `docs_dirs`, the first that has the file wins."""
        self._roots = tuple(path.resolve() for path in docs_dirs)
        self._known: dict[str, Media | MediaProblem] = {}

    def __call__(self, page: str, target: str) -> Media | MediaProblem:
        """Look up `target` as it stands on `page`; see `FindMedia`."""
        path = _join(page, target)
        if path is None:
            return MediaProblem.OUTSIDE
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._look_up(path)
        return found

    def _look_up(self, path: str) -> Media | MediaProblem:
        is_snippet = path.startswith(SNIPPET)
        name = path.removeprefix(SNIPPET)
        for root in self._roots:
            # MkDocs runs in the folder that holds the docs folder; snippets are named from there.
            for base in (root, root.parent) if is_snippet else (root,):
                found = _read(base / name, root, None if is_snippet else _SHOWN)
                if found is not MediaProblem.MISSING:
                    return found
        return MediaProblem.MISSING


def text_finder(find_media: FindMedia) -> FindText:
    """Return how snippets find their text: as media are found, so that builds remember it."""

    def find_text(path: str) -> str | Absence:
        found = find_media("", SNIPPET + path)
        if isinstance(found, MediaProblem):
            return Absence(found.value)
        try:
            return Path(found.path).read_text(encoding="utf-8-sig")
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
        file = path.resolve(strict=True)
        if not file.is_relative_to(root):
            return MediaProblem.OUTSIDE
        if not file.is_file():
            return MediaProblem.MISSING
        extension = file.suffix.lower()
        if kinds is not None and extension not in kinds:
            return MediaProblem.KIND
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return MediaProblem.MISSING
    except (OSError, RuntimeError, ValueError):  # no permission, a loop of links, a bad name
        return MediaProblem.UNREADABLE
    if kinds is not None and extension == ".svg" and is_active_svg(content):
        return MediaProblem.ACTIVE
    return Media(media_name(path.name, content), str(file))


def is_active_svg(content: bytes) -> bool:
    """Whether an SVG file holds anything that would run when opened on its own."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:200]:
        content = content.decode("utf-16", errors="replace").encode()
    return _ACTIVE_SVG.search(content) is not None


def media_name(name: str, content: bytes) -> str:
    """Return the flat name, safe on every system: `stem-ab12cd34.ext`."""
    stem, extension = posixpath.splitext(name)
    stem = _UNSAFE.sub("_", stem).strip("._-")[:_LONGEST_STEM] or "file"
    digest = hashlib.sha256(content).hexdigest()[:8]
    return f"{stem}-{digest}{extension.lower()}"
