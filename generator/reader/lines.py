"""Lines that know their origin while other text is inserted into the page."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Origin, SourceFile


class Numbered(Struct, frozen=True):
    """A line of a page that is being assembled.

    Attributes:
        text: The line.
        number: 0-based line of the text before.
        origin: The file that it comes from, None for the page itself.
    """

    text: str
    number: int
    origin: Origin | None


def with_lines(source: SourceFile, lines: Sequence[Numbered]) -> SourceFile:
    """Replace a page's text; lines inserted earlier keep their numbers and origins.

    Args:
        source: The page.
        lines: Of the new text, numbered by the lines of the old one.
    """
    text = "\n".join(line.text for line in lines)
    if text == source.text:
        return source
    numbers = tuple(source.lines[line.number] if source.lines else line.number for line in lines)
    origins = tuple(
        line.origin or (source.origins[line.number] if source.origins else None) for line in lines
    )
    return replace(source, text=text, lines=numbers, origins=origins)
