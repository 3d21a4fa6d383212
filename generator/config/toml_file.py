"""Read a TOML file with the place of every key, which tomllib does not keep."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from generator.config.document import ConfigDocument, Keys, Place, read_text
from generator.errors import Diagnostic, Location

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r'[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'')
_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}'  # a multi-line string may end in up to two quotes of its own
    r"|'''[\s\S]*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_BARE = re.compile(r"[^\s,\]}#]+(?: [0-9][^\s,\]}#]*)?")  # a date may have a space before its time
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(file: Path, path: str) -> ConfigDocument | Diagnostic:
    """Return the data and the places of a TOML file.

    Args:
        file: The file.
        path: How diagnostics name it.
    """
    text = read_text(file, path)
    if isinstance(text, Diagnostic):
        return text
    try:
        return ConfigDocument(file, path, tomllib.loads(text), _Scanner(text).places())
    except tomllib.TOMLDecodeError as error:
        return _syntax_error(str(error), text, path)
    except RecursionError:
        return Diagnostic(Location(path), "E802", "not valid TOML: nested too deeply")


def _syntax_error(message: str, text: str, path: str) -> Diagnostic:
    found = _ERROR_PLACE.search(message)
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    reason = _ERROR_PLACE.sub("", message)
    return Diagnostic(
        Location(path, line, column), "E802", f"not valid TOML: {reason[:1].lower()}{reason[1:]}"
    )


class _Scanner:
    """Scans a text that tomllib has accepted, and records where keys and values begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._at = 0
        self._found: dict[Keys, Place] = {}
        self._tables: dict[Keys, int] = {}  # how many `[[name]]` were seen

    def places(self) -> dict[Keys, Place]:
        table: Keys = ()
        while self._skip_blank() < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._found

    def _skip_blank(self) -> int:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _position(self) -> tuple[int, int]:
        line = bisect_right(self._starts, self._at)
        return line, self._at - self._starts[line - 1] + 1

    def _header(self) -> Keys:
        position = self._position()
        is_list = self._text.startswith("[[", self._at)
        self._at += 2 if is_list else 1
        keys = tuple(part for part, _ in self._key())
        self._at += 2 if is_list else 1
        keys = self._inside_lists(keys[:-1]) + keys[-1:]
        if is_list:
            index = self._tables[keys] = self._tables.get(keys, -1) + 1
            keys = (*keys, str(index))
        else:
            keys = self._inside_lists(keys)
        self._found.setdefault(keys, Place(position, position))
        return keys

    def _inside_lists(self, keys: Keys) -> Keys:
        way: Keys = ()
        for key in keys:
            way = (*way, key)
            if way in self._tables:
                way = (*way, str(self._tables[way]))
        return way

    def _key(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Read a dotted key; yield each part with its position."""
        while True:
            self._skip_blank()
            found = _KEY_PART.match(self._text, self._at)
            if not found:
                return
            raw = found[0]
            yield (tomllib.loads(f"k={raw}")["k"] if raw[0] in "\"'" else raw), self._position()
            self._at = found.end()
            self._skip_blank()
            if not self._text.startswith(".", self._at):
                return
            self._at += 1

    def _pair(self, table: Keys) -> None:
        parts = list(self._key())
        self._skip_blank()
        self._at += 1  # the equals sign
        self._skip_blank()
        value = self._position()
        way = table
        for name, position in parts:
            way = (*way, name)
            self._found.setdefault(way, Place(position, value))
        self._value(way)

    def _value(self, way: Keys) -> None:
        if self._text[self._at] == "[":
            self._items(way)
        elif self._text[self._at] == "{":
            self._inline_table(way)
        else:
            found = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
            self._at = found.end() if found else self._at + 1

    def _items(self, way: Keys) -> None:
        self._at += 1
        index = 0
        while self._text[self._skip_blank()] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            position = self._position()
            self._found[*way, str(index)] = Place(position, position)
            self._value((*way, str(index)))
            index += 1
        self._at += 1

    def _inline_table(self, way: Keys) -> None:
        self._at += 1
        while self._text[self._skip_blank()] != "}":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                self._pair(way)
        self._at += 1
