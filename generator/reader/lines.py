"""Lines that know their origin while other text is inserted into the page."""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import Diagnostic, Location
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


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line begins, and one more line after the last.

    Args:
        text: With `LF` line ends.
    """
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def not_inserted(
    source: SourceFile, message: str, hint: str, *, line: int = 0, column: int = 0
) -> Diagnostic:
    """Return W508, for what could not be inserted into a page.

    Args:
        source: The page.
        message: What, and why.
        hint: What to do about it.
        line: 0-based line of the page's text.
        column: 0-based.
    """
    place = Location(source.path, line + 1 + source.body_line, column + 1)
    return Diagnostic(place, "W508", message, hint)


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
