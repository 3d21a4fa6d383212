"""Pictures, sounds and fonts of a package."""

from collections.abc import Iterable
from pathlib import Path

from generator.apkg.opening import is_flat
from generator.errors import AdmonkiError, Diagnostic, Location
from generator.files import MEDIA, read_file
from generator.model import Media, Note
from generator.render.theme import theme_files


def collect_media(notes: Iterable[Note], styles: Iterable[Media] = ()) -> list[tuple[str, bytes]]:
    """Read each file that the notes refer to, and each font that their formulas need, once.

    Args:
        notes: The notes of a package.
        styles: Files that the site's CSS refers to.

    Returns:
        Names and bytes, sorted by name.

    Raises:
        AdmonkiError: E704 when a file is unreadable, its name is unfit for Anki's media folder,
            or two different files have the same name.
    """
    notes = tuple(notes)
    fonts = {name for note in notes for side in (note.question, note.answer) for name in side.fonts}
    found = {file.name: file.data for file in theme_files() if file.name in fonts}
    found |= {media.name: _read(media, Location(media.path)) for media in styles}
    paths: dict[str, str] = {}
    for note in notes:
        for media in (*note.question.media, *note.answer.media):
            if paths.get(media.name) == media.path:
                continue
            data = _read(media, note.location)
            if found.setdefault(media.name, data) != data:
                raise _refusal(media, note.location, "another file has the same name")
            paths[media.name] = media.path
    return sorted(found.items())


def _read(media: Media, location: Location) -> bytes:
    if not is_flat(media.name):
        raise _refusal(media, location, "the name is not allowed in Anki's media folder")
    try:
        return read_file(Path(media.path), most=MEDIA)
    except OSError as problem:
        raise _refusal(media, location, problem.strerror or "unreadable") from problem


def _refusal(media: Media, location: Location, why: str) -> AdmonkiError:
    message = f"the media file {media.name!r} cannot go into the package: {why}"
    return AdmonkiError(Diagnostic(location, "E704", message, f"check {media.path}"))
