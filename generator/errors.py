"""Where things are, what is wrong with them, and the few exceptions.

Problems in pages are `Diagnostic` values: every stage returns them beside its result, and only
the report prints them. Exceptions are for failures after which the command cannot go on.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePath
from typing import Self

from msgspec import Struct


class Location(Struct, frozen=True, order=True):
    """A place in a file as its author sees it.

    Attributes:
        path: The file as the user named it or would name it from the working directory, with `/`.
        line: 1-based, front matter included.
        column: 1-based, in characters of the line as written.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How severe a diagnostic is, as given by the first letter of its code."""

    ERROR = "error"  # E…: the card is left out, or nothing is written
    WARNING = "warning"  # W…: the build goes on, `--strict` makes it fail
    LINT = "lint"  # L…: shown by `check`, not by `build`


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "L": Severity.LINT}


class Diagnostic(Struct, frozen=True, order=True):
    """One problem at one place.

    Attributes:
        location: Where it is.
        code: `E103`, `W201`, `L305`; listed in `docs/reference/diagnostics.md`.
        message: What is wrong, one line, without a full stop.
        hint: What to do about it, one line, or empty.
    """

    location: Location
    code: str
    message: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """The severity given by the first letter of the code."""
        return _SEVERITIES[self.code[0]]

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}[{self.code}]: {self.message}"


def has_error(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether an error is among diagnostics."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


class AdmonkiError(Exception):
    """A failure that ends the command; carries the diagnostics to print."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(str(d) for d in diagnostics))
        self.diagnostics = diagnostics

    @classmethod
    def at(cls, place: PurePath | str, code: str, message: str, hint: str = "") -> Self:
        """Make an error of one diagnostic about a file, a variable or a server."""
        path = place.as_posix() if isinstance(place, PurePath) else place
        return cls(Diagnostic(Location(path), code, message, hint))
