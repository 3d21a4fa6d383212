"""Pictures added by the reader: files to write beside the page."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Media
from generator.pull.leaves import Leaf, Piece
from generator.pull.mapping import Sides
from generator.render.context import FindMedia, MediaProblem
from generator.render.media import IMAGES, media_name

ReadMedia = Callable[[str], bytes | None]
"""Reads a file of the reader's by its name in a field."""

_PLAIN: Final = IMAGES - {".svg"}  # an SVG from a card is not worth the risk


class Picture(Struct, frozen=True):
    """A picture that the reader added.

    Attributes:
        name: Of the file, beside the page.
        content: Of the file.
    """

    name: str
    content: bytes

    @property
    def packed(self) -> str:
        """Its name in a package."""
        return media_name(self.name, self.content)


def new_pictures(sides: Sides, known: Sides, read: ReadMedia) -> tuple[Picture, ...]:
    """Find the pictures of a card that were not shipped.

    Args:
        sides: As the reader has them.
        known: As shipped.
        read: Reads the reader's media.
    """
    shipped = {piece.text for piece in _images(known)}
    names = {piece.text for piece in _images(sides)} - shipped
    plain = (name for name in sorted(names) if PurePosixPath(name).suffix.lower() in _PLAIN)
    return tuple(Picture(name, content) for name in plain if (content := read(name)))


def _images(sides: Sides) -> list[Piece]:
    return [
        piece for side in sides for leaf in side for piece in leaf.pieces if piece.kind == "img"
    ]


def with_pictures(sides: Sides, pictures: Sequence[Picture]) -> Sides:
    """Name pictures as a build will, so that they can be compared and written as Markdown.

    Args:
        sides: As the reader has them.
        pictures: The new ones.
    """
    by_name = {picture.name: picture for picture in pictures}

    def renamed(piece: Piece) -> Piece:
        picture = by_name.get(piece.text) if piece.kind == "img" else None
        if picture is None:
            return piece
        source = quote(picture.name)
        return Piece("img", picture.packed, piece.has_space, piece.target, source)

    def side_of(side: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
        return tuple(replace(leaf, pieces=tuple(map(renamed, leaf.pieces))) for leaf in side)

    return side_of(sides[0]), side_of(sides[1])


class WithPictures:
    """A `FindMedia` that knows pictures which are not on disk yet."""

    def __init__(self, find_media: FindMedia) -> None:
        """Ask `find_media` for all others."""
        self._find_media = find_media
        self._pictures: dict[str, Picture] = {}

    def add(self, pictures: Sequence[Picture]) -> None:
        """Add pictures beside the page."""
        self._pictures |= {picture.name: picture for picture in pictures}

    def __call__(self, page: str, target: str) -> Media | MediaProblem:
        """Look a picture up; see `FindMedia`."""
        found = self._find_media(page, target)
        picture = self._pictures.get(target)
        if picture is None or not isinstance(found, MediaProblem):
            return found
        return Media(picture.packed, "")
