"""A configuration file as read: plain data, and the place of every key and value in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field

from generator.errors import Diagnostic, Location
from generator.files import SETTINGS, read_file

Keys: TypeAlias = tuple[str, ...]
"""A way through nested tables; an item of a list counts as its index (`"0"`)."""


class Place(Struct, frozen=True):
    """Where a key and its value begin, 1-based line and column."""

    key: tuple[int, int]
    value: tuple[int, int]


class ConfigDocument(Struct, frozen=True):
    """One configuration file.

    Attributes:
        file: Absolute path.
        path: How diagnostics name it.
        data: Its tables, lists and scalars.
        places: Where each of them is.
        secrets: Ways whose value came from the environment.
        inherited: The files whose keys were merged into it, absolute.
    """

    file: Path
    path: str
    data: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[Keys, Place] = field(default_factory=dict)
    secrets: frozenset[Keys] = frozenset()
    inherited: tuple[Path, ...] = ()

    def at_key(self, *keys: str) -> Location:
        """Return the place of a key, or of the nearest parent that has a place."""
        place = self._place(keys)
        return Location(self.path, *place.key) if place else Location(self.path)

    def at_value(self, *keys: str) -> Location:
        """Return the place of a value, or of the nearest parent that has a place."""
        place = self._place(keys)
        return Location(self.path, *place.value) if place else Location(self.path)

    def table(self, *keys: str) -> Mapping[str, object] | None:
        """Return a nested table; None where there is none."""
        data: object = self.data
        for key in keys:
            data = data.get(key) if isinstance(data, dict) else None
        return data if isinstance(data, Mapping) else None

    def is_secret(self, *keys: str) -> bool:
        """Whether the value, or a part of it, came from the environment."""
        return any(way[: len(keys)] == keys or keys[: len(way)] == way for way in self.secrets)

    def _place(self, keys: Keys) -> Place | None:
        ways = (keys[:length] for length in range(len(keys), 0, -1))
        return next((self.places[way] for way in ways if way in self.places), None)


def read_text(file: Path, path: str) -> str | Diagnostic:
    """Return the text of a configuration file without a BOM, or why it cannot be read."""
    try:
        return read_file(file, most=SETTINGS).decode("utf-8-sig")
    except OSError as error:
        message = f"cannot read the configuration: {error.strerror or error}"
    except UnicodeDecodeError as error:
        message = f"the configuration is not UTF-8 (byte {error.start})"
    return Diagnostic(Location(path), "E801", message)
